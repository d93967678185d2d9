"""How a request goes on: what is next, when it is due, whether a criterion holds, what a letter says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from careline.domain.forms.rules.answers import codes_of
from careline.domain.forms.rules.content import words_in
from careline.domain.requests.errors import RequestRefused
from careline.domain.requests.rules.content import DENIED, LETTER, Content, Criterion
from careline.kit.money import BadMoney, Money, money_of

AHEAD, CURRENT, DONE, SKIPPED = "ahead", "current", "done", "skipped"
OPEN, WAITING, CLOSED, WITHDRAWN = "open", "waiting", "done", "withdrawn"
RUNNING = (OPEN, WAITING)


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion against what was filled in; `holds` None where nothing was."""

    criterion: Criterion
    found: Any
    holds: bool | None


def next_step(steps: Sequence[Any], *, outcome: str) -> tuple[Any | None, list[int]]:
    """The step that comes now, and the positions that are passed over: after a denial only letters are left. None: it is done."""
    skipped = []
    for step in sorted(steps, key=lambda one: one.position):
        if step.state != AHEAD:
            continue
        if outcome == DENIED and step.kind != LETTER:
            skipped.append(step.position)
            continue
        return step, skipped
    return None, skipped


def amount_in(content: Content, values: Mapping[str, Any]) -> Money | None:
    """The money that it is about. Raises RequestRefused for nothing, below nothing and fractions of a cent."""
    if not content.amount or values.get(content.amount) is None:
        return None
    value = values[content.amount]
    try:
        money = money_of(f"{Decimal(str(value)):f}", content.currency)
    except BadMoney as bad:
        raise RequestRefused("bad_amount", str(bad)) from bad
    if money.minor <= 0:
        raise RequestRefused("bad_amount", "The amount has to be more than nothing.")
    return money


def judged_by(criteria: Sequence[Criterion], values: Mapping[str, Any]) -> list[Judged]:
    return [Judged(one, values.get(one.field), holds(one, values.get(one.field))) for one in criteria]


def holds(criterion: Criterion, value: Any) -> bool | None:
    """None where there is nothing to compare."""
    if value is None:
        return None
    if criterion.compare in ("is", "is_not"):
        return (criterion.value in codes_of(value)) == (criterion.compare == "is")
    try:
        found, wanted = Decimal(str(value)), Decimal(criterion.value)
    except InvalidOperation:
        return None
    return found >= wanted if criterion.compare == "at_least" else found <= wanted


def letter_of(
    content: Content, which: str, *, language: str, otherwise: Sequence[str], words: Mapping[str, str]
) -> str:
    """The text for the customer with its {names} filled in; empty where the type has none. Other braces stay as they are."""
    text = words_in(content.letters.get(which, {}), language, otherwise=otherwise)
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text.strip()


def require_running(state: str) -> None:
    """Raises RequestRefused."""
    if state == CLOSED:
        raise RequestRefused("request_done", "This request is finished.")
    if state == WITHDRAWN:
        raise RequestRefused("request_withdrawn", "This request was withdrawn.")


def require_current(step: Any | None, *kinds: str) -> Any:
    """The step that is under way, where it is of these kinds. Raises RequestRefused."""
    if step is None or (kinds and step.kind not in kinds):
        raise RequestRefused("not_this_step", "Another step comes first.")
    return step
