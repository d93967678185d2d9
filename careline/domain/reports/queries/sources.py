"""What facts are made of, read for several cases at once: their covers, and what happened on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from careline.domain.reports.rules.cases import Cover, Event
from careline.domain.reports.rules.facts import RATED, WORKED
from careline.kit import db

NAMES = (
    "message.received", "message.queued", "message.sent", "message.taken_back", "conversation.resolved", "conversation.reopened",
    "conversation.waits", "conversation.assigned", "sla.met", "sla.broken", "survey.sent", WORKED, *RATED,
)  # fmt: skip
"""What happenings a fact is made of, besides those of orders. Whatever else happens on a case may have changed its cover."""

_COVERS = """
SELECT c.id, c.number, c.category, c.created_at, c.brand_id, c.priority, c.resolved_at, c.is_spam, c.merged_into_id, c.side_of_id,
    c.restricted_to IS NOT NULL AS is_restricted, c.channel_id, coalesce(ch.kind, '') AS channel_kind, c.team_id, c.assignee_id,
    c.topic_id, c.customer_id, cu.organisation_id, c.language,
    (SELECT min(f.id) FROM forms_form f WHERE f.channel_id = c.channel_id) AS form_id
FROM conversations_conversation c LEFT JOIN channels_channel ch ON ch.id = c.channel_id
    LEFT JOIN customers_customer cu ON cu.id = c.customer_id
WHERE c.id = ANY(%s)
"""
_EVENTS = """
SELECT h.conversation_id, h.at, h.id, h.name, h.actor_kind, h.actor_id, h.subject_kind, h.subject_key, h.data,
    coalesce(m.auto_reply <> '', false) AS is_automatic, coalesce(m.data ->> 'forward' = 'true', false) AS is_forward,
    coalesce(d.is_scheduled, false) AS is_later, d.sent_at
FROM history h
    LEFT JOIN conversations_message m ON h.subject_kind = 'message' AND m.id = h.subject_key
    LEFT JOIN conversations_delivery d ON d.message_id = m.id
WHERE h.conversation_id = ANY(%(cases)s) AND (h.name = ANY(%(names)s) OR h.subject_kind = 'order')
ORDER BY h.conversation_id, h.at, h.id
"""
_PRODUCTS = """
SELECT l.order_id, array_agg(DISTINCT v.product_id) AS products FROM orders_line l JOIN orders_variant v ON v.id = l.variant_id
WHERE l.order_id = ANY(%s) GROUP BY l.order_id
"""


def sources_of(cases: Sequence[int]) -> list[tuple[Cover, list[Event]]]:
    """Each case that there is, with its events in the order in which they happened."""
    events: dict[int, list[Event]] = defaultdict(list)
    for row in db.rows(_EVENTS, {"cases": list(cases), "names": list(NAMES)}):
        events[row.conversation_id].append(_event(row))
    orders = {
        case: [event.key for event in happened if event.subject_kind == "order"] for case, happened in events.items()
    }
    wanted = sorted({order for of_case in orders.values() for order in of_case})
    products = {row.order_id: row.products for row in db.rows(_PRODUCTS, [wanted])} if wanted else {}
    return [
        (_cover(row, {key for order in orders.get(row.id, ()) for key in products.get(order, ())}), events[row.id])
        for row in db.rows(_COVERS, [list(cases)])
    ]


def _event(row: Any) -> Event:
    return Event(
        row.at, row.id, row.name, row.actor_kind, row.actor_id, row.subject_kind, row.subject_key, row.data,
        row.is_automatic, row.is_forward, row.is_later, row.sent_at,
    )  # fmt: skip


def _cover(row: Any, products: set[int]) -> Cover:
    return Cover(
        id=row.id, number=row.number, category=row.category, opened_at=row.created_at, brand_id=row.brand_id, priority=row.priority,
        resolved_at=row.resolved_at, is_spam=row.is_spam, is_merged=row.merged_into_id is not None, is_side=row.side_of_id is not None,
        is_restricted=row.is_restricted, channel_id=row.channel_id, channel_kind=row.channel_kind, team_id=row.team_id,
        assignee_id=row.assignee_id, topic_id=row.topic_id, customer_id=row.customer_id, organisation_id=row.organisation_id,
        form_id=row.form_id, language=row.language, product_ids=sorted(products),
    )  # fmt: skip
