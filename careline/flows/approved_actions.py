"""What is carried out once it was approved: one line for each kind of action.

Each is called in the transaction of the decision, once, with the case held. Where it can't be done any more it raises Refused,
and nothing was done. Another package's action (a refund of an order) adds its line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.approvals.rules.facts import Facts
from careline.domain.history.actor import Actor
from careline.flows.give_credit import credit_approved
from careline.flows.give_goodwill import give_goodwill
from careline.flows.refund import refund_approved
from careline.kit.money import Money


@dataclass(frozen=True, slots=True)
class Approved:
    """`case` is its row; `money` what was approved, which may differ from what was asked for. `request` is None where nobody had to be asked."""

    action: str
    case: Any
    subject: tuple[str, int]
    params: Mapping[str, Any]
    money: Money | None
    facts: Facts
    request: int | None = None


Carry = Callable[[Approved, Actor, datetime], Mapping[str, Any]]
"""Does it; ids and codes of what was made."""

ACTIONS: dict[str, Carry] = {
    "goodwill": lambda one, by, at: give_goodwill(one.case, one.money, by=by, at=at),
    "exception": lambda one, by, at: {},
    "refund": refund_approved,
    "credit": credit_approved,
}
BY_HAND = ("goodwill", "exception")
"""Asked for from a case without more than an amount and words; an exception is whatever the words say."""
WITHOUT_MONEY = frozenset({"exception"})
