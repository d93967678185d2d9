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
JOINED = """WITH RECURSIVE joined AS (SELECT %(voice)s::bigint AS id
    UNION SELECT v.id FROM followups_voice v JOIN joined j ON v.merged_into_id = j.id)"""
"""A voice and all that were joined with it, also by way of another one."""
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


def merged_voice(key: int) -> Any | None:
    """One that was joined with another, held until the transaction ends."""
    return db.row("SELECT * FROM followups_voice WHERE id = %s AND merged_into_id IS NOT NULL FOR UPDATE", [key])


def joined_with(key: int) -> list[Any]:
    """Those that were joined with it, by themselves: id, title, votes."""
    return db.rows(
        "SELECT id, title, votes FROM followups_voice WHERE merged_into_id = %s ORDER BY votes DESC, id LIMIT %s",
        [key, MOST_OFFERED],
    )


def voices_of_case(conversation: int) -> list[Any]:
    """What it raises; where that was joined with another one, the other one."""
    return db.rows(
        f"""WITH RECURSIVE up AS (
                SELECT w.id AS vote, w.voice_id AS id FROM followups_vote w WHERE w.conversation_id = %s
                UNION SELECT u.vote, v.merged_into_id FROM up u JOIN followups_voice v ON v.id = u.id WHERE v.merged_into_id IS NOT NULL)
            {_VOICE} JOIN (SELECT id, min(vote) AS vote FROM up GROUP BY id) u ON u.id = v.id WHERE v.merged_into_id IS NULL
            ORDER BY u.vote""",
        [conversation],
    )


def cases_of_voice(voice: int, reach: Reach, *, before: int | None = None, limit: int = 50) -> list[Any]:
    """The cases that raise it, or one that was joined with it, as far as this reach sees them: id (of the vote), number, subject,
    customer_name, at, state, reason."""
    seen, params = visible(reach)
    return db.rows(
        f"""{JOINED} SELECT w.id, c.number, c.subject, cu.name AS customer_name, w.at, w.state, w.reason, w.told_at
            FROM joined j JOIN followups_vote w ON w.voice_id = j.id JOIN conversations_conversation c ON c.id = w.conversation_id
            LEFT JOIN customers_customer cu ON cu.id = w.customer_id
            WHERE {seen} AND (%(before)s::bigint IS NULL OR w.id < %(before)s) AND NOT EXISTS (
                SELECT FROM followups_vote o JOIN joined k ON k.id = o.voice_id WHERE o.conversation_id = w.conversation_id AND o.id < w.id)
            ORDER BY w.id DESC LIMIT %(limit)s""",
        {**params, "voice": voice, "before": before, "limit": limit},
    )


def votes_to_tell(voice: int, *, limit: int) -> list[Any]:
    """Whose customers still wait for the answer: id, conversation_id, customer_id; a customer who asked twice once."""
    return db.rows(
        f"""{JOINED} SELECT w.id, c.id AS conversation_id, c.number, coalesce(c.customer_id, w.customer_id) AS customer_id,
               EXISTS (SELECT FROM followups_vote o JOIN joined k ON k.id = o.voice_id WHERE o.state = 'written'
                       AND o.customer_id = w.customer_id AND o.id <> w.id) AS was_told,
               coalesce('email' = ANY(cu.do_not_contact), false) OR cu.erased_at IS NOT NULL AS has_opted_out
           FROM joined j JOIN followups_vote w ON w.voice_id = j.id JOIN conversations_conversation c ON c.id = w.conversation_id
           LEFT JOIN customers_customer cu ON cu.id = w.customer_id
           WHERE w.state = 'waiting' ORDER BY w.id LIMIT %(limit)s""",
        {"voice": voice, "limit": limit},
    )


def earliest_voice() -> datetime | None:
    return db.value("SELECT min(due_at) FROM followups_voice WHERE due_at IS NOT NULL")


def reviews(reach: Reach, *, number: int | None = None, before: int | None = None, limit: int = 50) -> list[Any]:
    """The newest first, each with its case and whether it was answered, in the case or where it stands."""
    seen, params = visible(reach)
    return db.rows(
        f"""SELECT r.id, r.source, r.url, r.author, r.stars, r.text, r.posted_on, r.recorded_at, c.number, c.category,
                coalesce(r.answered_at, c.first_responded_at) AS answered_at
            FROM followups_review r JOIN conversations_conversation c ON c.id = r.conversation_id
            WHERE {seen} AND (%(before)s::bigint IS NULL OR r.id < %(before)s)
              AND (%(number)s::bigint IS NULL OR c.number = %(number)s) ORDER BY r.id DESC LIMIT %(limit)s""",
        {**params, "before": before, "number": number, "limit": limit},
    )


def review_of_case(conversation: int) -> Any | None:
    """The review that a case was opened with: id, source, url, author, stars, text, posted_on, answered_at."""
    return db.row(
        """SELECT r.id, r.source, r.url, r.author, r.stars, r.text, r.posted_on, coalesce(r.answered_at, c.first_responded_at) AS answered_at
           FROM followups_review r JOIN conversations_conversation c ON c.id = r.conversation_id WHERE c.id = %s ORDER BY r.id LIMIT 1""",
        [conversation],
    )


def review_at(url: str) -> Any | None:
    """The review of this address, with the number of its case."""
    return db.row(
        """SELECT r.id, c.number FROM followups_review r LEFT JOIN conversations_conversation c ON c.id = r.conversation_id
           WHERE r.url = %s""",
        [url],
    )
