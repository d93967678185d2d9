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
from careline.flows.cancel_order import cancellation_approved
from careline.flows.cancel_subscription import subscription_approved
from careline.flows.cart_approved import cart_approved
from careline.flows.change_order import change_approved
from careline.flows.decide_service_request import service_request_approved
from careline.flows.give_credit import credit_approved
from careline.flows.give_goodwill import give_goodwill
from careline.flows.inspect_goods import outcome_approved
from careline.flows.place_order import discount_approved
from careline.flows.refund import refund_approved
from careline.flows.replace_goods import replacement_approved
from careline.flows.return_goods import return_approved
from careline.kit.money import Money


@dataclass(frozen=True, slots=True)
class Approved:
    """`case` is its row; `money` what was approved, which may differ from what was asked for. `words`: of who asked.
    `request` is None where nobody had to be asked."""

    action: str
    case: Any
    subject: tuple[str, int]
    params: Mapping[str, Any]
    money: Money | None
    facts: Facts
    request: int | None = None
    words: str = ""


Carry = Callable[[Approved, Actor, datetime], Mapping[str, Any]]
"""Does it; ids and codes of what was made. With GIVEN, how much went where that may be less than was agreed to."""
GIVEN = "given"

ACTIONS: dict[str, Carry] = {
    "goodwill": lambda one, by, at: give_goodwill(one.case, one.money, by=by, at=at),
    "exception": lambda one, by, at: {},
    "refund": lambda one, by, at: (outcome_approved if "return" in one.params else refund_approved)(one, by, at),
    "credit": credit_approved,
    "cancellation": cancellation_approved,
    "change": change_approved,
    "replacement": replacement_approved,
    "return": return_approved,
    "exchange": return_approved,
    "repair": return_approved,
    "discount": discount_approved,
}
AS_ASKED = frozenset({"cancellation", "change", "replacement", "discount"})
"""Their amount is what they come to: whoever agrees does so to all of it."""
OF_SUBJECT: dict[str, Carry] = {
    "cart": cart_approved,
    "subscription": subscription_approved,
    "service_request": service_request_approved,
}
"""What is carried out about a subject of this kind, whatever the action is called: types of service requests name their own."""
BY_HAND = ("goodwill", "exception")
"""Asked for from a case without more than an amount and words; an exception is whatever the words say."""
WITHOUT_MONEY = frozenset({"exception"})


def carry_of(action: str, subject: str) -> Carry | None:
    """What carries out an action about a subject of this kind; None where nothing knows how."""
    return OF_SUBJECT.get(subject) or ACTIONS.get(action)
