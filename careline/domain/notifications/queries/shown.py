"""What somebody sees at the bell: only of cases that they may see now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

MOST_COUNTED = 100


def unseen_count(person: Person) -> int:
    """How many notifications wait to be seen; counting ends at MOST_COUNTED."""
    condition, params = visible(reach_of(person, "conversation:read"))
    return int(
        db.value(
            f"""SELECT count(*) FROM (SELECT FROM notifications_notification n
                JOIN conversations_conversation c ON c.id = n.conversation_id
                WHERE n.agent_id = %(me)s AND n.seen_at IS NULL AND n.is_shown AND {condition} LIMIT %(most)s) k""",
            params | {"me": person.id, "most": MOST_COUNTED},
        )
    )


def notifications_page(
    person: Person, *, unseen: bool = False, before: tuple[datetime, int] | None = None, limit: int
) -> list[Any]:
    """The newest first: id, kind, count, created_at, newest_at, seen_at, number, subject, is_restricted, customer_name, is_muted."""
    condition, params = visible(reach_of(person, "conversation:read"))
    moment, key = before or (None, None)
    return db.rows(
        f"""SELECT n.id, n.kind, n.count, n.created_at, n.newest_at, n.seen_at, c.number, c.subject,
                c.restricted_to IS NOT NULL AS is_restricted, p.name AS customer_name,
                EXISTS (SELECT FROM notifications_mute u WHERE u.agent_id = n.agent_id AND u.conversation_id = c.id) AS is_muted
            FROM notifications_notification n JOIN conversations_conversation c ON c.id = n.conversation_id
            LEFT JOIN customers_customer p ON p.id = c.customer_id
            WHERE n.agent_id = %(me)s AND n.is_shown AND (NOT %(unseen)s OR n.seen_at IS NULL) AND {condition}
                AND (%(moment)s::timestamptz IS NULL OR (n.newest_at, n.id) < (%(moment)s, %(key)s))
            ORDER BY n.newest_at DESC, n.id DESC LIMIT %(limit)s""",
        params | {"me": person.id, "unseen": unseen, "moment": moment, "key": key, "limit": limit},
    )


def parcels_shown(person: Person, notifications: Sequence[int]) -> list[Any]:
    """Those of these notifications that are unseen and of a case the person may see, oldest first; as they are written about."""
    condition, params = visible(reach_of(person, "conversation:read"))
    return db.rows(
        f"""SELECT n.id, n.kind, n.count, n.newest_at, c.number, c.subject, c.restricted_to IS NOT NULL AS is_restricted
            FROM notifications_notification n JOIN conversations_conversation c ON c.id = n.conversation_id
            WHERE n.id = ANY(%(ids)s) AND n.agent_id = %(me)s AND n.seen_at IS NULL AND {condition}
                AND NOT EXISTS (SELECT FROM notifications_mute u WHERE u.agent_id = n.agent_id AND u.conversation_id = c.id)
            ORDER BY n.newest_at, n.id""",
        params | {"me": person.id, "ids": list(notifications)},
    )


def is_muted(agent: int, conversation: int) -> bool:
    return bool(
        db.value(
            "SELECT EXISTS (SELECT FROM notifications_mute WHERE agent_id = %s AND conversation_id = %s)",
            [agent, conversation],
        )
    )
