"""What people look for and articles don't answer: searches, and cases that were solved without an article."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

_OF_GAP = "s.settled_at IS NULL AND (s.results = 0 OR s.outcome = 'not_solved' OR (s.place = 'help' AND s.opened = '{}' AND s.outcome = ''))"
_WITHOUT = """
FROM conversations_conversation c LEFT JOIN conversations_topic t ON t.id = c.topic_id
WHERE c.category = 'resolved' AND c.resolved_at > %(since)s AND NOT c.is_spam AND c.merged_into_id IS NULL
    AND NOT EXISTS (SELECT FROM knowledge_articleincase a WHERE a.conversation_id = c.id)
"""


def gaps(*, since: datetime, after: tuple[int, str] | None = None, limit: int = 50) -> list[Any]:
    """What was looked for in vain, the most often first: key, words, times, nothing (found), unhelped, last_at, languages. `after`:
    (times, key) of the last one seen."""
    return db.rows(
        f"""SELECT * FROM (SELECT s.key, max(s.words) AS words, count(*)::int AS times, (count(*) FILTER (WHERE s.results = 0))::int AS nothing,
                (count(*) FILTER (WHERE s.outcome = 'not_solved'))::int AS unhelped, max(s.at) AS last_at,
                array_agg(DISTINCT s.language) AS languages
            FROM knowledge_search s WHERE s.at > %(since)s AND s.key <> '' AND {_OF_GAP} GROUP BY s.key) g
            WHERE %(times)s::int IS NULL OR (g.times, g.key) < (%(times)s, %(key)s)
            ORDER BY g.times DESC, g.key DESC LIMIT %(limit)s""",
        {"since": since, "times": after[0] if after else None, "key": after[1] if after else None, "limit": limit},
    )


def searches_of(key: str, *, since: datetime, limit: int = 200) -> list[Any]:
    """The searches behind a row, the newest first."""
    return db.rows(
        f"""SELECT s.id, s.at, s.words, s.language, s.place, s.results, s.outcome, s.opened FROM knowledge_search s
            WHERE s.key = %s AND s.at > %s AND {_OF_GAP} ORDER BY s.at DESC, s.id DESC LIMIT %s""",
        [key, since, limit],
    )


def search_figures(*, since: datetime) -> Any:
    """searches, found (something), opened, solved (left satisfied) and unsolved, of all that were made since."""
    return db.row(
        """SELECT count(*)::int AS searches, (count(*) FILTER (WHERE results > 0))::int AS found,
               (count(*) FILTER (WHERE opened <> '{}'))::int AS opened, (count(*) FILTER (WHERE outcome = 'solved'))::int AS solved,
               (count(*) FILTER (WHERE outcome = 'not_solved'))::int AS unsolved
           FROM knowledge_search WHERE at > %s""",
        [since],
    )


def cases_without_article(person: Person, *, since: datetime) -> list[Any]:
    """How many cases of each topic were resolved without one; only those this person sees."""
    seen, params = visible(reach_of(person, "conversation:read"))
    return db.rows(
        f"""SELECT c.topic_id, t.name AS topic, count(*)::int AS cases {_WITHOUT} AND {seen}
            GROUP BY c.topic_id, t.name ORDER BY count(*) DESC, c.topic_id NULLS LAST LIMIT 50""",
        {**params, "since": since},
    )


def cases_of_topic(
    person: Person, topic: int | None, *, since: datetime, before: int | None = None, limit: int = 50
) -> list[Any]:
    """The cases behind such a number, the newest first; `before`: the number seen last."""
    seen, params = visible(reach_of(person, "conversation:read"))
    return db.rows(
        f"""SELECT c.number AS id, c.number, c.subject, c.resolved_at {_WITHOUT} AND {seen} AND c.topic_id IS NOT DISTINCT FROM %(topic)s::bigint
            AND (%(before)s::bigint IS NULL OR c.number < %(before)s) ORDER BY c.number DESC LIMIT %(limit)s""",
        {**params, "since": since, "topic": topic, "before": before, "limit": limit},
    )
