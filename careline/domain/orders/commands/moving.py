"""An order goes its way: processed, shipped, delivered. Each in a transaction, with the order held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.orders.commands.carrying_out import COUNTED, send_out
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.rules.facts import PENDING, PROCESSED, SHIPPED, Order
from careline.domain.orders.rules.plans import require_state, wanted_lines
from careline.kit import db

_STEP = """
UPDATE orders_order SET version = version + 1,
    state = CASE %(name)s WHEN 'processed' THEN 'processed' WHEN 'shipped_in_part' THEN 'processed' WHEN 'shipped' THEN 'shipped'
        WHEN 'delivered' THEN 'delivered' ELSE state END,
    processed_at = CASE WHEN %(name)s IN ('processed', 'shipped_in_part') THEN coalesce(processed_at, %(at)s) ELSE processed_at END,
    shipped_at = CASE WHEN %(name)s = 'shipped' THEN %(at)s ELSE shipped_at END,
    delivered_at = CASE WHEN %(name)s = 'delivered' THEN %(at)s ELSE delivered_at END
WHERE id = %(order)s
"""


def mark_processed(order: Order, *, by: Actor, at: datetime) -> None:
    """The warehouse has it. Raises OrderRefused."""
    require_state(order, PENDING, act="it can be processed")
    _step(order, "processed", {}, by=by, at=at)


def ship(order: Order, wanted: Mapping[int, int], *, carrier: str, tracking: str, by: Actor, at: datetime) -> int:
    """A parcel with some or all (nothing named) of what has not left yet; the shipment's key. Raises OrderRefused."""
    require_state(order, PENDING, PROCESSED, act="it can be shipped")
    left = {line.id: n for line in order.items if (n := line.quantity - line.cancelled - line.shipped)}
    units = {line.id: n for line, n in wanted_lines(order, wanted)} if wanted else left
    for line, n in units.items():
        if n > left.get(line, 0):
            raise OrderRefused("bad_quantity", "There are not so many units left to ship.")
    key = send_out(order.id, "order", units, carrier=carrier, tracking=tracking, at=at)
    is_all = sum(units.values()) == sum(left.values())
    _step(order, "shipped" if is_all else "shipped_in_part", {"shipment": key}, by=by, at=at)
    return key


def deliver(order: Order, shipment: int, *, by: Actor, at: datetime) -> None:
    """A parcel is there; with the last one the order is delivered. Raises NotFound, OrderRefused."""
    held = db.row("SELECT id, kind, state FROM orders_shipment WHERE id = %s AND order_id = %s", [shipment, order.id])
    if held is None:
        raise NotFound(f"The order has no shipment {shipment}.")
    if held.state == "delivered":
        raise OrderRefused("shipment_delivered", "This parcel is delivered already.")
    db.execute("UPDATE orders_shipment SET state = 'delivered', delivered_at = %s WHERE id = %s", [at, shipment])
    if held.kind in COUNTED:
        db.execute(
            """UPDATE orders_line l SET delivered = l.delivered + sl.quantity FROM orders_shipmentline sl
               WHERE sl.shipment_id = %s AND sl.line_id = l.id""",
            [shipment],
        )
    is_last = order.state in (PROCESSED, SHIPPED) and not db.value(
        "SELECT EXISTS (SELECT FROM orders_line WHERE order_id = %s AND kind = 'item' AND delivered < quantity - cancelled)",
        [order.id],
    )
    _step(order, "delivered" if is_last else "parcel_delivered", {"shipment": shipment}, by=by, at=at)


def change_address(
    order: Order, address: Mapping[str, str], *, conversation: int | None, by: Actor, at: datetime
) -> None:
    """Where a pending order goes. Raises OrderRefused."""
    require_state(order, PENDING, act="its address can be changed")
    db.execute(
        "UPDATE orders_order SET address = %s, version = version + 1 WHERE id = %s", [db.json(dict(address)), order.id]
    )
    record(
        Happening("order.address_changed", "order", order.id, conversation, order.customer, {"order": order.id}),
        by=by,
        at=at,
    )


def _step(order: Order, name: str, data: dict[str, Any], *, by: Actor, at: datetime) -> None:
    db.execute(_STEP, {"order": order.id, "at": at, "name": name})
    record(
        Happening(f"order.{name}", "order", order.id, None, order.customer, {"order": order.id, **data}), by=by, at=at
    )
