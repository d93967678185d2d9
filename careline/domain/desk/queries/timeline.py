"""A customer's whole history in one row: what was said in cases that the viewer may see, what happened, what was noted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.desk.queries.customer_filter import known_to
from careline.domain.desk.rules.timeline import KINDS, SILENT, SILENT_NAMES, TOLD_OF_CASES, unreadable
from careline.domain.staff.rules import Person, may, reach_of
from careline.kit import db

EXCERPT = 400
_BEHIND = "(%(at)s::timestamptz IS NULL OR ({at}, {key}) < (%(at)s, %(key)s))"
_TOLD = """split_part(h.name, '.', 1) <> ALL(%(silent)s) AND h.name <> ALL(%(silent_names)s)
    AND (split_part(h.name, '.', 1) <> 'conversation' OR h.name = ANY(%(told)s))
    AND (%(nouns)s::text[] IS NULL OR split_part(h.name, '.', 1) = ANY(%(nouns)s))
    AND split_part(h.name, '.', 1) <> ALL(%(but)s)
    AND (h.subject_kind <> 'complaint' OR h.subject_key <> ALL(ARRAY(SELECT q.id FROM complaints_complaint q WHERE q.about_id = %(me)s)))"""
_TIMELINE = """
WITH cases AS MATERIALIZED (
    SELECT c.id, c.number, c.subject FROM conversations_conversation c
    WHERE (c.customer_id = ANY(%(customers)s)
           OR c.id IN (SELECT p.conversation_id FROM conversations_participant p WHERE p.customer_id = ANY(%(customers)s))) AND {condition}
), said AS (
    SELECT m.created_at AS at, m.id * 4 AS key, 'message' AS type, m.id, cases.id AS case_id
    FROM cases CROSS JOIN LATERAL (
        SELECT k.created_at, k.id FROM conversations_message k WHERE k.conversation_id = cases.id AND {said_behind}
            AND (%(says)s::text[] IS NULL OR k.kind = ANY(%(says)s))
        ORDER BY k.created_at DESC, k.id DESC LIMIT %(limit)s) m
), happened AS (
    SELECT h.at, h.id * 4 + 1 AS key, 'event' AS type, h.id, cases.id AS case_id FROM cases JOIN history h ON h.conversation_id = cases.id
    WHERE (h.customer_id IS NULL OR h.customer_id = ANY(%(customers)s) OR split_part(h.name, '.', 1) = 'conversation') AND {told}
    UNION ALL
    SELECT h.at, h.id * 4 + 1, 'event', h.id, NULL FROM history h WHERE h.customer_id = ANY(%(customers)s) AND {told}
        AND (h.conversation_id IS NULL
             OR (%(sees_orders)s AND h.subject_kind = 'order' AND h.conversation_id NOT IN (SELECT cases.id FROM cases)))
), noted AS (
    SELECT n.created_at AS at, n.id * 4 + 2 AS key, 'note' AS type, n.id, NULL::bigint AS case_id
    FROM customers_note n WHERE n.customer_id = ANY(%(customers)s) AND %(notes)s
), newest AS MATERIALIZED (
    SELECT * FROM (SELECT * FROM said UNION ALL SELECT * FROM happened UNION ALL SELECT * FROM noted) everything
    WHERE {behind} ORDER BY at DESC, key DESC LIMIT %(limit)s
), told AS (
    SELECT e.at, e.key, e.type, e.id, cases.number, coalesce(cases.subject, '') AS subject, coalesce(m.kind, h.name, 'note') AS name,
        coalesce(n.text, left(coalesce(nullif(m.visible_text, ''), m.text), {excerpt}), '') AS text,
        coalesce(m.author_kind, h.actor_kind, 'agent') AS author_kind, coalesce(m.author_id, h.actor_id, n.author_id) AS author_id,
        coalesce(h.data, '{{}}') AS data, h.subject_kind, h.subject_key
    FROM newest e LEFT JOIN cases ON cases.id = e.case_id
    LEFT JOIN conversations_message m ON e.type = 'message' AND m.id = e.id
    LEFT JOIN history h ON e.type = 'event' AND h.at = e.at AND h.id = e.id
    LEFT JOIN customers_note n ON e.type = 'note' AND n.id = e.id
)
SELECT t.*, o.number AS order_number, coalesce(a.name, cu.name, '') AS author_name FROM told t
LEFT JOIN orders_order o ON t.subject_kind = 'order' AND o.id = t.subject_key
LEFT JOIN staff_agent a ON t.author_kind = 'agent' AND a.id = t.author_id
LEFT JOIN customers_customer cu ON t.author_kind = 'customer' AND cu.id = t.author_id
ORDER BY t.at DESC, t.key DESC
"""


def timeline_of(
    person: Person, customer: int, *, kind: str = "", after: tuple[datetime, int] | None = None, limit: int = 50
) -> list[Any]:
    """The newest first: at, key, type (message, event, note), id, number, subject, name, text, author_kind, author_id,
    author_name, data, subject_kind, subject_key, order_number. `kind` is one of KINDS; `after` the (at, key) of the last one
    shown. Whoever was merged into them is told with them. What stands in a case is read by whoever sees the case, orders
    also by whoever sees the customer's, and each room's happenings by those only who may read that room;
    of a complaint never by whoever it is about."""
    condition, params = visible(reach_of(person, "conversation:read"))
    statement = _TIMELINE.format(
        condition=condition, excerpt=EXCERPT, told=_TOLD, behind=_BEHIND.format(at="at", key="key"),
        said_behind=_BEHIND.format(at="k.created_at", key="k.id * 4"),
    )  # fmt: skip
    at, key = after or (None, None)
    asked = KINDS.get(kind)
    return db.rows(
        statement,
        params
        | {"customers": everybody_in(customer), "told": list(TOLD_OF_CASES), "silent": list(SILENT), "silent_names": list(SILENT_NAMES),
           "but": unreadable(person), "me": person.id, "sees_orders": _sees_orders(person, customer), "at": at, "key": key, "limit": limit,
           "nouns": list(asked.nouns) if asked else None, "says": list(asked.says) if asked else None,
           "notes": asked is None or asked.notes},
    )  # fmt: skip


def _sees_orders(person: Person, customer: int) -> bool:
    """Orders are seen through the customer, also what was done to them on a case that isn't."""
    if not may(person, "order:read"):
        return False
    condition, params = known_to(person, "order:read")
    return condition == "true" or bool(
        db.row(
            f"SELECT FROM customers_customer cu WHERE cu.id = %(customer)s AND {condition}",
            params | {"customer": customer},
        )
    )
