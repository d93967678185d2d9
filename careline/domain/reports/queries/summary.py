"""What the written report on common issues is made of: counts from the facts, examples that its reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from careline.domain.conversations.queries.structure import Names
from careline.domain.knowledge.queries.gaps import cases_without_article, gaps
from careline.domain.reports.queries.figures import sums_of
from careline.domain.reports.queries.reach import VERB, seen_by
from careline.domain.reports.rules.asking import Asked
from careline.domain.reports.rules.measures import MEASURES
from careline.domain.reports.rules.periods import Period
from careline.domain.reports.rules.summary import Change, changes_of
from careline.domain.reports.rules.sums import Sum
from careline.domain.reports.rules.values import Figure
from careline.domain.staff.rules import Person, require
from careline.kit import db

MOST_REASONS, MOST_EXAMPLES, MOST_GAPS, MOST_FIXES = 8, 3, 5, 5
WORTH_AN_ARTICLE = 3
"""Searches in vain, or cases solved without an article, from which one is proposed."""
TOLD = ("first_response", "resolution", "kept", "reopened", "satisfied")
"""How the desk did."""
_IN = "(f.opened_on >= %(begins)s AND f.opened_on < %(ends)s)"
_BEFORE = "(f.opened_on >= %(begins_before)s AND f.opened_on < %(ends_before)s)"
_COUNTS = f"count(*) FILTER (WHERE {_IN})::int AS now, count(*) FILTER (WHERE {_BEFORE})::int AS before"
_EITHER = f"f.why_not = '' AND ({_IN} OR {_BEFORE})"


@dataclass(frozen=True, slots=True)
class Example:
    number: int
    subject: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why people write: a topic, a product or a known issue. `names` by language."""

    key: int
    names: Names
    change: Change
    reopened: int = 0
    examples: tuple[Example, ...] = ()
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Issues:
    """`searches`: what was looked for in vain: words, times. `unwritten`: (topic's names, cases solved without an article).
    `untold`: cases of the period that bear no topic, so that nothing can be said about why they came. `figures`: TOLD, of both periods."""

    period: Period
    before: Period
    total: Change
    reasons: list[Reason]
    products: list[Reason]
    problems: list[Reason]
    searches: list[Any]
    unwritten: list[tuple[Names, int]]
    untold: int
    figures: tuple[Figure, ...] = ()

    @property
    def moved(self) -> list[Reason]:
        """Reasons whose change is more than noise, the greatest first."""
        real = [one for one in self.reasons if one.change.judgement in ("more", "fewer")]
        return sorted(real, key=lambda one: -abs(one.change.difference))


def issues_of(person: Person, period: Period, before: Period, *, with_restricted: bool = True) -> Issues:
    """Of the cases that a person sees. `with_restricted`: restricted ones that they see are among the examples. Raises Forbidden."""
    require(person, VERB)
    seen, params = seen_by(person)
    days = {"begins": period.begins, "ends": period.ends, "begins_before": before.begins, "ends_before": before.ends}
    asked = (seen, {**params, **days})
    topics = _topics(asked)
    untold = sum(row.now for row in topics if row.key is None)
    reasons = _judged([row for row in topics if row.key is not None], period, before)
    examples = _examples(asked, [one.key for one in reasons[:MOST_REASONS]], with_restricted=with_restricted)
    told = [_with_examples(one, examples.get(one.key, ())) for one in reasons[:MOST_REASONS]] + reasons[MOST_REASONS:]
    whole = changes_of([_total(asked)], days=period.days, days_before=before.days)[0]
    since = datetime.combine(period.begins - timedelta(days=1), time(), tzinfo=UTC)
    solved = [row for row in cases_without_article(person, since=since) if row.topic]
    unwritten = [(row.topic, row.cases) for row in solved if row.cases >= WORTH_AN_ARTICLE]
    searches = [row for row in gaps(since=since, limit=MOST_GAPS) if row.times >= WORTH_AN_ARTICLE]
    rising = [one for one in _judged(_products(asked), period, before) if one.change.judgement == "more"]
    problems = _judged(_problems(asked), period, before)
    return Issues(
        period, before, whole, told, rising[:MOST_FIXES], problems[:MOST_FIXES], searches, unwritten[:MOST_GAPS], untold,
        _figures(person, period, before),
    )  # fmt: skip


