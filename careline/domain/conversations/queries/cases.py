"""Getting a case: for a person, only if they may."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Forbidden, Person, Reach, reach_of
from careline.kit import db

_CASE = """
SELECT c.*, s.code AS status_code, s.name AS status_names
FROM conversations_conversation c JOIN conversations_status s ON s.id = c.status_id
"""
# A side conversation is seen by whoever sees the case it stands in: the predicate is about that one.
_REACHED = """
SELECT x.*, s.code AS status_code, s.name AS status_names
FROM conversations_conversation x JOIN conversations_status s ON s.id = x.status_id
JOIN conversations_conversation c ON c.id = CASE WHEN x.side_of_id IS NULL THEN x.id ELSE x.merged_into_id END
"""


def conversation_for(person: Person, number: int, *, verb: str = "conversation:read") -> Any:
    """The case with this number, as a light row of its columns.

    Raises NotFound for absent and not yours alike, Forbidden where it may be seen but the verb is not granted on it.
    """
    seen, wanted = reach_of(person, "conversation:read"), reach_of(person, verb)
    found = _reached(number, seen)
    if found is None:
        raise NotFound(f"There is no case {number}.")
    if wanted != seen and _reached(number, wanted) is None:
        raise Forbidden(verb)
    return found


def conversation_by_number(number: int) -> Any | None:
    """The case itself, for flows that act for the house (intake, worker)."""
    return db.row(_CASE + " WHERE c.number = %s", [number])


def conversation_by_id(key: int) -> Any | None:
    return db.row(_CASE + " WHERE c.id = %s", [key])


def status_of_category(category: str) -> Any:
    """The first status of a category, the one that a plain resolve or reopen takes."""
    return db.row(
        "SELECT id, code, name, category FROM conversations_status WHERE category = %s ORDER BY position, id LIMIT 1",
        [category],
        prepared=True,
    )


def statuses() -> list[Any]:
    return db.rows("SELECT id, code, name, category FROM conversations_status ORDER BY position, id")


def tags() -> list[Any]:
    return db.rows("SELECT id, name FROM conversations_tag ORDER BY lower(name)")


def participants_of(conversation: int) -> list[Any]:
    """The people on a case: id, customer_id, kind, value, name, role, state; in the order they came."""
    return db.rows(
        """SELECT id, customer_id, kind, value, name, role, state FROM conversations_participant
           WHERE conversation_id = %s ORDER BY id""",
        [conversation],
        prepared=True,
    )


def snoozed_until(at: datetime, *, limit: int) -> list[Any]:
    """Cases whose snooze is over at that moment, held until the transaction ends."""
    return db.rows(
        """SELECT * FROM conversations_conversation WHERE snoozed_until <= %s
           ORDER BY snoozed_until LIMIT %s FOR UPDATE SKIP LOCKED""",
        [at, limit],
    )


def earliest_snooze() -> datetime | None:
    return db.value("SELECT min(snoozed_until) FROM conversations_conversation WHERE snoozed_until IS NOT NULL")


def drafts_of(conversation: int, *, agent: int) -> dict[str, dict[str, Any]]:
    """What this agent has begun to write in the case, by kind."""
    found = db.rows(
        "SELECT kind, content FROM conversations_draft WHERE conversation_id = %s AND agent_id = %s",
        [conversation, agent],
        prepared=True,
    )
    return {row.kind: row.content for row in found}


def participant_with(conversation: int, value: str) -> Any | None:
    """The person on a case with this address."""
    return db.row(
        """SELECT id, kind, value, name, role, state FROM conversations_participant
           WHERE conversation_id = %s AND lower(value) = lower(%s)""",
        [conversation, value],
    )


def _reached(number: int, reach: Reach) -> Any | None:
    condition, params = visible(reach)
    return db.row(f"{_REACHED} WHERE x.number = %(number)s AND {condition}", {**params, "number": number})
