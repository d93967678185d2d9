"""What is bought together and one after the other, counted from the orders of this shop alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.kit import db

SPAN = timedelta(days=730)
"""What was bought before tells little of today."""
LARGEST_ORDER = 40
"""Products; an order of a reseller says nothing of what goes with what."""
KEPT = 10
"""The strongest of each product and kind."""
_SOLD = """
SELECT DISTINCT coalesce(k.merged_into_id, k.id) AS customer, o.id AS order_id, o.placed_at, v.product_id
FROM orders_variant v JOIN orders_line l ON l.variant_id = v.id JOIN orders_order o ON o.id = l.order_id
JOIN customers_customer k ON k.id = o.customer_id
WHERE l.kind = 'item' AND l.quantity > l.cancelled + l.returned AND o.state <> 'cancelled' AND o.placed_at > %(since)s
"""
_BUYERS = f"SELECT product_id, count(DISTINCT customer) AS n FROM ({_SOLD}) sold GROUP BY product_id"
_EVERYBODY = f"SELECT count(DISTINCT customer) FROM ({_SOLD}) sold"
_PAIRS = f"""
WITH one AS MATERIALIZED ({_SOLD} AND v.product_id = ANY(%(products)s)), others AS MATERIALIZED (
    SELECT DISTINCT one.customer, o.id AS order_id, o.placed_at, v.product_id
    FROM (SELECT DISTINCT customer FROM one) one JOIN customers_customer k ON one.customer = coalesce(k.merged_into_id, k.id)
    JOIN orders_order o ON o.customer_id = k.id JOIN orders_line l ON l.order_id = o.id JOIN orders_variant v ON v.id = l.variant_id
    WHERE l.kind = 'item' AND l.quantity > l.cancelled + l.returned AND o.state <> 'cancelled' AND o.placed_at > %(since)s
), sizes AS (
    SELECT order_id FROM others GROUP BY order_id HAVING count(*) <= %(largest)s
), found AS (
    SELECT 'together' AS kind, one.product_id AS product, x.product_id AS other, count(DISTINCT one.customer) AS both_bought
    FROM one JOIN sizes USING (order_id) JOIN others x USING (order_id) WHERE x.product_id <> one.product_id GROUP BY 2, 3
    UNION ALL
    SELECT 'next', one.product_id, x.product_id, count(DISTINCT one.customer)
    FROM one JOIN sizes USING (order_id) JOIN others x ON x.customer = one.customer AND x.placed_at > one.placed_at AND x.order_id <> one.order_id
    JOIN sizes later ON later.order_id = x.order_id
    WHERE x.product_id <> one.product_id GROUP BY 2, 3
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY product, kind ORDER BY both_bought DESC, other) AS place FROM found WHERE both_bought >= 2
)
SELECT kind, product, other, both_bought FROM ranked WHERE place <= %(kept)s ORDER BY product, kind, place
"""


def buyers_of_products(*, at: datetime) -> dict[int, int]:
    """By product, how many customers bought and kept it."""
    return {row.product_id: row.n for row in db.rows(_BUYERS, {"since": at - SPAN})}


def everybody_who_bought(*, at: datetime) -> int:
    return int(db.value(_EVERYBODY, {"since": at - SPAN}))


def pairs_of(products: Sequence[int], buyers: Mapping[int, int], *, at: datetime) -> list[dict[str, Any]]:
    """As commands/pairs.py keeps them: kind, product, other, both, buyers, others."""
    found = db.rows(_PAIRS, {"products": list(products), "since": at - SPAN, "largest": LARGEST_ORDER, "kept": KEPT})
    return [
        {"kind": row.kind, "product": row.product, "other": row.other, "both": row.both_bought, "buyers": buyers.get(row.product, 0),
         "others": buyers.get(row.other, 0)}
        for row in found
        if buyers.get(row.product) and buyers.get(row.other)
    ]  # fmt: skip
