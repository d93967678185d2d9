"""A plan is carried out: money, stock, lines, history, in one transaction and once. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.orders.commands.money import await_no_more, pay_all, store_credit
from careline.domain.orders.commands.stock import move as move_stock
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.rules.facts import Order
from careline.domain.orders.rules.plans import NEW_CREDIT, Move, Plan, Swap
from careline.domain.orders.rules.returning import Coming
from careline.kit import db

COUNTED = ("order", "exchange")
"""Parcels whose goods leave for the first time."""
_MOVE = """
UPDATE orders_line l SET credited = l.credited + m.credited, credited_units = l.credited_units + m.units, cancelled = l.cancelled + m.cancelled,
    coming_back = l.coming_back + m.coming_back, returned = l.returned + m.returned, replaced = l.replaced + m.replaced
FROM jsonb_to_recordset(%s) AS m (line bigint, credited bigint, units int, cancelled int, coming_back int, returned int, replaced int)
WHERE l.id = m.line AND l.order_id = %s
"""
_SWAP = """
UPDATE orders_line l SET amount = s.amount, due = s.due, variant_id = coalesce(s.variant, l.variant_id),
    unit_price = CASE WHEN s.variant IS NULL THEN l.unit_price ELSE s.unit_price END, options = coalesce(v.options, l.options)
FROM jsonb_to_recordset(%s) AS s (line bigint, amount bigint, due bigint, variant bigint, unit_price bigint)
LEFT JOIN orders_variant v ON v.id = s.variant WHERE l.id = s.line AND l.order_id = %s
"""
_ADD_LINE = """
INSERT INTO orders_line (order_id, position, kind, variant_id, name, options, quantity, unit_price, amount, due, credited, credited_units,
    cancelled, shipped, delivered, coming_back, returned, replaced)
SELECT l.order_id, (SELECT max(position) + 1 FROM orders_line WHERE order_id = l.order_id), 'item', v.id, l.name, v.options, %(quantity)s,
    %(unit_price)s, %(unit_price)s * %(quantity)s, %(due)s, 0, 0, 0, 0, 0, 0, 0, 0
FROM orders_line l, orders_variant v WHERE l.id = %(line)s AND v.id = %(variant)s RETURNING id
"""
_ORDER = """
UPDATE orders_order SET version = version + 1, state = CASE WHEN %(state)s = '' THEN state ELSE %(state)s END,
    total = coalesce(%(total)s::bigint, total), has_changed_items = has_changed_items OR %(items)s,
    cancelled_at = CASE WHEN %(state)s = 'cancelled' THEN %(at)s ELSE cancelled_at END,
    cancel_reason = CASE WHEN %(state)s = 'cancelled' THEN %(reason)s ELSE cancel_reason END
WHERE id = %(order)s
"""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why it is done, and in which case. `kind` is what a refund is put down as."""

    conversation: int | None = None
    kind: str = "refund"
    reason: str = ""
    goods: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


def held(order: int) -> Any:
    """The order's row, held until the transaction ends; after the customer's and the case's. Raises NotFound."""
    row = db.row("SELECT * FROM orders_order WHERE id = %s FOR UPDATE", [order])
    if row is None:
        raise NotFound(f"There is no order {order}.")
    return row


def hold_customer(customer: int) -> None:
    """First of all locks: customer, then case, then order."""
    db.execute("SELECT id FROM customers_customer WHERE id = %s FOR NO KEY UPDATE", [customer])


def carry_out(order: Order, plan: Plan, occasion: Occasion, *, by: Actor, at: datetime) -> int | None:
    """The refund's key, where money went back. The order is held. Raises OrderRefused; then the transaction has to be undone."""
    if plan.version != order.version:
        raise OrderRefused("order_changed", "The order has changed since you looked at it.")
    move_stock(plan.stock)
    _move_lines(order.id, plan.moves)
    _swap_lines(order.id, plan.swaps)
    for one in plan.additions:
        values = {
            "line": one.instead_of,
            "variant": one.variant,
            "quantity": one.quantity,
            "unit_price": one.unit_price,
            "due": one.due,
        }
        send_out(order.id, "exchange", {int(db.value(_ADD_LINE, values)): one.quantity}, at=at)
    money = dict(plan.money)
    if NEW_CREDIT in money:
        money[store_credit(order.customer, plan.currency, at=at)] = money.pop(NEW_CREDIT)
    pay_all(order.id, money, currency=plan.currency, why=occasion.kind, at=at)
    await_no_more(order.id)
    refund = _put_down(order, plan, money, occasion, by=by, at=at)
    db.execute(
        _ORDER,
        {"order": order.id, "state": plan.state, "total": plan.total, "items": plan.is_item_change, "at": at, "reason": occasion.reason},
    )  # fmt: skip
    data = {
        "back": plan.back,
        "charged": plan.charged,
        "currency": plan.currency,
        "order": order.id,
        "refund": refund,
        **occasion.data,
    }
    record(Happening(f"order.{plan.act}", "order", order.id, occasion.conversation, order.customer, data), by=by, at=at)
    return refund


