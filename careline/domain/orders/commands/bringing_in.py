"""Orders as they stood in another shop: what was paid and sent there is written down, nothing moves here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.money import add_method
from careline.domain.orders.commands.placing import NewOrder, place
from careline.kit import db

_STATE = """
UPDATE orders_order SET state = %(state)s, processed_at = CASE WHEN %(state)s IN ('processed', 'shipped', 'delivered') THEN placed_at END,
    shipped_at = CASE WHEN %(state)s IN ('shipped', 'delivered') THEN placed_at END,
    delivered_at = CASE WHEN %(state)s = 'delivered' THEN placed_at END,
    cancelled_at = CASE WHEN %(state)s = 'cancelled' THEN placed_at END WHERE id = %(order)s
"""


@dataclass(frozen=True, slots=True)
class Brought:
    """`payments`: (method, kind, minor units); `parcels`: (tracking, places of lines)."""

    order: NewOrder
    state: str
    payments: tuple[tuple[int, str, int], ...] = ()
    parcels: tuple[tuple[str, tuple[int, ...]], ...] = ()


@transaction.atomic
def bring_in_order(brought: Brought, *, by: Actor, at: datetime) -> int:
    """The order's key. Raises OrderRefused."""
    key = place(brought.order, takes_stock=False, by=by, at=at)
    moment = brought.order.placed_at or at
    for method, kind, amount in brought.payments:
        db.execute(
            """INSERT INTO orders_payment (order_id, method_id, kind, state, amount, currency, at)
               VALUES (%s, %s, %s, 'settled', %s, %s, %s)""",
            [key, method, kind, amount, brought.order.currency, moment],
        )
    lines = [row.id for row in db.rows("SELECT id FROM orders_line WHERE order_id = %s ORDER BY position", [key])]
    for tracking, places in brought.parcels:
        _send(key, tracking, [lines[n] for n in places if n < len(lines)], brought.state, at=moment)
    db.execute(_STATE, {"order": key, "state": brought.state})
    if brought.state in ("shipped", "delivered"):
        db.execute("UPDATE orders_line SET shipped = quantity WHERE order_id = %s AND kind = 'item'", [key])
    if brought.state == "delivered":
        db.execute("UPDATE orders_line SET delivered = quantity WHERE order_id = %s AND kind = 'item'", [key])
    if brought.state == "cancelled":
        db.execute(
            """UPDATE orders_line SET credited = due, credited_units = quantity, cancelled = quantity
               WHERE order_id = %s AND kind = 'item'""",
            [key],
        )
    return key


def invoice_of(customer: int, *, at: datetime) -> int:
    """What an order is paid by where nothing is said."""
    found = db.value("SELECT min(id) FROM orders_method WHERE customer_id = %s AND kind = 'invoice'", [customer])
    return int(found) if found is not None else add_method(customer, "invoice", at=at)


def _send(order: int, tracking: str, lines: list[int], state: str, *, at: datetime) -> None:
    is_there = state == "delivered"
    parcel = db.value(
        """INSERT INTO orders_shipment (order_id, kind, state, carrier, tracking, shipped_at, delivered_at)
           VALUES (%s, 'order', %s, '', %s, %s, %s) RETURNING id""",
        [order, "delivered" if is_there else "shipped", tracking, at, at if is_there else None],
    )
    for line in dict.fromkeys(lines):
        db.execute(
            """INSERT INTO orders_shipmentline (shipment_id, line_id, quantity) SELECT %s, id, quantity FROM orders_line WHERE id = %s""",
            [parcel, line],
        )
        if state == "processed":
            db.execute("UPDATE orders_line SET shipped = quantity WHERE id = %s", [line])
