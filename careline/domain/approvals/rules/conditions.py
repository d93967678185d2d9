"""What a rule of the policy asks, as data: {"fact": NAME, OPERATOR: value}.

Numbers and money: at_least, at_most, over, under; money as {"amount": "50.00", "currency": "EUR"}. Words: is, is_not, each with one
word or a list. Yes or no: is. Everything: is_known, with true or false.
"""

from __future__ import annotations

import operator as op
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from careline.domain.approvals.rules.facts import KINDS, MONEY, NUMBER, WORD, WORDS, YES_NO, Facts
from careline.domain.approvals.rules.rates import Rates
from careline.kit.money import BadMoney, Money, money_of

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {"at_least": op.ge, "at_most": op.le, "over": op.gt, "under": op.lt}
OPERATORS: dict[str, tuple[str, ...]] = {
    NUMBER: (*_COMPARE, "is_known"), MONEY: (*_COMPARE, "is_known"), WORD: ("is", "is_not", "is_known"),
    WORDS: ("is", "is_not", "is_known"), YES_NO: ("is", "is_known"),
}  # fmt: skip
MOST_WORDS = 100
LARGEST_NUMBER = 10**9


class BadPolicy(ValueError):
    """What was written is no rule; `field` says where."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Condition:
    """`value`: a number, Money, a set of words, or true and false."""

    fact: str
    kind: str
    operator: str
    value: Any

    def kept(self) -> dict[str, Any]:
        value = self.value
        if isinstance(value, Money):
            value = {"amount": value.amount, "currency": value.currency}
        return {"fact": self.fact, self.operator: sorted(value) if isinstance(value, frozenset) else value}


def condition_from(part: str, given: Any) -> Condition:
    """Raises BadPolicy."""
    if not isinstance(given, Mapping) or not isinstance(given.get("fact"), str):
        raise BadPolicy(part, "A condition names a fact.")
    name = given["fact"]
    kind = KINDS.get(name)
    if kind is None:
        raise BadPolicy(f"{part}.fact", f"There is no fact {name[:60]}; there are {', '.join(KINDS)}.")
    said = [word for word in given if word != "fact"]
    if len(said) != 1 or said[0] not in OPERATORS[kind]:
        raise BadPolicy(part, f"Say one of {', '.join(OPERATORS[kind])} about {name}.")
    return Condition(name, kind, said[0], _value(f"{part}.{said[0]}", kind, said[0], given[said[0]]))


def holds(condition: Condition, facts: Facts, *, rates: Rates) -> bool:
    """What is not known meets no condition but that it is not known."""
    found = facts.known(condition.fact)
    if condition.operator == "is_known":
        return (found is not None) == condition.value
    if found is None:
        return False
    if condition.kind == MONEY:
        minor = rates.minor(found, condition.value.currency)
        return minor is not None and _COMPARE[condition.operator](minor, condition.value.minor)
    if condition.kind == NUMBER:
        return _COMPARE[condition.operator](found, condition.value)
    if condition.kind == YES_NO:
        return bool(found == condition.value)
    words = frozenset(found) if condition.kind == WORDS else frozenset((found,))
    return bool(words & condition.value) == (condition.operator == "is")


def _value(part: str, kind: str, operator: str, given: Any) -> Any:
    if kind == YES_NO or operator == "is_known":
        if not isinstance(given, bool):
            raise BadPolicy(part, "Say true or false.")
        return given
    if kind == MONEY:
        return _money(part, given)
    if kind == NUMBER:
        if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= LARGEST_NUMBER:
            raise BadPolicy(part, "Give a number that is not below zero.")
        return given
    words = [given] if isinstance(given, str) else given
    if not isinstance(words, list) or not 0 < len(words) <= MOST_WORDS:
        raise BadPolicy(part, f"Give one to {MOST_WORDS} words.")
    if any(not isinstance(word, str) or not 0 < len(word) <= 100 for word in words):
        raise BadPolicy(part, "A word has 1 to 100 characters.")
    return frozenset(words)


def _money(part: str, given: Any) -> Money:
    if not isinstance(given, Mapping) or not all(isinstance(given.get(key), str) for key in ("amount", "currency")):
        raise BadPolicy(part, 'Give money as {"amount": "50.00", "currency": "EUR"}.')
    try:
        found = money_of(given["amount"], given["currency"])
    except BadMoney as wrong:
        raise BadPolicy(part, str(wrong)) from None
    if found.minor < 0:
        raise BadPolicy(part, "An amount is not below zero.")
    return found
