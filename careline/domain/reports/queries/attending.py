"""How long people were there in a period, and how long they worked on cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careline.domain.reports.queries.ratios import moments_of
from careline.domain.reports.queries.reach import filters_of, seen_by
from careline.domain.reports.rules.asking import Asked
from careline.domain.staff.rules import Person
from careline.kit import db

_STATES = """
SELECT s.agent_id, s.state, s.reason,
    sum(extract(epoch FROM least(coalesce(s.ended_at, %(now)s), %(until)s, %(now)s) - greatest(s.began_at, %(since)s)))::bigint AS seconds
FROM agent_status s
WHERE s.began_at < least(%(until)s, %(now)s) AND coalesce(s.ended_at, %(now)s) > %(since)s AND s.agent_id = ANY(%(people)s)
GROUP BY s.agent_id, s.state, s.reason
"""
_WORK = """
SELECT e.agent_id, sum(e.seconds)::bigint AS seconds, count(DISTINCT e.conversation_id) AS cases
FROM case_effort e JOIN case_fact f ON f.conversation_id = e.conversation_id
WHERE e.day BETWEEN %(first)s AND %(last)s AND e.agent_id = ANY(%(people)s) AND {filters} AND {seen} GROUP BY e.agent_id
"""


@dataclass(slots=True)
class There:
    """Seconds by state, of being away by its reason too; `worked`: seconds at cases, of how many."""

    agent: int
    name: str
    states: dict[str, int]
    reasons: dict[str, int]
    worked: int | None = None
    cases: int = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """`ended_at` is empty while it lasts."""

    state: str
    reason: str
    began_at: datetime
    ended_at: datetime | None


def attendance_in(person: Person, asked: Asked, *, at: datetime) -> list[There]:
    """Those whose cases somebody oversees: all, or those of the teams they are in; by name. Work is that on the cases that were asked
    for and that the asker sees; where people said they are is theirs, whatever the cases."""
    people = people_of(person)
    since, until = moments_of(asked)
    params = {
        "since": since,
        "until": until,
        "now": at,
        "people": list(people),
        "first": asked.since,
        "last": asked.until,
    }
    found = {key: There(key, name, {}, {}) for key, name in people.items()}
    for row in db.rows(_STATES, params):
        one = found[row.agent_id]
        one.states[row.state] = one.states.get(row.state, 0) + row.seconds
        if row.reason:
            one.reasons[row.reason] = one.reasons.get(row.reason, 0) + row.seconds
    seen, more = seen_by(person)
    filters, also = filters_of(asked)
    work = _WORK.format(filters=filters, seen=seen)
    for row in db.rows(work, params | more | also):
        found[row.agent_id].worked, found[row.agent_id].cases = row.seconds, row.cases
    return [one for one in found.values() if one.states or one.worked]


def intervals_of(agent: int, asked: Asked) -> list[Interval]:
    """What somebody said of themselves in the period, the latest first."""
    since, until = moments_of(asked)
    return [Interval(row.state, row.reason, row.began_at, row.ended_at) for row in db.rows(
        """SELECT state, reason, began_at, ended_at FROM agent_status
           WHERE agent_id = %s AND began_at < %s AND coalesce(ended_at, 'infinity') > %s ORDER BY began_at DESC LIMIT 500""",
        [agent, until, since],
    )]  # fmt: skip


def people_of(person: Person) -> dict[int, str]:
    """Whose work this person may look into: everybody's, or that of those in their own teams."""
    held = person.grants.get("report:read", ())
    every = any(grant.scope == "all" and not grant.is_narrowed for grant in held)
    teams = {grant.team_id for grant in held if grant.team_id is not None}
    if any(grant.scope == "team" and not grant.is_narrowed for grant in held):
        teams |= set(person.team_ids)
    return {row.id: row.name for row in db.rows(
        """SELECT a.id, a.name FROM staff_agent a WHERE %(every)s OR a.id = %(me)s OR EXISTS (
               SELECT FROM staff_membership m WHERE m.agent_id = a.id AND m.team_id = ANY(%(teams)s))
           ORDER BY lower(a.name), a.id""",
        {"every": every, "me": person.id, "teams": sorted(teams)},
    )}  # fmt: skip
