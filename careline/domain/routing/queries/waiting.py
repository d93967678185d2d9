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
# Cases alike (and as far on in waiting) are taken in their order, so of each kind the first few are enough. What has something
# of its own (people named, skills asked for, people who let it pass, somebody who answered last) is a kind by itself.
_OF_EACH_KIND = f"""
WITH waiting AS (
    SELECT c.id, c.team_id, c.channel_id, c.brand_id, c.restricted_to, c.topic_id, c.language, c.customer_id, c.priority, c.due_sort,
        c.waiting_since, c.created_at, row_number() OVER (PARTITION BY c.team_id, c.channel_id, c.brand_id, c.topic_id, c.language,
            coalesce(p.since, c.waiting_since, c.created_at) <= t.lowered, coalesce(p.since, c.waiting_since, c.created_at) <= t.dropped,
            CASE WHEN t.minds OR c.restricted_to IS NOT NULL OR p.missed_by <> '{{}}' OR p.returned_by <> '{{}}'
                OR n.conversation_id IS NOT NULL THEN c.id END
            ORDER BY {_ORDER}) AS place
    FROM unnest(%(teams)s::bigint[], %(lowered)s::timestamptz[], %(dropped)s::timestamptz[], %(minds)s::boolean[])
        AS t (id, lowered, dropped, minds)
    JOIN conversations_conversation c ON c.team_id = t.id
    LEFT JOIN routing_place p ON p.conversation_id = c.id AND p.team_id = c.team_id
    LEFT JOIN (SELECT DISTINCT conversation_id FROM routing_need) n ON n.conversation_id = c.id
    WHERE {_IS_WAITING} AND (%(also_held)s OR p.is_held IS NOT TRUE)
)
{_CASE} FROM waiting c LEFT JOIN routing_place p ON p.conversation_id = c.id AND p.team_id = c.team_id
WHERE c.place <= %(each)s ORDER BY {_ORDER}
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
    limit: int,
    also_held: bool = False,
) -> list[Waiting]:
    """The first of what waits in these teams. What is held is for those who ask."""
    rows = db.rows(_OF_TEAMS, {"teams": list(terms), "limit": limit, "also_held": also_held})
    return _shaped(rows, terms, weights, conditions, at=at)


def first_of_each_kind(
    terms: Mapping[int, Terms],
    weights: Weights,
    conditions: Sequence[Condition],
    *,
    at: datetime,
    each: int,
    also_held: bool = False,
) -> list[Waiting]:
    """All of what waits that can matter to somebody who gives out at most `each` cases, in order."""
    asked = {
        "teams": list(terms), "each": each, "also_held": also_held,
        "lowered": [_before(at, one.lower_after_minutes) for one in terms.values()],
        "dropped": [_before(at, one.drop_after_minutes) for one in terms.values()],
        "minds": [bool(one.sticky_days) for one in terms.values()],
    }  # fmt: skip
    return _shaped(db.rows(_OF_EACH_KIND, asked), terms, weights, conditions, at=at)


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
    alike: dict[tuple[Any, ...], tuple[tuple[Ask, ...], int | None]] = {}
    shaped = []
    for row in rows:
        kind = (row.team_id, row.channel_id, row.brand_id, row.topic_id, row.language)
        if kind not in alike:
            alike[kind] = asked_of(row, conditions), weights.open_units(row.channel_id)
        asks, units = alike[kind]
        if row.needs:
            asks = asked_of(row, (), (*asks, *(Ask(*need) for need in row.needs)))
        shaped.append(
            Waiting(
                row.id, row.team_id, row.since, row.channel_id, row.brand_id,
                None if row.restricted_to is None else tuple(row.restricted_to), units, asks,
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


def _before(at: datetime, minutes: int | None) -> datetime | None:
    return None if minutes is None else at - timedelta(minutes=minutes)
