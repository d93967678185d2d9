"""What a policy may ask about an order and its customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.kit import db

YEAR = timedelta(days=365)
_OF_CUSTOMER = """
    (SELECT count(*) FROM orders_order k WHERE k.customer_id = ANY(%(people)s) AND k.placed_at > %(since)s) AS orders,
    (SELECT count(*) FROM orders_refund r JOIN orders_order k ON k.id = r.order_id
     WHERE k.customer_id = ANY(%(people)s) AND r.at > %(since)s AND r.kind <> 'cancellation') AS refunds,
    (SELECT count(*) FROM orders_return g JOIN orders_order k ON k.id = g.order_id
     WHERE k.customer_id = ANY(%(people)s) AND g.requested_at > %(since)s) AS returns
"""
_STANDING = f"""
SELECT o.state, o.placed_at, o.delivered_at,
    (SELECT coalesce(array_agg(DISTINCT p.code), '{{}}') FROM orders_line l JOIN orders_variant v ON v.id = l.variant_id
     JOIN orders_product p ON p.id = v.product_id
     WHERE l.order_id = o.id AND (cardinality(%(lines)s::bigint[]) = 0 OR l.id = ANY(%(lines)s))) AS products,
    (SELECT bool_and(coalesce(o.delivered_at + p.warranty_months * interval '1 month' > %(at)s, false)) FROM orders_line l
     JOIN orders_variant v ON v.id = l.variant_id JOIN orders_product p ON p.id = v.product_id
     WHERE l.order_id = o.id AND (cardinality(%(lines)s::bigint[]) = 0 OR l.id = ANY(%(lines)s))) AS in_warranty,
    {_OF_CUSTOMER} FROM orders_order o WHERE o.id = %(order)s
"""
_BUYER = f"""
SELECT (SELECT coalesce(array_agg(DISTINCT p.code), '{{}}') FROM orders_variant v JOIN orders_product p ON p.id = v.product_id
        WHERE v.id = ANY(%(variants)s)) AS products, {_OF_CUSTOMER}
"""


def standing_of(order: int, customers: Sequence[int], *, lines: Sequence[int] = (), at: datetime) -> Any:
    """state, placed_at, delivered_at, products (codes, of these lines), in_warranty; of the last year: orders, refunds, returns."""
    return db.row(
        _STANDING, {"order": order, "people": list(customers), "lines": list(lines), "since": at - YEAR, "at": at}
    )


def standing_of_buyer(customers: Sequence[int], *, variants: Sequence[int] = (), at: datetime) -> Any:
    """products (codes, of these variants); of the last year: orders, refunds, returns."""
    return db.row(_BUYER, {"people": list(customers), "variants": list(variants), "since": at - YEAR})


def products_of_lines(lines: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Codes, by line; a line without a product is left out."""
    found = db.rows(
        """SELECT l.id, p.code FROM orders_line l JOIN orders_variant v ON v.id = l.variant_id JOIN orders_product p ON p.id = v.product_id
           WHERE l.id = ANY(%s)""",
        [list(lines)],
    )
    return {row.id: (row.code,) for row in found}
