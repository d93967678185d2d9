"""A customer's whole history in one row: what was said in cases that the viewer may see, what happened, what was noted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

TOLD = (
    "conversation.opened",
    "conversation.resolved",
    "conversation.reopened",
    "conversation.merged",
    "conversation.split",
    "order.cancelled",
    "order.cancelled_in_part",
    "order.items_changed",
    "order.payment_changed",
    "order.address_changed",
    "order.refunded",
    "order.return_requested",
    "order.exchange_requested",
    "order.return_done",
    "order.replaced",
    "order.placed",
)
"""What happens on a case and concerns its customer; the rest stands in the case."""
EXCERPT = 400

_TIMELINE = """
WITH cases AS MATERIALIZED (
    SELECT c.id, c.number, c.subject FROM conversations_conversation c
    WHERE (c.customer_id = ANY(%(customers)s)
           OR c.id IN (SELECT p.conversation_id FROM conversations_participant p WHERE p.customer_id = ANY(%(customers)s))) AND {condition}
), said AS (
    SELECT m.created_at AS at, m.id * 4 AS key, 'message' AS type, m.id, cases.number, cases.subject, m.kind AS name,
        left(coalesce(nullif(m.visible_text, ''), m.text), {excerpt}) AS text, m.author_kind, m.author_id, '{{}}'::jsonb AS data
    FROM cases CROSS JOIN LATERAL (
        SELECT * FROM conversations_message k WHERE k.conversation_id = cases.id
            AND (%(at)s::timestamptz IS NULL OR (k.created_at, k.id * 4) < (%(at)s, %(key)s))
        ORDER BY k.created_at DESC, k.id DESC LIMIT %(limit)s) m
), happened AS (
    SELECT h.at, h.id * 4 + 1 AS key, 'event' AS type, h.id, cases.number, cases.subject, h.name, '' AS text, h.actor_kind, h.actor_id, h.data
    FROM cases JOIN history h ON h.conversation_id = cases.id WHERE h.name = ANY(%(told)s)
    UNION ALL
    SELECT h.at, h.id * 4 + 1, 'event', h.id, NULL, '', h.name, '', h.actor_kind, h.actor_id, h.data
    FROM history h WHERE h.customer_id = ANY(%(customers)s) AND h.conversation_id IS NULL AND h.subject_kind IN ('customer', 'order')
        AND h.name <> 'customer.noted'
), noted AS (
    SELECT n.created_at AS at, n.id * 4 + 2 AS key, 'note' AS type, n.id, NULL::bigint, '' AS subject, 'note' AS name, n.text, 'agent' AS author_kind,
        n.author_id, '{{}}'::jsonb AS data
    FROM customers_note n WHERE n.customer_id = ANY(%(customers)s)
)
SELECT e.*, coalesce(a.name, cu.name, '') AS author_name FROM (
    SELECT * FROM (SELECT * FROM said UNION ALL SELECT * FROM happened UNION ALL SELECT * FROM noted) everything
    WHERE %(at)s::timestamptz IS NULL OR (at, key) < (%(at)s, %(key)s) ORDER BY at DESC, key DESC LIMIT %(limit)s
) e LEFT JOIN staff_agent a ON e.author_kind = 'agent' AND a.id = e.author_id
LEFT JOIN customers_customer cu ON e.author_kind = 'customer' AND cu.id = e.author_id
ORDER BY e.at DESC, e.key DESC
"""


def timeline_of(
    person: Person, customer: int, *, after: tuple[datetime, int] | None = None, limit: int = 50
) -> list[Any]:
    """The newest first: at, key, type (message, event, note), id, number, subject, name, text, author_kind, author_id,
    author_name, data. `after` is the (at, key) of the last one shown. Whoever was merged into them is told with them."""
    condition, params = visible(reach_of(person, "conversation:read"))
    return db.rows(
        _TIMELINE.format(condition=condition, excerpt=EXCERPT),
        params
        | {"customers": everybody_in(customer), "told": list(TOLD), "limit": limit,
           "at": after[0] if after else None, "key": after[1] if after else None},
    )  # fmt: skip
