"""An order, or a part of it, is cancelled before it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.rules.cancelling import cancellation
from careline.domain.orders.rules.plans import Plan
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, hold_order, method_of


@dataclass(frozen=True, slots=True)
class Cancelling:
    """`lines`: units by line; None: all of it. `method`: where the money goes; None: where it came from."""

    case: int
    reason: str
    lines: Mapping[int, int] | None = None
    method: str | None = None
    seen: int | None = None


def would_cancel(agent: Person, order: str, asked: Cancelling, *, by: Actor, at: datetime) -> Plan:
    """What it would do to money and stock; nothing is changed. Raises as it does."""
    with transaction.atomic():
        plan = _plan(hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at), asked)
        transaction.set_rollback(True)
    return plan


def cancel_order(agent: Person, order: str, asked: Cancelling, *, by: Actor, at: datetime) -> Plan:
    """Raises NotFound, Forbidden, OrderRefused; then nothing has changed."""
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at)
        plan = _plan(held, asked)
        occasion = Occasion(held.case.id, "cancellation", asked.reason)
        carry_out(held.order, plan, occasion, by=by, at=at)
    return plan


def _plan(held: Held, asked: Cancelling) -> Plan:
    return cancellation(held.order, asked.lines, method_of(held, asked.method))