def _figures(person: Person, period: Period, before: Period) -> tuple[Figure, ...]:
    now, was = (sums_of(person, Asked(one.begins, one.last), TOLD) for one in (period, before))
    return tuple(Figure(MEASURES[key], now.get(("", key), Sum()), was.get(("", key), Sum())) for key in TOLD)


def _total(asked: tuple[str, dict[str, Any]]) -> tuple[int, int]:
    seen, params = asked
    row = db.row(f"SELECT {_COUNTS} FROM case_fact f WHERE {_EITHER} AND {seen}", params)
    assert row is not None
    return row.now, row.before


def _topics(asked: tuple[str, dict[str, Any]]) -> list[Any]:
    seen, params = asked
    return db.rows(
        f"""SELECT g.*, t.name AS names, true AS is_open FROM (
                SELECT f.topic_id AS key, {_COUNTS}, coalesce(sum(f.is_reopened) FILTER (WHERE {_IN}), 0)::int AS reopened
                FROM case_fact f WHERE {_EITHER} AND {seen} GROUP BY 1) g
            LEFT JOIN conversations_topic t ON t.id = g.key ORDER BY g.now DESC, g.before DESC, g.key NULLS LAST""",
        params,
    )


def _products(asked: tuple[str, dict[str, Any]]) -> list[Any]:
    seen, params = asked
    return db.rows(
        f"""SELECT g.*, jsonb_build_object('en', p.name) AS names, 0 AS reopened, true AS is_open FROM (
                SELECT u.product AS key, {_COUNTS} FROM case_fact f CROSS JOIN LATERAL unnest(f.product_ids) AS u (product)
                WHERE {_EITHER} AND {seen} GROUP BY 1) g
            JOIN orders_product p ON p.id = g.key ORDER BY g.now - g.before DESC, g.key""",
        params,
    )


def _problems(asked: tuple[str, dict[str, Any]]) -> list[Any]:
    """Known issues that somebody wrote about in the period."""
    seen, params = asked
    return db.rows(
        f"""SELECT g.*, jsonb_build_object('en', p.title) AS names, 0 AS reopened, p.resolved_at IS NULL AS is_open FROM (
                SELECT pc.problem_id AS key, {_COUNTS} FROM case_fact f JOIN conversations_conversation pc ON pc.id = f.conversation_id
                WHERE pc.problem_id IS NOT NULL AND {_EITHER} AND {seen} GROUP BY 1) g
            JOIN conversations_problem p ON p.id = g.key WHERE g.now > 0 ORDER BY is_open DESC, g.now DESC, g.key""",
        params,
    )


def _examples(
    asked: tuple[str, dict[str, Any]], topics: Sequence[int], *, with_restricted: bool
) -> dict[int, tuple[Example, ...]]:
    """The newest cases of each topic, in one statement."""
    seen, params = asked
    rows = db.rows(
        f"""SELECT e.topic_id, e.number, ec.subject FROM (
                SELECT f.topic_id, f.number, f.conversation_id, row_number() OVER (PARTITION BY f.topic_id ORDER BY f.number DESC) AS place
                FROM case_fact f WHERE f.why_not = '' AND {_IN} AND f.topic_id = ANY(%(topics)s::bigint[])
                    AND (%(with_restricted)s OR NOT f.is_restricted) AND {seen}) e
            JOIN conversations_conversation ec ON ec.id = e.conversation_id WHERE e.place <= %(most)s ORDER BY e.number DESC""",
        {
            **params,
            "topics": [key for key in topics if key is not None],
            "most": MOST_EXAMPLES,
            "with_restricted": with_restricted,
        },
    )
    found: dict[int, tuple[Example, ...]] = {}
    for row in rows:
        found[row.topic_id] = (*found.get(row.topic_id, ()), Example(row.number, row.subject))
    return found


def _judged(rows: Sequence[Any], period: Period, before: Period) -> list[Reason]:
    changes = changes_of([(row.now, row.before) for row in rows], days=period.days, days_before=before.days)
    return [
        Reason(row.key, row.names or {}, change, row.reopened, is_open=row.is_open)
        for row, change in zip(rows, changes, strict=True)
    ]


def _with_examples(one: Reason, examples: tuple[Example, ...]) -> Reason:
    return Reason(one.key, one.names, one.change, one.reopened, examples, one.is_open)
