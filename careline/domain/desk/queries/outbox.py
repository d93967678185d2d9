"""What waits to leave, what left, and what did not."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

_OUTBOX = """
SELECT d.message_id AS id, d.state, d.due_at, d.attempts, d.sent_at, d.server_words, d.is_automatic, m.subject, m."to", m.cc, m.bcc,
    m.sender, m.created_at, m.visible_text, m.author_kind, a.name AS agent_name, c.number, ch.name AS channel_name
FROM conversations_delivery d
JOIN conversations_message m ON m.id = d.message_id
JOIN conversations_conversation c ON c.id = m.conversation_id
LEFT JOIN channels_channel ch ON ch.id = d.channel_id
LEFT JOIN staff_agent a ON m.author_kind = 'agent' AND a.id = m.author_id
"""


def outbox_page(person: Person, *, state: str = "", before: int | None = None, limit: int = 50) -> list[Any]:
    """Deliveries of cases that the person reaches, newest message first.

    `state` is one of delivery's, `waiting` for what is still to leave, empty for all.
    """
    condition, params = visible(reach_of(person, "conversation:read"))
    return db.rows(
        f"""{_OUTBOX} WHERE {condition} AND (%(before)s::bigint IS NULL OR d.message_id < %(before)s)
               AND (%(state)s = '' OR d.state = %(state)s
                    OR (%(state)s = 'waiting' AND d.state IN ('held', 'scheduled', 'queued', 'sending', 'handing_over')))
             ORDER BY d.message_id DESC LIMIT %(limit)s""",
        {**params, "before": before, "state": state, "limit": limit},
    )


def outbox_counts() -> dict[str, int]:
    """How many deliveries there are by state, sent ones apart."""
    found = db.rows("SELECT state, count(*) AS n FROM conversations_delivery WHERE state <> 'sent' GROUP BY state")
    return {row.state: row.n for row in found}


def outbox_message(message: int) -> Any | None:
    return db.row(_OUTBOX + "WHERE d.message_id = %s", [message])
