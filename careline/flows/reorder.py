"""An earlier order once more, at today's prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.placing import NewLine, NewOrder, place
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import variants_among
from careline.domain.orders.rules.plans import paid_by
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, hold_order, method_of
from careline.flows.priced_order import item_of


@dataclass(frozen=True, slots=True)
class Reordering:
    """What ordering it again comes to: `gone` are lines whose variant is not sold, or not there, any more."""

    lines: tuple[NewLine, ...]
    total: int
    gone: tuple[str, ...]
    dearer: int


def would_reorder(agent: Person, order: str, *, case: int, by: Actor, at: datetime) -> Reordering:
    """What it would come to today; nothing is placed. Raises as it does."""
    with transaction.atomic():
        again = _again(hold_order(agent, order, case=case, by=by, at=at))
        transaction.set_rollback(True)
    return again


def reorder(
    agent: Person, order: str, *, case: int, pays: str, total: int | None = None, by: Actor, at: datetime
) -> int:
    """The new order's key. `total`: what they agreed to. Raises NotFound, Forbidden, OrderRefused; then nothing was placed."""
    with transaction.atomic():
        held = hold_order(agent, order, case=case, by=by, at=at)
        again = _again(held)
        if not again.lines:
            raise OrderRefused("out_of_stock", "Nothing of this order can be bought today.")
        if total is not None and total != again.total:
            raise OrderRefused(
                "price_changed", "The price has changed since you looked at it: look again, then decide."
            )
        method = method_of(held, pays)
        if method is None:
            raise OrderRefused("method_missing", "Say how it is paid.")
        new = NewOrder(
            held.order.customer, held.order.currency, again.lines, paid_by(held.order, again.total, method), "", held.row.mail,
            held.row.phone, held.row.address, held.row.billing_address, by.via, held.order.id,
        )  # fmt: skip
        return place(new, conversation=held.case.id, by=by, at=at)


def _again(held: Held) -> Reordering:
    wanted = [line for line in held.order.items if line.variant is not None and line.quantity > line.cancelled]
    variants = variants_among(line.variant for line in wanted if line.variant is not None)
    lines, gone, before = [], [], 0
    for line in wanted:
        variant = variants.get(line.variant or 0)
        units = line.quantity - line.cancelled
        if variant is None or not variant.has(units) or variant.currency != held.order.currency:
            gone.append(line.name)
            continue
        before += line.unit_price * units
        lines.append(item_of(variant, units))
    total = sum(line.amount for line in lines)
    return Reordering(tuple(lines), total, tuple(gone), total - before)
