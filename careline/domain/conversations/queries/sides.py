"""The side conversations of a case."""

from __future__ import annotations

from typing import Any

from careline.kit import db

_SIDE = """
SELECT s.id, s.number, s.subject, s.category, s.channel_id, s.message_count, s.last_snippet, s.created_at, s.updated_at,
    (SELECT coalesce(json_agg(json_build_object('value', p.value, 'name', p.name, 'kind', p.kind) ORDER BY p.id), '[]')
     FROM conversations_participant p WHERE p.conversation_id = s.id AND p.state = 'active') AS people
FROM conversations_conversation s WHERE s.side_of_id IS NOT NULL
"""


def sides_of(case: int) -> list[Any]:
    """Those shown in a case (also of what was merged into it), oldest first: who is on them, and whose turn it is."""
    return db.rows(_SIDE + " AND s.merged_into_id = %s ORDER BY s.id", [case])


def side_of(case: int, side: int) -> Any | None:
    """One of them."""
    return db.row(_SIDE + " AND s.merged_into_id = %s AND s.id = %s", [case, side])
