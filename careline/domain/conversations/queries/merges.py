"""What was merged into what, and what stands where because of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careline.domain.conversations.queries.cases import conversation_by_id, conversation_for
from careline.domain.conversations.rules.merging import Said
from careline.domain.staff.rules import Person
from careline.kit import db

_MERGE = """
SELECT g.id, g.absorbed_id, g.into_id, g.is_split, g.before, g.merged_at, g.undone_at, a.number AS absorbed_number,
    a.subject AS absorbed_subject, t.number AS into_number, w.name AS agent_name
FROM conversations_merge g JOIN conversations_conversation a ON a.id = g.absorbed_id
JOIN conversations_conversation t ON t.id = g.into_id LEFT JOIN staff_agent w ON w.id = g.merged_by_id
"""
_BELOW = """
WITH RECURSIVE below (id) AS (
    SELECT %(case)s::bigint
  UNION ALL
    SELECT g.absorbed_id FROM conversations_merge g JOIN below ON below.id = g.into_id WHERE g.undone_at IS NULL
)
SELECT id FROM below UNION SELECT s.id FROM conversations_conversation s JOIN below ON s.side_of_id = below.id
"""
# A reply that was taken back, never handed the turn over (a forward, one for later) or is the house's own moves nothing.
_MOVING = """
SELECT m.kind, m.created_at, m.auto_reply <> '' AS automatic
FROM conversations_message m LEFT JOIN conversations_delivery d ON d.message_id = m.id
WHERE m.conversation_id = %(case)s AND m.created_at > %(since)s AND coalesce(m.home_id, m.conversation_id) = ANY(%(homes)s)
    AND (m.kind = 'incoming' OR (m.kind = 'reply' AND m.auto_reply = '' AND NOT coalesce((m.data->>'forward')::boolean, false)
         AND NOT coalesce(d.is_scheduled, false) AND d.state IS DISTINCT FROM 'cancelled'))
ORDER BY m.created_at, m.id
"""


def standing_conversation_for(person: Person, number: int, *, verb: str) -> Any:
    """The case that a number leads to, with the verb on it and on the one it leads on from. Raises NotFound, Forbidden."""
    found = conversation_for(person, number, verb=verb)
    if found.merged_into_id is None:
        return found
    root = conversation_by_id(found.merged_into_id)
    assert root is not None, "what it was merged into is there"
    return conversation_for(person, root.number, verb=verb)


def merge_by_id(key: int) -> Any | None:
    """A merge or a split, undone or not, with the numbers of both cases."""
    return db.row(_MERGE + " WHERE g.id = %s", [key])


def merge_of(absorbed: int) -> Any | None:
    """The merge by which a case went into another one, if it is in it now."""
    return db.row(_MERGE + " WHERE g.absorbed_id = %s AND g.undone_at IS NULL", [absorbed])


def merges_in(conversation: int) -> list[Any]:
    """What stands in a case by merging, also by way of others, oldest first."""
    return db.rows(
        _MERGE
        + " WHERE a.merged_into_id = %s AND a.side_of_id IS NULL AND g.undone_at IS NULL ORDER BY g.merged_at, g.id",
        [conversation],
    )


def cases_below(conversation: int) -> list[int]:
    """The case itself, all that went into it, and their side conversations."""
    return [row.id for row in db.rows(_BELOW, {"case": conversation})]


def said_since(conversation: int, *, since: Any, homes: Sequence[int]) -> list[Said]:
    """What moved the state of a case after a moment, of the messages that belong to these cases, oldest first."""
    found = db.rows(_MOVING, {"case": conversation, "since": since, "homes": list(homes)})
    return [Said(row.kind, row.created_at, row.automatic) for row in found]
