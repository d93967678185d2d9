"""What stands in an order: its lines, money, parcels, returns and what happened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from careline.domain.orders.queries.held import SIGNED
from careline.kit import db


def lines_of(orders: Sequence[int]) -> list[Any]:
    return db.rows(
        """SELECT l.*, v.sku, v.product_id FROM orders_line l LEFT JOIN orders_variant v ON v.id = l.variant_id
           WHERE l.order_id = ANY(%s) ORDER BY l.order_id, l.position""",
        [list(orders)],
    )


def payments_of(orders: Sequence[int]) -> list[Any]:
    """`signed`: what it counts for by now."""
    return db.rows(
        f"""SELECT p.id, p.order_id, p.kind, p.state, {SIGNED} AS signed, p.reference, p.settled_at, o.number,
               EXISTS (SELECT FROM orders_payment a WHERE a.instead_of_id = p.id) AS again, p.amount, p.currency, p.at,
               m.id AS method_id, m.kind AS method_kind, m.label, m.last_four,
               m.code
           FROM orders_payment p JOIN orders_method m ON m.id = p.method_id JOIN orders_order o ON o.id = p.order_id
           WHERE p.order_id = ANY(%s) ORDER BY p.order_id, p.id""",
        [list(orders)],
    )


def shipments_of(orders: Sequence[int]) -> list[Any]:
    """Each with its lines: [{line, name, quantity}]."""
    return db.rows(
        """SELECT s.*, (SELECT coalesce(json_agg(json_build_object('line', l.id, 'name', l.name, 'quantity', sl.quantity) ORDER BY l.position), '[]')
               FROM orders_shipmentline sl JOIN orders_line l ON l.id = sl.line_id WHERE sl.shipment_id = s.id) AS lines
           FROM orders_shipment s WHERE s.order_id = ANY(%s) ORDER BY s.order_id, s.id""",
        [list(orders)],
    )


def methods_of(customers: Sequence[int]) -> list[Any]:
    """How these can pay, and what lies on it."""
    return db.rows(
        """SELECT id, customer_id, kind, code, label, last_four, currency, balance, is_active FROM orders_method
           WHERE customer_id = ANY(%s) AND is_active ORDER BY id""",
        [list(customers)],
    )


def happenings_of(order: int) -> list[Any]:
    """What happened with it, the newest first: at, name, actor_kind, agent_name, data, number (of the case)."""
    return db.rows(
        """SELECT h.id, h.at, h.name, h.actor_kind, a.name AS agent_name, h.data, c.number FROM history h
           LEFT JOIN staff_agent a ON h.actor_kind = 'agent' AND a.id = h.actor_id
           LEFT JOIN conversations_conversation c ON c.id = h.conversation_id
           WHERE h.subject_kind = 'order' AND h.subject_key = %s ORDER BY h.at DESC, h.id DESC LIMIT 100""",
        [order],
    )


def figures_of(customers: Sequence[int]) -> list[Any]:
    """By currency: how many orders, what they were worth in the end, how many refunds and what for."""
    return db.rows(
        f"""SELECT o.currency, count(*) AS orders, coalesce(sum(p.net), 0)::bigint AS worth,
               (SELECT count(*) FROM orders_refund r JOIN orders_order k ON k.id = r.order_id
                WHERE k.customer_id = ANY(%(people)s) AND k.currency = o.currency) AS refunds,
               (SELECT count(*) FROM orders_return r JOIN orders_order k ON k.id = r.order_id
                WHERE k.customer_id = ANY(%(people)s) AND k.currency = o.currency) AS returns
           FROM orders_order o LEFT JOIN LATERAL (
               SELECT sum({SIGNED}) AS net FROM orders_payment p WHERE p.order_id = o.id) p ON true
           WHERE o.customer_id = ANY(%(people)s) GROUP BY o.currency ORDER BY orders DESC""",
        {"people": list(customers)},
    )


def numbers_called(subjects: Collection[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """By which number people and programs know orders and subscriptions: {(kind, key): number}; of other kinds nothing."""
    orders = [key for kind, key in subjects if kind == "order"]
    running = [key for kind, key in subjects if kind == "subscription"]
    if not orders and not running:
        return {}
    rows = db.rows(
        """SELECT 'order' AS kind, id, number FROM orders_order WHERE id = ANY(%s)
           UNION ALL SELECT 'subscription', id, number FROM orders_subscription WHERE id = ANY(%s)""",
        [orders, running],
    )
    return {(row.kind, row.id): row.number for row in rows}
