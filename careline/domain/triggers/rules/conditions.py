"""Conditions as data, read into a small tree: all, any and none of others, nested at most three deep, over typed facts.

{"all": [{"fact": "priority", "is": ["high", "urgent"]}, {"any": […]}, {"none": […]}]}. A leaf names its fact and one operator:
{"fact": "tags", "has_any": ["refund"]} · {"fact": "text", "has_any": ["broken bell"]} · {"fact": "messages", "at_least": 3} ·
{"fact": "waiting", "over": 4, "unit": "hours", "time": "business"} · {"fact": "team", "is": ["none"]} ·
{"fact": "time_of_day", "between": ["09:00", "17:00"]} · {"fact": "weekday", "is": [0, 1]} · {"fact": "field.plan", "is_empty": true}.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from careline.domain.triggers.rules.facts import (
    BETWEEN,
    FACTS,
    HAPPENING,
    NONE,
    SET,
    UNSET,
    Fact,
)

GROUPS = ("all", "any", "none")
DEEPEST, MOST_LEAVES, MOST_NAMED, LONGEST_WORD, LONGEST = 3, 50, 50, 200, 10_000
UNITS = {"minutes": 60, "hours": 3600, "days": 86_400}
TIMES = ("clock", "business")
_LONGEST_SPAN = 5 * 366 * 86_400
_CLOCK_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class BadRule(ValueError):
    """What a rule can't be; `field` names the part."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = part


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question. `value`: a tuple of names (str), a number, a bool, (from, until) minutes, or seconds of an age."""

    fact: Fact
    operator: str
    value: Any
    is_business: bool = False
    said: str = ""
    """As it was written, in JSON: what the log and the screen show."""


@dataclass(frozen=True, slots=True)
class Group:
    kind: str
    parts: tuple[Group | Leaf, ...]


def conditions_from(given: Any, own: Mapping[str, Fact], *, has_happening: bool) -> Group:
    """The tree. `own` are the facts of the company's own fields by code. An empty object holds always. Raises BadRule."""
    if len(_written(given)) > LONGEST:
        raise BadRule("conditions", f"These conditions are too long: at most {LONGEST:,} characters.")
    if given in ({}, None):
        return Group("all", ())
    tree = _group("conditions", given, own, depth=1)
    leaves = list(leaves_of(tree))
    if len(leaves) > MOST_LEAVES:
        raise BadRule("conditions", f"A rule asks at most {MOST_LEAVES} questions.")
    for leaf in leaves:
        if leaf.fact.of == HAPPENING and not has_happening:
            raise BadRule("conditions", f"A rule by time has nothing that happened: it can't ask for {leaf.fact.code}.")
    return tree


def leaves_of(tree: Group | Leaf) -> Iterator[Leaf]:
    if isinstance(tree, Leaf):
        yield tree
        return
    for part in tree.parts:
        yield from leaves_of(part)


