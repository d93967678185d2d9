"""Cases of teams that nobody has, in their order: priority, then the due moment, then age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.routing.queries.terms import Weights
from careline.domain.routing.rules.asking import Ask, Condition, Terms, asked_of
from careline.domain.routing.rules.matching import Waiting
from careline.kit import db

_IS_WAITING = """c.assignee_id IS NULL AND c.category = 'open' AND NOT c.is_spam AND c.merged_into_id IS NULL
    AND c.snoozed_until IS NULL"""
_IS_HELD = "EXISTS (SELECT FROM routing_place h WHERE h.conversation_id = c.id AND h.team_id = c.team_id AND h.is_held)"
_ORDER = "c.priority DESC, c.due_sort, c.created_at, c.id"
_CASE = """
SELECT c.id, c.team_id, c.channel_id, c.brand_id, c.restricted_to, c.topic_id, c.language, c.customer_id,
    coalesce(p.since, c.waiting_since, c.created_at) AS since, coalesce(p.missed_by, '{}') AS missed_by,
    coalesce(p.returned_by, '{}') AS returned_by,
    (SELECT json_agg(json_build_array(n.skill_id, n.level, n.is_mandatory)) FROM routing_need n WHERE n.conversation_id = c.id) AS needs
"""
_OF_TEAMS = f"""
{_CASE} FROM (SELECT w.* FROM unnest(%(teams)s::bigint[]) t (id) CROSS JOIN LATERAL (
    SELECT c.id, c.team_id, c.channel_id, c.brand_id, c.restricted_to, c.topic_id, c.language, c.customer_id, c.priority, c.due_sort,
        c.waiting_since, c.created_at
    FROM conversations_conversation c WHERE c.team_id = t.id AND {_IS_WAITING} AND (%(also_held)s OR NOT {_IS_HELD})
    ORDER BY {_ORDER} LIMIT %(limit)s) w) c
LEFT JOIN routing_place p ON p.conversation_id = c.id AND p.team_id = c.team_id
ORDER BY {_ORDER} LIMIT %(limit)s
"""
_THESE = f"""
{_CASE} FROM conversations_conversation c LEFT JOIN routing_place p ON p.conversation_id = c.id AND p.team_id = c.team_id
WHERE c.id = ANY(%(cases)s) AND c.team_id = ANY(%(teams)s) AND {_IS_WAITING} AND (%(also_held)s OR NOT {_IS_HELD})
ORDER BY {_ORDER}
"""
_LAST_ANSWERS = """
SELECT w.id, (
    SELECT m.author_id FROM conversations_conversation o JOIN conversations_message m ON m.conversation_id = o.id
    WHERE o.customer_id = w.customer AND m.kind = 'reply' AND m.author_kind = 'agent' AND m.created_at > w.since
    ORDER BY m.created_at DESC, m.id DESC LIMIT 1) AS agent
FROM unnest(%(cases)s::bigint[], %(customers)s::bigint[], %(since)s::timestamptz[]) AS w (id, customer, since)
"""


def waiting_in(
    terms: Mapping[int, Terms],
    weights: Weights,
    conditions: Sequence[Condition],
    *,
    at: datetime,
    limit: int | None,
    also_held: bool = False,
) -> list[Waiting]:
    """What waits in these teams; `limit` None for all of it. What is held is for those who ask."""
    rows = db.rows(_OF_TEAMS, {"teams": list(terms), "limit": limit, "also_held": also_held})
    return _shaped(rows, terms, weights, conditions, at=at)


def waiting_of(
    cases: Sequence[int],
    terms: Mapping[int, Terms],
    weights: Weights,
    conditions: Sequence[Condition],
    *,
    at: datetime,
    also_held: bool = False,
) -> list[Waiting]:
    """Those of these cases that wait."""
    rows = db.rows(_THESE, {"cases": list(cases), "teams": list(terms), "also_held": also_held})
    return _shaped(rows, terms, weights, conditions, at=at)


def facts_of(case: int) -> Any | None:
    """What decides where a case stands now: id, number, team_id, assignee_id, category, is_spam, merged_into_id, snoozed_until, mode."""
    return db.row(
        """SELECT c.id, c.number, c.team_id, c.assignee_id, c.category, c.is_spam, c.merged_into_id, c.snoozed_until, q.mode
           FROM conversations_conversation c LEFT JOIN routing_queue q ON q.team_id = c.team_id WHERE c.id = %s""",
        [case],
    )


def _shaped(
    rows: Sequence[Any], terms: Mapping[int, Terms], weights: Weights, conditions: Sequence[Condition], *, at: datetime
) -> list[Waiting]:
    sticky = _last_answers(rows, terms, at=at)
    by_rule: dict[tuple[Any, ...], tuple[Ask, ...]] = {}
    shaped = []
    for row in rows:
        kind = (row.team_id, row.channel_id, row.brand_id, row.topic_id, row.language)
        if kind not in by_rule:
            by_rule[kind] = asked_of(row, conditions)
        asks = asked_of(row, (), (*by_rule[kind], *(Ask(*need) for need in row.needs))) if row.needs else by_rule[kind]
        shaped.append(
            Waiting(
                row.id, row.team_id, row.since, row.channel_id, row.brand_id,
                None if row.restricted_to is None else tuple(row.restricted_to), weights.open_units(row.channel_id), asks,
                tuple(row.missed_by), tuple(sorted(row.returned_by)), sticky.get(row.id),
            )
        )  # fmt: skip
    return shaped


def _last_answers(rows: Sequence[Any], terms: Mapping[int, Terms], *, at: datetime) -> dict[int, int]:
    """Who answered the customer last, for cases of queues that mind."""
    minding = [row for row in rows if terms[row.team_id].sticky_days and row.customer_id]
    if not minding:
        return {}
    since = [at - timedelta(days=terms[row.team_id].sticky_days) for row in minding]
    asked = {"cases": [row.id for row in minding], "customers": [row.customer_id for row in minding], "since": since}
    return {row.id: row.agent for row in db.rows(_LAST_ANSWERS, asked) if row.agent}
