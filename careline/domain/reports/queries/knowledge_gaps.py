"""What customers did not find in a period: searches in vain, cases solved without an article, articles that did not help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careline.domain.reports.queries.behind import UNWRITTEN, Number, condition_of
from careline.domain.reports.queries.ratios import moments_of
from careline.domain.reports.rules.asking import Asked
from careline.domain.staff.rules import Person
from careline.kit import db

MOST, MOST_BEHIND = 50, 200
_IN_VAIN = "(s.results = 0 OR s.outcome = 'not_solved' OR (s.place = 'help' AND s.opened = '{}' AND s.outcome = ''))"
_MADE = "s.at >= %(begins)s AND s.at < %(ends)s AND s.key <> ''"
_GIVEN = "o.given_at >= %(begins)s AND o.given_at < %(ends)s"


@dataclass(frozen=True, slots=True)
class Gaps:
    """`searches`: key, words, times, nothing, unhelped; `before` of each. `topics`: topic (id or None), cases, before. `articles`: id, title,
    language, unhelped, said, before."""

    searches: list[Any]
    topics: list[Any]
    articles: list[Any]


def gaps_of(person: Person, asked: Asked) -> Gaps:
    """In the period and in the one before; cases only those that a person sees."""
    return Gaps(_searches(asked), _topics(person, asked), _articles(asked))


def searches_behind(asked: Asked, key: str) -> list[Any]:
    """at, words, language, place, results, outcome; the newest first."""
    return db.rows(
        f"""SELECT s.at, s.words, s.language, s.place, s.results, s.outcome FROM knowledge_search s
            WHERE {_MADE} AND {_IN_VAIN} AND s.key = %(key)s ORDER BY s.at DESC, s.id DESC LIMIT %(most)s""",
        _days(asked) | {"key": key, "most": MOST_BEHIND},
    )


def opinions_behind(asked: Asked, article: int) -> list[Any]:
    """Of those who were not helped: given_at, language, reason, comment; the newest first."""
    return db.rows(
        f"""SELECT o.given_at, o.language, o.reason, o.comment FROM knowledge_articleopinion o
            WHERE {_GIVEN} AND NOT o.is_helpful AND o.article_id = %(article)s ORDER BY o.given_at DESC, o.id DESC LIMIT %(most)s""",
        _days(asked) | {"article": article, "most": MOST_BEHIND},
    )


def _searches(asked: Asked) -> list[Any]:
    return db.rows(
        f"""SELECT n.*, (SELECT count(*)::int FROM knowledge_search s WHERE s.key = n.key AND {_IN_VAIN}
                AND s.at >= %(before)s AND s.at < %(begins)s) AS before
            FROM (SELECT s.key, max(s.words) AS words, count(*)::int AS times, (count(*) FILTER (WHERE s.results = 0))::int AS nothing,
                    (count(*) FILTER (WHERE s.outcome = 'not_solved'))::int AS unhelped
                FROM knowledge_search s WHERE {_MADE} AND {_IN_VAIN} GROUP BY s.key ORDER BY count(*) DESC, s.key LIMIT %(most)s) n
            ORDER BY n.times DESC, n.key""",
        _days(asked) | {"most": MOST},
    )


def _topics(person: Person, asked: Asked) -> list[Any]:
    where, params = condition_of(person, asked, Number(UNWRITTEN))
    now = _by_topic(where, params)
    where, params = condition_of(person, asked.before(), Number(UNWRITTEN))
    was = {row.topic: row.cases for row in _by_topic(where, params)}
    return [(row.topic, row.cases, was.get(row.topic, 0)) for row in now]


def _by_topic(where: str, params: dict[str, Any]) -> list[Any]:
    return db.rows(
        f"""SELECT f.topic_id AS topic, count(*)::int AS cases FROM case_fact f WHERE {where}
            GROUP BY 1 ORDER BY count(*) DESC, 1 NULLS LAST LIMIT {MOST}""",
        params,
    )


def _articles(asked: Asked) -> list[Any]:
    return db.rows(
        f"""SELECT n.*, coalesce(t.title, v.title, '') AS title,
                (SELECT count(*)::int FROM knowledge_articleopinion b WHERE b.article_id = n.id AND NOT b.is_helpful
                    AND b.given_at >= %(before)s AND b.given_at < %(begins)s) AS before
            FROM (SELECT o.article_id AS id, (count(*) FILTER (WHERE NOT o.is_helpful))::int AS unhelped, count(*)::int AS said,
                    (array_agg(o.language ORDER BY o.given_at DESC))[1] AS language, max(o.version) AS version
                FROM knowledge_articleopinion o WHERE {_GIVEN} GROUP BY 1 HAVING count(*) FILTER (WHERE NOT o.is_helpful) > 0
                ORDER BY 2 DESC, 1 LIMIT %(most)s) n
            LEFT JOIN knowledge_articletext t ON t.article_id = n.id AND t.language = n.language
            LEFT JOIN knowledge_articleversion v ON v.article_id = n.id AND v.language = n.language AND v.number = n.version
            ORDER BY n.unhelped DESC, n.id""",
        _days(asked) | {"most": MOST},
    )


def _days(asked: Asked) -> dict[str, Any]:
    (begins, ends), (before, _) = moments_of(asked), moments_of(asked.before())
    return {"begins": begins, "ends": ends, "before": before}
