"""Subscriptions as decisions and screens see them, what was charged, and what is offered to whoever wants to leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.orders.rules.subscriptions import Plan, terms_of
from careline.kit import db

A_YEAR = timedelta(days=365)
_PLAN = """
SELECT v.id, p.name, v.options, v.price, v.currency, v.is_available AND p.is_active AS is_available, p.billing, p.terms
FROM orders_variant v JOIN orders_product p ON p.id = v.product_id
"""
_LAST = """
SELECT DISTINCT ON (subscription_id) * FROM orders_charge
WHERE subscription_id = ANY(%s) AND of <= %s AND until > %s ORDER BY subscription_id, id DESC
"""


def plans_among(variants: Iterable[int]) -> dict[int, Plan]:
    """By variant; those that are not paid for in periods are left out."""
    return _plans(db.rows(f"{_PLAN} WHERE v.id = ANY(%s)", [list(variants)]))


def plans_on_sale(currency: str | None = None) -> list[Plan]:
    """What can be subscribed to, by product and price."""
    found = db.rows(
        f"""{_PLAN} WHERE v.is_available AND p.is_active AND p.terms ? 'period' AND (%(currency)s::text IS NULL OR v.currency = %(currency)s)
            ORDER BY p.name, v.price, v.id LIMIT 200""",
        {"currency": currency},
    )
    return list(_plans(found).values())


def charge_for(subscription: int, *, at: datetime) -> Any | None:
    """The charge that pays for this moment."""
    return db.row(_LAST, [[subscription], at, at])


def charges_of(subscription: int, *, limit: int = 50) -> list[Any]:
    """The newest first, each with the number of its order."""
    return db.rows(
        """SELECT c.*, o.number AS order_number FROM orders_charge c LEFT JOIN orders_order o ON o.id = c.order_id
           WHERE c.subscription_id = %s ORDER BY c.id DESC LIMIT %s""",
        [subscription, limit],
    )


def happenings_of(subscription: int) -> list[Any]:
    """The newest first: at, name, actor_kind, agent_name, data, number (of the case)."""
    return db.rows(
        """SELECT h.id, h.at, h.name, h.actor_kind, a.name AS agent_name, h.data, c.number FROM history h
           LEFT JOIN staff_agent a ON h.actor_kind = 'agent' AND a.id = h.actor_id
           LEFT JOIN conversations_conversation c ON c.id = h.conversation_id
           WHERE h.subject_kind = 'subscription' AND h.subject_key = %s ORDER BY h.at DESC, h.id DESC LIMIT 50""",
        [subscription],
    )


def retention_offers(reason: str | None = None, *, is_active: bool | None = True) -> list[Any]:
    """What the company offers to somebody who leaves for this reason, in the company's order; all without one."""
    return db.rows(
        """SELECT r.*, v.sku FROM orders_retention r LEFT JOIN orders_variant v ON v.id = r.variant_id
           WHERE (%(reason)s::text IS NULL OR r.reasons = '[]' OR r.reasons ? %(reason)s)
             AND (%(active)s::bool IS NULL OR r.is_active = %(active)s) ORDER BY r.position, r.id""",
        {"reason": reason, "active": is_active},
    )


def offers_made(subscriptions: Sequence[int]) -> list[Any]:
    """The newest first; `waits`: somebody still has to approve it."""
    return db.rows(
        """SELECT o.*, coalesce(r.state = 'waiting', false) AS waits FROM orders_retentionoffer o
           LEFT JOIN approvals_request r ON r.id = o.approval WHERE o.subscription_id = ANY(%s) ORDER BY o.id DESC LIMIT 100""",
        [list(subscriptions)],
    )


def had_offer_lately(subscription: int, *, at: datetime) -> bool:
    """Whether an offer to stay was taken within the last year: nobody is taught to leave once a month."""
    return bool(
        db.value(
            """SELECT true FROM orders_retentionoffer WHERE subscription_id = %s AND state = 'accepted' AND answered_at > %s LIMIT 1""",
            [subscription, at - A_YEAR],
        )
    )


def subscription_of_order(order: int) -> int | None:
    """Whose period waits for this order to be paid."""
    found: int | None = db.value(
        """SELECT s.id FROM orders_order o JOIN orders_subscription s ON s.customer_id = o.customer_id AND o.source = 'subscription ' || s.number
           WHERE o.id = %s AND o.state <> 'cancelled' AND NOT EXISTS (SELECT FROM orders_charge c WHERE c.order_id = o.id)""",
        [order],
    )
    return found


def awaited_of(subscription: int) -> Any | None:
    """number and until: the order that its period waits for, and how long it can be paid by its link (None: there is none)."""
    return db.row(
        """SELECT o.number, o.total, o.currency, (SELECT l.due_at FROM orders_paymentlink l WHERE l.order_id = o.id AND l.state = 'open') AS until
           FROM orders_subscription s JOIN orders_order o ON o.customer_id = s.customer_id AND o.source = 'subscription ' || s.number
           WHERE s.id = %s AND o.state = 'pending' AND NOT EXISTS (SELECT FROM orders_charge c WHERE c.order_id = o.id)
           ORDER BY o.id DESC LIMIT 1""",
        [subscription],
    )


def asker_of(subscription: int) -> Any:
    """conversation and agent: the case it was last spoken of, and who sold it or spoke of it last; each may be None."""
    return db.row(
        """WITH told AS (SELECT h.id, h.at, h.conversation_id, h.actor_kind, h.actor_id FROM history h
                         WHERE h.subject_kind = 'subscription' AND h.subject_key = %(key)s)
           SELECT (SELECT conversation_id FROM told WHERE conversation_id IS NOT NULL ORDER BY at DESC, id DESC LIMIT 1) AS conversation,
               coalesce((SELECT actor_id FROM told WHERE actor_kind = 'agent' ORDER BY at DESC, id DESC LIMIT 1),
                   (SELECT l.agent_id FROM orders_charge c JOIN orders_paymentlink l ON l.order_id = c.order_id
                    WHERE c.subscription_id = %(key)s AND l.agent_id IS NOT NULL ORDER BY l.id DESC LIMIT 1)) AS agent""",
        {"key": subscription},
    )


def due_subscriptions(*, at: datetime, limit: int = 100) -> list[int]:
    found = db.rows("SELECT id FROM orders_subscription WHERE due_at <= %s ORDER BY due_at, id LIMIT %s", [at, limit])
    return [row.id for row in found]


def earliest_subscription_due() -> datetime | None:
    found: datetime | None = db.value("SELECT min(due_at) FROM orders_subscription WHERE due_at IS NOT NULL")
    return found


def _plans(rows: Iterable[Any]) -> dict[int, Plan]:
    found = {}
    for row in rows:
        terms = terms_of(row.billing, row.terms)
        if terms is not None:
            options = ", ".join(str(value) for value in row.options.values())
            name = f"{row.name} ({options})" if options else str(row.name)
            found[row.id] = Plan(row.id, name, row.price, row.currency, terms, row.is_available)
    return found


def subscription_of(customers: Sequence[int], number: str) -> int | None:
    """The key of one of theirs."""
    found: int | None = db.value(
        "SELECT id FROM orders_subscription WHERE customer_id = ANY(%s) AND number = %s",
        [list(customers), f"S{number.strip().upper().removeprefix('S')}"],
    )
    return found
