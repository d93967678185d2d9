"""The same goods go out once more, free of charge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.carrying_out import Occasion, carry_out, send_out
from careline.domain.orders.queries.held import variants_among
from careline.domain.orders.rules.plans import Plan
from careline.domain.orders.rules.refunding import replacement
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, hold_order


@dataclass(frozen=True, slots=True)
class Replacing:
    """`lines`: units by line."""

    case: int
    lines: Mapping[int, int]
    reason: str
    seen: int | None = None


def would_replace(agent: Person, order: str, asked: Replacing, *, by: Actor, at: datetime) -> Plan:
    """What it would do to the stock; nothing is changed. Raises as it does."""
    with transaction.atomic():
        plan = _plan(hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at), asked)
        transaction.set_rollback(True)
    return plan


def replace_goods(agent: Person, order: str, asked: Replacing, *, by: Actor, at: datetime) -> int:
    """The shipment's key. Raises NotFound, Forbidden, OrderRefused; then nothing has changed."""
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at)
        plan = _plan(held, asked)
        shipment = send_out(held.order.id, "replacement", dict(asked.lines), at=at)
        occasion = Occasion(held.case.id, "replacement", asked.reason, data={"shipment": shipment})
        carry_out(held.order, plan, occasion, by=by, at=at)
    return shipment


def _plan(held: Held, asked: Replacing) -> Plan:
    variants = variants_among(line.variant for line in held.order.items if line.variant is not None)
    return replacement(held.order, asked.lines, variants)
