"""What hints rest on: a customer's orders with what came back, all others' as the yardstick, and whose card it is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from careline.domain.orders.rules.hints import SPAN, Card, Hint, Order, Peers, hints_of
from careline.kit import db

MOST_ORDERS = 500
_SLOW = 0.05
"""Seconds: a yardstick over many orders is kept for the hour, one over few is counted each time."""
_ORDERS = """
SELECT o.id, o.number, o.placed_at, o.total, o.currency,
    (SELECT json_agg(json_build_array(r.at, r.amount) ORDER BY r.at) FROM orders_refund r
     WHERE r.order_id = o.id AND r.kind NOT IN ('cancellation', 'change')) AS refunds,
    (SELECT json_agg(g.requested_at ORDER BY g.requested_at) FROM orders_return g WHERE g.order_id = o.id AND g.state <> 'withdrawn') AS returns
FROM orders_order o WHERE o.customer_id = ANY(%(people)s) AND o.state <> 'cancelled' AND o.placed_at <= %(at)s
ORDER BY o.placed_at DESC LIMIT %(limit)s
"""
_EVERYBODY = """
SELECT count(DISTINCT o.customer_id) AS customers, count(*) AS orders, count(*) FILTER (WHERE EXISTS (
    SELECT FROM orders_refund r WHERE r.order_id = o.id AND r.kind NOT IN ('cancellation', 'change'))) AS refunded
FROM orders_order o WHERE o.state <> 'cancelled' AND o.placed_at > %(since)s AND o.placed_at <= %(at)s
"""
_CARDS = """
WITH own AS (
    SELECT DISTINCT gateway_reference FROM orders_method WHERE customer_id = ANY(%(people)s) AND gateway_reference <> ''
), paid AS (
    SELECT DISTINCT m.gateway_reference, m.last_four, o.id, o.number, o.placed_at, o.total, o.currency,
        coalesce(k.merged_into_id, k.id) AS customer,
        lower(regexp_replace(concat_ws('', o.address ->> 'street', o.address ->> 'street2', o.address ->> 'postcode', o.address ->> 'city'),
            '[^[:alnum:]]', '', 'g')) AS place
    FROM own JOIN orders_method m USING (gateway_reference) JOIN orders_payment p ON p.method_id = m.id AND p.kind = 'payment'
    JOIN orders_order o ON o.id = p.order_id JOIN customers_customer k ON k.id = o.customer_id
)
SELECT max(last_four) AS last_four, count(DISTINCT nullif(place, '')) AS addresses, count(DISTINCT customer) AS people,
    json_agg(json_build_array(id, number, placed_at, total, currency) ORDER BY placed_at DESC) AS orders
FROM paid GROUP BY gateway_reference
"""
_kept: dict[datetime, Peers] = {}


def hints_about(people: Sequence[int], *, at: datetime) -> list[Hint]:
    """`people`: a customer and whoever was merged into them. Three statements."""
    orders = [
        Order(
            row.id, row.number, row.placed_at, row.total, row.currency,
            tuple((datetime.fromisoformat(moment), minor) for moment, minor in row.refunds or ()),
            tuple(datetime.fromisoformat(moment) for moment in row.returns or ()),
        )
        for row in db.rows(_ORDERS, {"people": list(people), "at": at, "limit": MOST_ORDERS})
    ]  # fmt: skip
    cards = [
        Card(row.last_four, row.addresses, row.people, tuple((key, number, datetime.fromisoformat(moment), total, currency)
             for key, number, moment, total, currency in row.orders))
        for row in db.rows(_CARDS, {"people": list(people)})
    ]  # fmt: skip
    return hints_of(orders, _others(everybody(at=at), orders, at=at), cards, at=at)


def everybody(*, at: datetime) -> Peers:
    """All who ordered in the year before."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    if hour in _kept:
        return _kept[hour]
    began = time.perf_counter()
    row = db.row(_EVERYBODY, {"since": at - SPAN, "at": at})
    found = Peers(row.customers, row.orders, row.refunded) if row is not None else Peers()
    if time.perf_counter() - began > _SLOW and found.orders > 100_000:
        _kept.clear()
        _kept[hour] = found
    return found


def _others(all_: Peers, own: Sequence[Order], *, at: datetime) -> Peers:
    recent = [one for one in own if one.placed_at > at - SPAN]
    if not recent:
        return all_
    refunded = sum(1 for one in recent if one.refunds)
    return Peers(max(0, all_.customers - 1), max(0, all_.orders - len(recent)), max(0, all_.refunded - refunded))
