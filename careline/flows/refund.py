"""Money goes back for an order without goods coming back: all of it, a sum, or some lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.plans import Plan
from careline.domain.orders.rules.refunding import Part
from careline.domain.orders.rules.refunding import refund as planned
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, hold_order, method_of
from careline.kit.money import Money

VERB = "order:refund"


@dataclass(frozen=True, slots=True)
class Refunding:
    """Lines, or a sum over all lines, or (neither) all that is left. `method`: where it goes; None: where it came from."""

    case: int
    reason: str
    parts: tuple[Part, ...] = ()
    amount: Money | None = None
    method: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Refunded:
    id: int
    plan: Plan


def would_refund(agent: Person, order: str, asked: Refunding, *, by: Actor, at: datetime) -> Plan:
    """What it would do; nothing is changed. Raises as it does."""
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, verb=VERB, seen=asked.seen, by=by, at=at)
        plan = _plan(held, asked)
        transaction.set_rollback(True)
    return plan


def refund(agent: Person, order: str, asked: Refunding, *, by: Actor, at: datetime) -> Refunded:
    """Raises NotFound, Forbidden, OrderRefused; then nothing has changed."""
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, verb=VERB, seen=asked.seen, by=by, at=at)
        plan = _plan(held, asked)
        key = carry_out(held.order, plan, Occasion(held.case.id, "refund", asked.reason), by=by, at=at)
    assert key is not None, "money went back"
    return Refunded(key, plan)


def _plan(held: Held, asked: Refunding) -> Plan:
    if asked.amount is not None and asked.amount.currency != held.order.currency:
        raise OrderRefused(
            "other_currency", f"The order was paid in {held.order.currency}, not in {asked.amount.currency}."
        )
    amount = None if asked.amount is None else asked.amount.minor
    return planned(held.order, asked.parts, amount, method_of(held, asked.method))
