"""What customers suggest and praise, and what stands about us in public."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Reach
from careline.kit import db

_VOICE = """
SELECT v.*, p.name AS product_name, o.name AS owner_name, g.name AS person_name
FROM followups_voice v LEFT JOIN orders_product p ON p.id = v.product_id LEFT JOIN staff_agent o ON o.id = v.owner_id
LEFT JOIN staff_agent g ON g.id = v.person_id
"""
MOST_OFFERED = 200


def voices(
    *,
    kind: str = "",
    state: str = "",
    person: int | None = None,
    words: str = "",
    after: tuple[int, int] | None = None,
    limit: int = 50,
) -> list[Any]:
    """Those that most cases raise first. `after`: (votes, id) of the last one shown."""
    return db.rows(
        f"""{_VOICE} WHERE v.merged_into_id IS NULL AND (%(kind)s = '' OR v.kind = %(kind)s) AND (%(state)s = '' OR v.state = %(state)s)
              AND (%(person)s::bigint IS NULL OR v.person_id = %(person)s)
              AND (%(words)s = '' OR position(lower(%(words)s) IN lower(v.title)) > 0)
              AND (%(votes)s::int IS NULL OR (v.votes, v.id) < (%(votes)s, %(id)s))
            ORDER BY v.votes DESC, v.id DESC LIMIT %(limit)s""",
        {
            "kind": kind, "state": state, "person": person, "words": words, "limit": limit, "votes": after[0] if after else None,
            "id": after[1] if after else None,
        },
    )  # fmt: skip


def voice_by_id(key: int) -> Any | None:
    return db.row(f"{_VOICE} WHERE v.id = %s", [key])


def held_voice(key: int) -> Any | None:
    return db.row("SELECT * FROM followups_voice WHERE id = %s AND merged_into_id IS NULL FOR UPDATE", [key])


def voices_of_case(conversation: int) -> list[Any]:
    return db.rows(
        f"{_VOICE} JOIN followups_vote w ON w.voice_id = v.id WHERE w.conversation_id = %s ORDER BY w.id",
        [conversation],
    )


def cases_of_voice(voice: int, reach: Reach, *, before: int | None = None, limit: int = 50) -> list[Any]:
    """The cases that raise it, as far as this reach sees them: id (of the vote), number, subject, customer_name, at, state, reason."""
    seen, params = visible(reach)
    return db.rows(
        f"""SELECT w.id, c.number, c.subject, cu.name AS customer_name, w.at, w.state, w.reason, w.told_at
            FROM followups_vote w JOIN conversations_conversation c ON c.id = w.conversation_id
            LEFT JOIN customers_customer cu ON cu.id = w.customer_id
            WHERE w.voice_id = %(voice)s AND {seen} AND (%(before)s::bigint IS NULL OR w.id < %(before)s)
            ORDER BY w.id DESC LIMIT %(limit)s""",
        {**params, "voice": voice, "before": before, "limit": limit},
    )


def votes_to_tell(voice: int, *, limit: int) -> list[Any]:
    """Whose customers still wait for the answer: id, conversation_id, customer_id; a customer who asked twice once."""
    return db.rows(
        """SELECT w.id, c.id AS conversation_id, c.number, coalesce(c.customer_id, w.customer_id) AS customer_id,
               EXISTS (SELECT FROM followups_vote o WHERE o.voice_id = w.voice_id AND o.state = 'written'
                       AND o.customer_id = w.customer_id AND o.id <> w.id) AS was_told,
               coalesce('email' = ANY(cu.do_not_contact), false) OR cu.erased_at IS NOT NULL AS has_opted_out
           FROM followups_vote w JOIN conversations_conversation c ON c.id = w.conversation_id
           LEFT JOIN customers_customer cu ON cu.id = w.customer_id
           WHERE w.voice_id = %s AND w.state = 'waiting' ORDER BY w.id LIMIT %s""",
        [voice, limit],
    )


def earliest_voice() -> datetime | None:
    return db.value("SELECT min(due_at) FROM followups_voice WHERE due_at IS NOT NULL")


def reviews(reach: Reach, *, number: int | None = None, before: int | None = None, limit: int = 50) -> list[Any]:
    """The newest first, each with its case and whether it was answered there."""
    seen, params = visible(reach)
    return db.rows(
        f"""SELECT r.id, r.source, r.url, r.author, r.stars, r.text, r.posted_on, r.recorded_at, c.number, c.category,
                c.first_responded_at AS answered_at
            FROM followups_review r JOIN conversations_conversation c ON c.id = r.conversation_id
            WHERE {seen} AND (%(before)s::bigint IS NULL OR r.id < %(before)s)
              AND (%(number)s::bigint IS NULL OR c.number = %(number)s) ORDER BY r.id DESC LIMIT %(limit)s""",
        {**params, "before": before, "number": number, "limit": limit},
    )


def review_at(url: str) -> Any | None:
    """The review of this address, with the number of its case."""
    return db.row(
        """SELECT r.id, c.number FROM followups_review r LEFT JOIN conversations_conversation c ON c.id = r.conversation_id
           WHERE r.url = %s""",
        [url],
    )
