"""Cases that have to do with each other: links, and those that look like one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.conversations.rules.duplicates import LIKELY, likeness
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

WITHIN = timedelta(days=14)
MOST_SUGGESTED = 3
_MIRRORED = {"parent": "child"}


def links_of(conversation: int, person: Person) -> list[dict[str, Any]]:
    """The links of a case as seen from it, as far as the person sees the other case: id, kind (related, parent, child, duplicate),
    is_original (of a duplicate: the other one came first), number, subject, category, status names, at."""
    condition, params = visible(reach_of(person, "conversation:read"))
    rows = db.rows(
        f"""SELECT l.id, l.kind, l.conversation_id = %(case)s AS is_ours, l.created_at, c.id AS other_id, c.number, c.subject, c.category,
                s.name AS status_names
            FROM conversations_link l JOIN conversations_conversation c
                ON c.id = CASE WHEN l.conversation_id = %(case)s THEN l.other_id ELSE l.conversation_id END
            JOIN conversations_status s ON s.id = c.status_id
            WHERE %(case)s IN (l.conversation_id, l.other_id) AND {condition} ORDER BY l.id""",
        params | {"case": conversation},
    )
    return [
        {
            "id": row.id, "kind": row.kind if row.is_ours else _MIRRORED.get(row.kind, row.kind), "number": row.number,
            "is_original": row.kind == "duplicate" and row.is_ours, "subject": row.subject, "category": row.category,
            "status_names": row.status_names, "at": row.created_at, "other_id": row.other_id,
        }
        for row in rows
    ]  # fmt: skip


def parents_of(conversation: int) -> list[int]:
    """The case's parent, its parent's …"""
    found = db.rows(
        """WITH RECURSIVE above (id) AS (
               SELECT other_id FROM conversations_link WHERE conversation_id = %s AND kind = 'parent'
             UNION SELECT l.other_id FROM conversations_link l JOIN above ON l.conversation_id = above.id WHERE l.kind = 'parent')
           SELECT id FROM above""",
        [conversation],
    )
    return [row.id for row in found]


def likely_duplicates(case: Any, person: Person) -> list[Any]:
    """Other cases of the same customer with nearly the same subject, about the same time, which this person sees and nobody has
    judged yet; the likeliest first. Rows of id, number, subject, category, created_at."""
    if case.customer_id is None or case.merged_into_id is not None:
        return []
    condition, params = visible(reach_of(person, "conversation:read"))
    rows = db.rows(
        f"""SELECT c.id, c.number, c.subject, c.category, c.created_at FROM conversations_conversation c
            WHERE c.customer_id = %(customer)s AND c.id <> %(case)s AND c.merged_into_id IS NULL AND c.is_spam = %(spam)s
                AND c.created_at BETWEEN %(first)s AND %(last)s AND {condition}
                AND NOT EXISTS (SELECT FROM conversations_noduplicate n WHERE %(case)s IN (n.conversation_id, n.other_id)
                                AND c.id IN (n.conversation_id, n.other_id))
                AND NOT EXISTS (SELECT FROM conversations_link l WHERE %(case)s IN (l.conversation_id, l.other_id)
                                AND c.id IN (l.conversation_id, l.other_id))
            ORDER BY c.created_at DESC LIMIT 50""",
        params | {"customer": case.customer_id, "case": case.id, "spam": case.is_spam, "first": case.created_at - WITHIN,
                  "last": case.created_at + WITHIN},
    )  # fmt: skip
    likely = [(likeness(case.subject, row.subject, apart=abs(case.created_at - row.created_at)), row) for row in rows]
    ranked = sorted((one for one in likely if one[0] >= LIKELY), key=lambda one: (-one[0], one[1].number))
    return [row for _, row in ranked[:MOST_SUGGESTED]]
