"""Orders as the decisions see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from careline.domain.orders.errors import NotFound
from careline.domain.orders.rules.facts import Line, Method, Order, Variant
from careline.domain.orders.rules.returning import Coming
from careline.kit import db

_LINES = """
SELECT l.id, l.kind, l.name, l.amount, l.due, l.variant_id, v.product_id, l.of_line_id, l.quantity, l.unit_price, l.rate, l.credited,
    l.credited_units, l.cancelled, l.shipped, l.delivered, l.coming_back, l.returned, l.replaced
FROM orders_line l LEFT JOIN orders_variant v ON v.id = l.variant_id WHERE l.order_id = %s ORDER BY l.position
"""
SIGNED = """CASE WHEN p.state IN ('failed', 'void') OR (p.state = 'pending' AND p.kind = 'payment') THEN 0
    WHEN p.kind = 'payment' THEN p.amount ELSE -p.amount END"""
"""What a row of orders_payment p comes to: a payment counts once it is here, a refund once it is promised."""
_NET = f"""
SELECT method_id, sum({SIGNED})::bigint AS net, min(id) AS first,
    coalesce(sum(p.amount) FILTER (WHERE p.state = 'pending' AND p.kind = 'payment'), 0)::bigint AS awaited
FROM orders_payment p WHERE order_id = %s GROUP BY method_id ORDER BY first
"""
_VARIANTS = """
SELECT v.id, v.product_id, v.sku, p.name, v.price, v.currency, v.stock, v.is_available AND p.is_active AS is_available, v.options
FROM orders_variant v JOIN orders_product p ON p.id = v.product_id
"""


def facts_of(row: Any) -> Order:
    """`row`: of orders_order. Two statements."""
    lines = tuple(
        Line(
            one.id, one.kind, one.name, one.amount, one.due, one.variant_id, one.product_id, one.of_line_id, one.quantity, one.unit_price,
            one.rate, one.credited, one.credited_units, one.cancelled, one.shipped, one.delivered, one.coming_back, one.returned, one.replaced,
        )
        for one in db.rows(_LINES, [row.id])
    )  # fmt: skip
    paid = db.rows(_NET, [row.id])
    net = {one.method_id: one.net for one in paid if one.net or not one.awaited}
    awaited = {one.method_id: one.awaited for one in paid if one.awaited}
    return Order(
        row.id,
        row.number,
        row.customer_id,
        row.state,
        row.currency,
        row.total,
        row.version,
        lines,
        net,
        row.has_changed_items,
        awaited,
    )


def order_by_number(number: str) -> Any:
    """The row itself, for what was decided before. Raises NotFound."""
    row = db.row("SELECT * FROM orders_order WHERE number = %s", [number])
    if row is None:
        raise NotFound(f"There is no order {number}.")
    return row


def variants_among(keys: Iterable[int]) -> dict[int, Variant]:
    found = db.rows(f"{_VARIANTS} WHERE v.id = ANY(%s)", [list(keys)])
    return {row.id: Variant(*row) for row in found}


def variants_by_sku(skus: Iterable[str]) -> dict[str, Variant]:
    found = db.rows(f"{_VARIANTS} WHERE v.sku = ANY(%s)", [list(skus)])
    return {row.sku: Variant(*row) for row in found}


def method_by_id(key: int) -> Method | None:
    row = db.row("SELECT id, customer_id, kind, currency, balance, is_active FROM orders_method WHERE id = %s", [key])
    return Method(*row) if row is not None else None


def store_credit_of(customer: int, currency: str) -> Method | None:
    """The customer's store credit in this currency, where they have one."""
    row = db.row(
        """SELECT id, customer_id, kind, currency, balance, is_active FROM orders_method
           WHERE customer_id = %s AND kind = 'store_credit' AND currency = %s AND is_active ORDER BY id LIMIT 1""",
        [customer, currency],
    )
    return Method(*row) if row is not None else None


def coming_of(goods: int) -> list[Coming]:
    """The lines of a return, as they were agreed."""
    found = db.rows(
        """SELECT rl.line_id, rl.quantity, rl.amount, rl.variant_id, coalesce(rl.unit_price, 0) AS unit_price, rl.difference
           FROM orders_returnline rl WHERE rl.goods_id = %s ORDER BY rl.id""",
        [goods],
    )
    return [Coming(*row) for row in found]
