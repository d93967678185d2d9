"""The people of teams as the matching sees them: one statement for who they are, one for their rights, one for what they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from careline.domain.routing.queries.terms import Weights, closed_calendars
from careline.domain.routing.rules.asking import Terms
from careline.domain.routing.rules.hands import NEEDED, Hand
from careline.domain.staff.rules import Allowed
from careline.kit import db

_PEOPLE = """
WITH member AS MATERIALIZED (
    SELECT m.agent_id, array_agg(m.team_id) AS teams FROM staff_membership m WHERE m.team_id = ANY(%(teams)s) GROUP BY m.agent_id
), person AS MATERIALIZED (
    SELECT a.id, a.role_id, coalesce(m.teams, '{}') AS teams FROM staff_agent a LEFT JOIN member m ON m.agent_id = a.id
    WHERE a.is_active AND (m.agent_id IS NOT NULL OR a.id = ANY(%(also)s))
), known AS (
    SELECT s.agent_id, json_object_agg(s.skill_id, s.level) AS skills FROM staff_agentskill s WHERE s.agent_id IN (SELECT id FROM person)
    GROUP BY s.agent_id
), turn AS (
    SELECT n.agent_id, json_object_agg(n.team_id, n.number) AS turns FROM routing_turn n WHERE n.team_id = ANY(%(teams)s) GROUP BY n.agent_id
), extra AS (
    SELECT r.agent_id, array_agg(r.role_id) AS roles FROM staff_extrarole r GROUP BY r.agent_id
)
SELECT a.id, coalesce(t.state, 'away') AS state, coalesce(t.units, 10) AS units, t.calendar_id, t.insists_until,
    extract(epoch FROM t.latest_given_at)::float8 AS given, extract(epoch FROM greatest(t.latest_given_at, t.since))::float8 AS idle,
    a.teams, coalesce(x.roles, '{}') || a.role_id AS roles, k.skills, n.turns
FROM person a LEFT JOIN staff_attendance t ON t.agent_id = a.id LEFT JOIN known k ON k.agent_id = a.id
    LEFT JOIN turn n ON n.agent_id = a.id LEFT JOIN extra x ON x.agent_id = a.id
ORDER BY a.id
"""
_LOADS = """
SELECT assignee_id, team_id, channel_id, category, count(*) AS n FROM conversations_conversation
WHERE assignee_id = ANY(%s) AND category <> 'resolved' AND NOT is_spam AND merged_into_id IS NULL AND snoozed_until IS NULL
GROUP BY 1, 2, 3, 4
"""


def hands_of(terms: Mapping[int, Terms], weights: Weights, *, at: datetime, also: Sequence[int] = ()) -> list[Hand]:
    """Everybody in these teams who works here, and `also` those: to them these teams are open as to a member."""
    people = db.rows(_PEOPLE, {"teams": list(terms), "also": list(also)})
    has_hours = any(one.calendar for one in terms.values()) or any(row.calendar_id for row in people)
    closed = closed_calendars(at) if has_hours else set()
    grants = _grants_by_role()
    hands = {row.id: _hand(row, terms, grants, closed, at=at, also=also) for row in people}
    for row in db.rows(_LOADS, [list(hands)]):
        hand = hands[row.assignee_id]
        if row.category == "waiting":
            hand.load += weights.waiting_units(row.channel_id) * row.n
            continue
        units = weights.open_units(row.channel_id)
        hand.load += (max(hand.units, 1) if units is None else units) * row.n
        hand.of_team[row.team_id] = hand.of_team.get(row.team_id, 0) + row.n
    return list(hands.values())


def _hand(
    row: Any, terms: Mapping[int, Terms], grants: dict[int, list[tuple[str, Allowed]]], closed: set[int], *, at: datetime,
    also: Sequence[int],
) -> Hand:  # fmt: skip
    held: dict[str, tuple[Allowed, ...]] = {}
    for role in row.roles:
        for verb, allowed in grants.get(role, ()):
            held[verb] = (*held.get(verb, ()), allowed)
    insists = row.insists_until is not None and at < row.insists_until
    own_closed = row.calendar_id in closed
    shut = {team for team, one in terms.items() if own_closed or (row.calendar_id is None and one.calendar in closed)}
    return Hand(
        row.id, row.units, "" if row.state == "available" else row.state,
        frozenset(terms) if row.id in also else frozenset(row.teams) & frozenset(terms),
        {int(skill): level for skill, level in (row.skills or {}).items()}, held,
        turns={int(team): number for team, number in (row.turns or {}).items()},
        latest=(row.given or 0.0, 0), idle=(row.idle or 0.0, 0), shut=frozenset() if insists else frozenset(shut),
    )  # fmt: skip


def _grants_by_role() -> dict[int, list[tuple[str, Allowed]]]:
    found: dict[int, list[tuple[str, Allowed]]] = {}
    for row in db.rows(
        "SELECT role_id, verb, scope, channel_id, brand_id, team_id FROM staff_grant WHERE verb = ANY(%s) ORDER BY id",
        [list(NEEDED)],
    ):
        allowed = Allowed(row.scope, row.channel_id, row.brand_id, row.team_id)
        found.setdefault(row.role_id, []).append((row.verb, allowed))
    return found