def _written(given: Any) -> str:
    try:
        return json.dumps(given, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        raise BadRule("conditions", "These conditions are nested too deep, or are no JSON.") from None


def _group(part: str, given: Any, own: Mapping[str, Fact], *, depth: int) -> Group:
    kinds = [kind for kind in GROUPS if kind in given] if isinstance(given, dict) else []
    if len(kinds) != 1 or len(given) != 1 or not isinstance(given[kinds[0]], list):
        raise BadRule(part, "Conditions are {“all”: […]}, {“any”: […]} or {“none”: […]}.")
    if depth > DEEPEST:
        raise BadRule(part, f"Conditions are nested at most {DEEPEST} deep.")
    kind = kinds[0]
    inside = [(f"{part}.{kind}[{n}]", one) for n, one in enumerate(given[kind])]
    return Group(
        kind,
        tuple(
            _leaf(place, one, own) if isinstance(one, dict) and "fact" in one else _group(place, one, own, depth=depth + 1)
            for place, one in inside
        ),
    )  # fmt: skip


def _leaf(part: str, given: dict[str, Any], own: Mapping[str, Fact]) -> Leaf:
    code = given["fact"]
    fact = (FACTS.get(code) or own.get(code)) if isinstance(code, str) else None
    if fact is None:
        raise BadRule(f"{part}.fact", f"There is no fact {str(code)[:60]}.")
    asked = [word for word in fact.operators if word in given]
    beside = {"unit", "time"} if fact.kind in ("age", "due") else set()
    if len(asked) != 1 or set(given) - {"fact", asked[0]} - beside:
        raise BadRule(part, f"Of {code} it can be asked: {', '.join(fact.operators)}; one of them.")
    operator = asked[0]
    said = json.dumps(given, ensure_ascii=False)
    if operator in (SET, UNSET):
        if given[operator] is not True:
            raise BadRule(f"{part}.{operator}", f"{operator} is true.")
        return Leaf(fact, operator, True, said=said)
    value = _READERS[fact.kind](f"{part}.{operator}", given[operator], fact)
    if fact.kind in ("age", "due"):
        return _span(part, given, fact, operator, value, said)
    return Leaf(fact, operator, value, said=said)


def _span(part: str, given: dict[str, Any], fact: Fact, operator: str, value: float, said: str) -> Leaf:
    unit, time = given.get("unit", "hours"), given.get("time", "clock")
    if unit not in UNITS or time not in TIMES:
        raise BadRule(part, f"A span is in {', '.join(UNITS)}, by {' or '.join(TIMES)} time.")
    seconds = int(value * UNITS[unit])
    if not 0 < seconds <= _LONGEST_SPAN:
        raise BadRule(part, "A span is longer than nothing and at most five years.")
    return Leaf(fact, operator, seconds, is_business=time == "business", said=said)


def _names(part: str, value: Any, fact: Fact) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    words = [str(one).strip() for one in given if isinstance(one, str | int) and not isinstance(one, bool)]
    words = list(dict.fromkeys(word for word in words if word))
    if not words or len(words) != len({str(one).strip() for one in given}) or len(words) > MOST_NAMED:
        raise BadRule(part, f"Name 1 to {MOST_NAMED} of them.")
    if any(len(word) > LONGEST_WORD for word in words):
        raise BadRule(part, f"Each has at most {LONGEST_WORD} characters.")
    if fact.among and not set(words) <= set(fact.among):
        raise BadRule(part, f"{fact.code} knows {', '.join(fact.among)}.")
    return tuple(words)


def _keys(part: str, value: Any, fact: Fact) -> tuple[str, ...]:
    words = _names(part, value, fact)
    if not all(word == NONE or (word.isascii() and word.isdecimal() and len(word) <= 18) for word in words):
        raise BadRule(part, f"Name ids, or {NONE}.")
    return words


def _number(part: str, value: Any, fact: Fact) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 10**15:
        raise BadRule(part, "Give a number.")
    return value


def _yes_no(part: str, value: Any, fact: Fact) -> bool:
    if not isinstance(value, bool):
        raise BadRule(part, "Say true or false.")
    return value


def _date(part: str, value: Any, fact: Fact) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise BadRule(part, "Give a date as in 2026-11-22.") from None


def _weekdays(part: str, value: Any, fact: Fact) -> tuple[int, ...]:
    words = _names(part, value, fact)
    if not set(words) <= set("0123456"):
        raise BadRule(part, "Weekdays are 0 (Monday) to 6 (Sunday).")
    return tuple(int(word) for word in words)


def _hours(part: str, value: Any, fact: Fact) -> tuple[int, int]:
    times = value if isinstance(value, list) and len(value) == 2 else []
    if len(times) != 2 or not all(isinstance(one, str) and _CLOCK_TIME.fullmatch(one) for one in times):
        raise BadRule(part, f"{BETWEEN} takes two times, as in [“09:00”, “17:30”].")
    first, last = (int(one[:2]) * 60 + int(one[3:]) for one in times)
    return first, last


_READERS: dict[str, Callable[[str, Any, Fact], Any]] = {
    "code": _names, "key": _keys, "tags": _names, "text": _names, "choices": _names, "number": _number, "age": _number, "due": _number,
    "yes_no": _yes_no, "date": _date, "weekday": _weekdays, "hours": _hours,
}  # fmt: skip
