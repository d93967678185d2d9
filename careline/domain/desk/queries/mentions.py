"""Where somebody was named and has not looked since."""

from __future__ import annotations

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db


def unread_mentions(person: Person) -> int:
    """Cases of the view "Mentions" with a note that names this person and that they have not read."""
    condition, params = visible(reach_of(person, "conversation:read"))
    return int(
        db.value(
            f"""SELECT count(DISTINCT c.id) FROM conversations_mention n JOIN conversations_message m ON m.id = n.message_id
                JOIN conversations_conversation c ON c.id = m.conversation_id
                WHERE n.agent_id = %(me)s AND c.category <> 'resolved' AND c.merged_into_id IS NULL AND NOT c.is_spam AND {condition}
                    AND NOT EXISTS (SELECT FROM conversations_reading r
                        WHERE r.agent_id = n.agent_id AND r.conversation_id = c.id AND r.message_id >= m.id)""",
            params | {"me": person.id},
        )
    )
