"""Returns and refunds of orders that a person may see, the newest first."""

from __future__ import annotations

from typing import Any

from careline.domain.desk.queries.customer_filter import known_to
from careline.domain.desk.queries.orders import BUYER, READ
from careline.domain.staff.rules import Person, require
from careline.kit import db

OPEN = ("requested", "label_sent", "received", "inspected")
_RETURNS = f"""
SELECT g.id, g.kind, g.state, g.reason, g.label, g.remark, g.difference, g.requested_at, g.received_at, g.inspected_at, g.closed_at, o.number,
    o.currency, cu.id AS owner_id, cu.name AS customer_name, c.number AS case_number,
    (SELECT json_agg(json_build_object('line', rl.line_id, 'name', l.name, 'quantity', rl.quantity, 'amount', rl.amount, 'variant', rl.variant_id,
        'sku', v.sku, 'difference', rl.difference, 'condition', rl.condition, 'accepted', rl.accepted, 'percent', rl.percent) ORDER BY rl.id)
     FROM orders_returnline rl JOIN orders_line l ON l.id = rl.line_id LEFT JOIN orders_variant v ON v.id = rl.variant_id
     WHERE rl.goods_id = g.id) AS lines
FROM orders_return g JOIN orders_order o ON o.id = g.order_id {BUYER} LEFT JOIN conversations_conversation c ON c.id = g.conversation_id
"""
_STATE = """
coalesce((SELECT coalesce(again.state, p.state) FROM orders_payment p LEFT JOIN orders_payment again ON again.instead_of_id = p.id
    WHERE p.order_id = r.order_id AND p.kind = 'refund' AND p.method_id = r.method_id AND p.at = r.at AND p.amount = r.amount
    ORDER BY p.id DESC LIMIT 1), 'settled')
"""
"""Of the money: its payment is made with the refund, at the same moment."""
_REFUNDS = f"""
SELECT r.id, r.kind, r.amount, r.currency, r.reason, r.at, r.method_id, o.number, cu.id AS owner_id, cu.name AS customer_name,
    c.number AS case_number, a.name AS agent_name, m.kind AS method_kind, m.label, m.last_four, {_STATE} AS state
FROM orders_refund r JOIN orders_order o ON o.id = r.order_id {BUYER} JOIN orders_method m ON m.id = r.method_id
LEFT JOIN conversations_conversation c ON c.id = r.conversation_id LEFT JOIN staff_agent a ON a.id = r.agent_id
"""


def returns_page(person: Person, *, state: str = "", before: int | None = None, limit: int = 50) -> list[Any]:
    """`state`: one of a return, `open` for all that are not over, or all. Raises Forbidden."""
    require(person, READ)
    seen, params = known_to(person, READ)
    states = list(OPEN) if state == "open" else [state]
    condition = f"{seen} AND (%(before)s::bigint IS NULL OR g.id < %(before)s) AND (%(state)s = '' OR g.state = ANY(%(states)s))"
    params |= {"before": before, "limit": limit, "state": state, "states": states}
    return db.rows(f"{_RETURNS} WHERE {condition} ORDER BY g.id DESC LIMIT %(limit)s", params)


def refunds_page(person: Person, *, state: str = "", before: int | None = None, limit: int = 50) -> list[Any]:
    """`state` of the money: pending until the bank or the gateway has done it, settled, failed. Raises Forbidden."""
    require(person, READ)
    seen, params = known_to(person, READ)
    condition = (
        f"{seen} AND (%(before)s::bigint IS NULL OR r.id < %(before)s) AND (%(state)s = '' OR {_STATE} = %(state)s)"
    )
    params |= {"before": before, "limit": limit, "state": state}
    return db.rows(f"{_REFUNDS} WHERE {condition} ORDER BY r.id DESC LIMIT %(limit)s", params)
