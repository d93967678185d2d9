"""What may be offered to a customer just now, and why; nothing to those who want none or complain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careline.domain.customers.queries.merges import everybody_in
from careline.domain.loyalty.queries.scheme import scheme
from careline.domain.loyalty.rules.offers import Pair, best
from careline.kit import db

NOT_AGAIN = timedelta(days=180)
"""For so long what was dismissed or taken up is not offered again."""
WANTS_NONE = """
SELECT coalesce((SELECT NOT p.wants_offers FROM loyalty_preference p WHERE p.customer_id = ANY(%(people)s) ORDER BY p.at DESC LIMIT 1), false)
    OR EXISTS (SELECT FROM customers_consent c WHERE c.customer_id = ANY(%(people)s) AND c.purpose = 'offers' AND c.withdrawn_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM customers_consent n WHERE n.customer_id = ANY(%(people)s) AND n.purpose = 'offers' AND n.withdrawn_at IS NULL)
        AND NOT EXISTS (SELECT FROM loyalty_preference p WHERE p.customer_id = ANY(%(people)s) AND p.wants_offers AND p.at >= c.withdrawn_at))
"""
_COMPLAINS = """
SELECT EXISTS (SELECT FROM complaints_complaint x WHERE x.customer_id = ANY(%(people)s) AND x.closed_at IS NULL)
"""
_HAS = """
SELECT v.product_id, max(o.placed_at) AS at, bool_or(l.quantity > l.cancelled + l.returned + l.coming_back AND o.state <> 'cancelled') AS kept
FROM orders_order o JOIN orders_line l ON l.order_id = o.id JOIN orders_variant v ON v.id = l.variant_id
WHERE o.customer_id = ANY(%(people)s) AND l.kind = 'item' GROUP BY v.product_id ORDER BY at DESC LIMIT 500
"""
_PAIRS = """
SELECT pr.kind, pr.product_id AS because, pr.other_id AS product, pr."both", pr.buyers, pr.others, (SELECT buyers FROM loyalty_scheme) AS everybody
FROM loyalty_pair pr JOIN orders_product p ON p.id = pr.other_id
WHERE pr.product_id = ANY(%(kept)s) AND pr.other_id <> ALL(%(had)s) AND p.is_active AND pr."both" >= %(count)s
    AND EXISTS (SELECT FROM orders_variant v WHERE v.product_id = p.id AND v.is_available AND coalesce(v.stock, 1) > 0)
    AND NOT EXISTS (SELECT FROM loyalty_offer f WHERE f.customer_id = ANY(%(people)s) AND f.product_id = p.id AND f.at > %(since)s)
"""
_SHOWN = """
SELECT p.id, p.name, b.id AS because_id, b.name AS because_name,
    (SELECT json_agg(json_build_object('id', v.id, 'sku', v.sku, 'options', v.options, 'price', v.price, 'currency', v.currency)
            ORDER BY v.price, v.id)
     FROM orders_variant v WHERE v.product_id = p.id AND v.is_available AND coalesce(v.stock, 1) > 0) AS variants
FROM unnest(%(products)s::bigint[], %(becauses)s::bigint[]) AS asked (product, because)
JOIN orders_product p ON p.id = asked.product JOIN orders_product b ON b.id = asked.because
"""


def wants_none(customer: int) -> bool:
    """They said that they want no offers, or took back that they agree to them."""
    return bool(db.value(WANTS_NONE, {"people": everybody_in(customer)}))


@dataclass(frozen=True, slots=True)
class Offered:
    """`row`: id, name, because_id, because_name and variants [{id, sku, options, price, currency}] that are there."""

    pair: Pair
    row: Any


def offers_for(customer: int, *, at: datetime) -> list[Offered]:
    """The surest first."""
    rules, people = scheme(), everybody_in(customer)
    asked: dict[str, Any] = {"people": people, "since": at - NOT_AGAIN, "count": rules.least_count}
    if not rules.offers or db.value(WANTS_NONE, asked) or db.value(_COMPLAINS, asked):
        return []
    had = db.rows(_HAS, asked)
    asked |= {"kept": [row.product_id for row in had if row.kept][:20], "had": [row.product_id for row in had]}
    pairs = best(
        (Pair(*row) for row in db.rows(_PAIRS, asked)), least_count=rules.least_count, least_percent=rules.least_percent
    )
    shown = {row.id: row for row in _shown(pairs)}
    return [Offered(pair, shown[pair.product]) for pair in pairs]


def _shown(pairs: list[Pair]) -> list[Any]:
    if not pairs:
        return []
    return db.rows(_SHOWN, {"products": [one.product for one in pairs], "becauses": [one.because for one in pairs]})
