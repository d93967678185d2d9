"""What came in, as a person may look through it: what stands in a case is shown to those who reach the case."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

_INBOUND = """
SELECT i.id, i.status, i.outcome, i.reason, i.door, i.envelope_from, i.envelope_to, i.received_at, i.size,
    i.subject, i.sender, i.attempts, i.conversation_number, i.message_key, i.processed_at, i.file_id AS digest,
    ch.name AS channel_name
FROM channels_inbound i LEFT JOIN channels_channel ch ON ch.id = i.channel_id
"""


def inbound_page(person: Person, *, status: str, outcome: str = "", before: int | None, limit: int) -> list[Any]:
    """What came in, newest first; `status` empty for all."""
    condition, params = _shown_to(person)
    return db.rows(
        f"""{_INBOUND} WHERE (%(status)s = '' OR i.status = %(status)s) AND (%(outcome)s = '' OR i.outcome = %(outcome)s)
              AND (%(before)s::bigint IS NULL OR i.id < %(before)s) AND {condition}
            ORDER BY i.id DESC LIMIT %(limit)s""",
        {**params, "status": status, "outcome": outcome, "before": before, "limit": limit},
    )


def inbound_row(person: Person, inbound: int) -> Any | None:
    """One of them with the digest of its raw bytes; None for absent and not theirs alike."""
    condition, params = _shown_to(person)
    return db.row(f"{_INBOUND} WHERE i.id = %(inbound)s AND {condition}", {**params, "inbound": inbound})


def _shown_to(person: Person) -> tuple[str, dict[str, Any]]:
    condition, params = visible(reach_of(person, "conversation:read"))
    case = f"SELECT FROM conversations_conversation c WHERE c.number = i.conversation_number AND {condition}"
    return f"(i.conversation_number IS NULL OR EXISTS ({case}))", params
