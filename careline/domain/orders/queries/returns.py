"""Returns, refunds and credits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careline.kit import db

_RETURN = """
SELECT g.*, o.number, o.customer_id, o.currency, c.number AS case_number,
    (SELECT json_agg(json_build_object('line', rl.line_id, 'name', l.name, 'quantity', rl.quantity, 'amount', rl.amount, 'variant', rl.variant_id,
        'sku', v.sku, 'difference', rl.difference, 'condition', rl.condition, 'accepted', rl.accepted,
        'percent', rl.percent) ORDER BY rl.id)
     FROM orders_returnline rl JOIN orders_line l ON l.id = rl.line_id LEFT JOIN orders_variant v ON v.id = rl.variant_id
     WHERE rl.goods_id = g.id) AS lines
FROM orders_return g JOIN orders_order o ON o.id = g.order_id LEFT JOIN conversations_conversation c ON c.id = g.conversation_id
"""
_REFUND = """
SELECT r.*, o.number, o.customer_id, c.number AS case_number, a.name AS agent_name, m.kind AS method_kind, m.label, m.last_four,
    (SELECT coalesce(json_agg(json_build_object('line', rl.line_id, 'amount', rl.amount, 'units', rl.units) ORDER BY rl.id), '[]')
     FROM orders_refundline rl WHERE rl.refund_id = r.id) AS lines
FROM orders_refund r JOIN orders_order o ON o.id = r.order_id JOIN orders_method m ON m.id = r.method_id
LEFT JOIN conversations_conversation c ON c.id = r.conversation_id LEFT JOIN staff_agent a ON a.id = r.agent_id
"""


def return_by_id(key: int) -> Any | None:
    return db.row(f"{_RETURN} WHERE g.id = %s", [key])


def returns_of(orders: Sequence[int]) -> list[Any]:
    return db.rows(f"{_RETURN} WHERE g.order_id = ANY(%s) ORDER BY g.id", [list(orders)])


def refund_by_id(key: int) -> Any | None:
    return db.row(f"{_REFUND} WHERE r.id = %s", [key])


def refunds_of(orders: Sequence[int]) -> list[Any]:
    return db.rows(f"{_REFUND} WHERE r.order_id = ANY(%s) ORDER BY r.id", [list(orders)])
