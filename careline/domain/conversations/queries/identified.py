"""Whether a customer was identified on a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.kit import db

_MAIL = """
SELECT EXISTS (
    SELECT FROM conversations_message m WHERE m.conversation_id = %s AND m.kind = 'incoming' AND m.author_kind = 'customer'
        AND m.author_id = ANY(%s) AND m.authenticity @> '{"verified": true}' AND NOT m.data ? 'stranger')
"""


def identification_of(conversation: int, customers: Sequence[int]) -> Any | None:
    """How one of these (a person and whoever was merged into them) was identified: customer_id, how, questions, agent_name, at."""
    return db.row(
        """SELECT i.customer_id, i.how, i.questions, a.name AS agent_name, i.at
           FROM conversations_identification i LEFT JOIN staff_agent a ON a.id = i.agent_id
           WHERE i.conversation_id = %s AND i.customer_id = ANY(%s) AND i.is_passed ORDER BY i.at LIMIT 1""",
        [conversation, list(customers)],
    )


def has_verified_mail(conversation: int, customers: Sequence[int]) -> bool:
    """Whether one of them wrote a mail in this case whose sender may be believed."""
    return bool(db.value(_MAIL, [conversation, list(customers)]))


def failed_since(conversation: int, since: datetime) -> int:
    """How often questions were answered wrongly on this case."""
    return int(
        db.value(
            "SELECT count(*) FROM conversations_identification WHERE conversation_id = %s AND at > %s AND NOT is_passed",
            [conversation, since],
        )
    )