def send_out(
    order: int, kind: str, units: dict[int, int], *, carrier: str = "", tracking: str = "", at: datetime
) -> int:
    """A parcel leaves, by line; what was counted as shipped before (a replacement, a repair) is not counted again."""
    key = int(
        db.value(
            """INSERT INTO orders_shipment (order_id, kind, state, carrier, tracking, shipped_at) VALUES (%s, %s, 'shipped', %s, %s, %s)
               RETURNING id""",
            [order, kind, carrier, tracking, at],
        )
    )
    for line, quantity in units.items():
        db.execute(
            "INSERT INTO orders_shipmentline (shipment_id, line_id, quantity) VALUES (%s, %s, %s)",
            [key, line, quantity],
        )
        if kind in COUNTED:
            db.execute("UPDATE orders_line SET shipped = shipped + %s WHERE id = %s", [quantity, line])
    return key


def open_return(
    order: Order, kind: str, coming: Sequence[Coming], *, method: int, occasion: Occasion, by: Actor, at: datetime
) -> int:
    key = int(
        db.value(
            """INSERT INTO orders_return (order_id, conversation_id, kind, state, method_id, reason, label, remark, difference, agent_id,
                   requested_at) VALUES (%s, %s, %s, 'requested', %s, %s, '', '', %s, %s, %s) RETURNING id""",
            [order.id, occasion.conversation, kind, method, occasion.reason, sum(one.difference for one in coming), _agent(by), at],
        )
    )  # fmt: skip
    for one in coming:
        db.execute(
            """INSERT INTO orders_returnline (goods_id, line_id, quantity, amount, variant_id, unit_price, difference, condition)
               VALUES (%s, %s, %s, %s, %s, %s, %s, '')""",
            [
                key,
                one.line,
                one.quantity,
                one.amount,
                one.variant,
                one.unit_price if one.variant else None,
                one.difference,
            ],
        )
    return key


def _put_down(
    order: Order, plan: Plan, money: dict[int, int], occasion: Occasion, *, by: Actor, at: datetime
) -> int | None:
    """A refund for each method that money went back to; the lines stand with the first."""
    first: int | None = None
    for method, amount in sorted(money.items()):
        if amount >= 0 or plan.act == "payment_changed":
            continue
        key = int(
            db.value(
                """INSERT INTO orders_refund (order_id, goods_id, conversation_id, kind, method_id, amount, currency, reason, agent_id, at)
                   VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id""",
                [order.id, occasion.goods, occasion.conversation, occasion.kind, method, -amount, plan.currency, occasion.reason,
                 _agent(by), at],
            )
        )  # fmt: skip
        if first is None:
            for move in plan.moves:
                if move.credited:
                    db.execute(
                        "INSERT INTO orders_refundline (refund_id, line_id, amount, units) VALUES (%s, %s, %s, %s)",
                        [key, move.line, move.credited, move.units],
                    )
        first = first or key
    return first


def _move_lines(order: int, moves: Sequence[Move]) -> None:
    if moves:
        rows = [
            {"line": m.line, "credited": m.credited, "units": m.units, "cancelled": m.cancelled, "coming_back": m.coming_back, "returned": m.returned,
             "replaced": m.replaced} for m in moves
        ]  # fmt: skip
        db.execute(_MOVE, [db.json(rows), order])


def _swap_lines(order: int, swaps: Sequence[Swap]) -> None:
    if swaps:
        rows = [
            {"line": s.line, "amount": s.amount, "due": s.due, "variant": s.variant, "unit_price": s.unit_price}
            for s in swaps
        ]
        db.execute(_SWAP, [db.json(rows), order])


def _agent(by: Actor) -> int | None:
    return by.id if by.kind is ActorKind.AGENT else None
