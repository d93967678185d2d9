"""The supervisor's wall: how each queue stands, what came and went in the last hour, and the exact cases behind every number.

Counts and rows ask by the same words, over the cases that the asker may read; which queues stand there, `wall:read` says.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Person, reach_of
from careline.kit import db

NEAR = timedelta(minutes=15)
HOUR = timedelta(hours=1)
SLOTS = 12
"""Parts of the last hour, five minutes each."""
VERB = "wall:read"
NO_TEAM = 0
"""The queue of what belongs to no team: for those who oversee everything."""
_AWAKE = "(c.snoozed_until IS NULL OR c.snoozed_until <= %(at)s)"
_HELD = "c.category <> 'resolved' AND c.snoozed_until IS NULL"
_WROTE = """EXISTS (SELECT FROM conversations_message m WHERE m.conversation_id = c.id AND m.kind = '{kind}'
    AND m.created_at > %(hour)s AND m.created_at <= %(at)s)"""
ABOUT = {
    "waiting": "c.category = 'open' AND c.assignee_id IS NULL AND c.snoozed_until IS NULL",
    "near": f"c.category = 'open' AND c.due_sort >= %(at)s AND c.due_sort <= %(near)s AND {_AWAKE}",
    "broken": f"c.category = 'open' AND c.due_sort < %(at)s AND {_AWAKE}",
    "help": f"c.category = 'open' AND (c.due_sort <= %(near)s OR c.priority = 4) AND {_AWAKE}",
    "held": _HELD,
    "arrived": _WROTE.format(kind="incoming"),
    "answered": _WROTE.format(kind="reply"),
}
_KEPT = "NOT c.is_spam AND c.merged_into_id IS NULL"
_QUEUES = """
WITH waiting AS (
    SELECT c.team_id, count(*) AS n, min(coalesce(p.since, c.waiting_since, c.created_at)) AS oldest
    FROM conversations_conversation c LEFT JOIN routing_place p ON p.conversation_id = c.id AND p.team_id = c.team_id
    WHERE {whose} AND {kept} AND {waiting} AND {seen} GROUP BY c.team_id
), due AS (
    SELECT c.team_id, count(*) FILTER (WHERE c.due_sort >= %(at)s) AS near, count(*) FILTER (WHERE c.due_sort < %(at)s) AS broken
    FROM conversations_conversation c
    WHERE {whose} AND c.category = 'open' AND c.due_sort <= %(near)s AND {awake} AND {kept} AND {seen}
    GROUP BY c.team_id
)
SELECT t.id, t.name, coalesce(w.n, 0) AS waiting, w.oldest, coalesce(d.near, 0) AS near, coalesce(d.broken, 0) AS broken
FROM (SELECT id, name FROM staff_team UNION ALL SELECT 0, '') t
    LEFT JOIN waiting w ON coalesce(w.team_id, 0) = t.id LEFT JOIN due d ON coalesce(d.team_id, 0) = t.id
WHERE t.id = ANY(%(teams)s) ORDER BY w.oldest NULLS LAST, lower(t.name), t.id
"""
_PULSE = """
SELECT coalesce(c.team_id, 0) AS team_id, floor(extract(epoch FROM m.created_at - %(hour)s::timestamptz) / %(slot)s)::int AS slot,
    count(*) FILTER (WHERE m.kind = 'incoming') AS came, count(*) FILTER (WHERE m.kind = 'reply') AS went,
    count(DISTINCT c.id) FILTER (WHERE m.kind = 'incoming') AS arrived, count(DISTINCT c.id) FILTER (WHERE m.kind = 'reply') AS answered
FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
WHERE m.created_at > %(hour)s AND m.created_at <= %(at)s AND m.kind IN ('incoming', 'reply') AND {whose}
    AND {kept} AND {seen}
GROUP BY GROUPING SETS ((1, 2), (1))
"""
_NUMBERS = """
SELECT c.number FROM conversations_conversation c
WHERE {whose} AND {kept} AND {about} AND {seen}
ORDER BY c.due_sort, c.priority DESC, coalesce(c.waiting_since, c.created_at), c.number LIMIT %(limit)s
"""


@dataclass(slots=True)
class Queue:
    """`oldest`: since when the longest waits. `came`, `went`: messages in each part of the last hour; `arrived`, `answered`: cases."""

    id: int
    name: str
    waiting: int
    oldest: datetime | None
    near: int
    broken: int
    came: list[int] = field(default_factory=lambda: [0] * SLOTS)
    went: list[int] = field(default_factory=lambda: [0] * SLOTS)
    arrived: int = 0
    answered: int = 0

    @property
    def is_stirring(self) -> bool:
        """There is something to tell of it."""
        return any((self.waiting, self.near, self.broken, self.arrived, self.answered))

    @property
    def is_rising(self) -> bool:
        """More cases are written in than answered, and somebody waits."""
        return self.waiting > 0 and self.arrived > self.answered + 1


def teams_on_wall(person: Person) -> list[int]:
    """The queues that somebody oversees: all, or those of their own teams."""
    held = person.grants.get(VERB, ())
    every = [row.id for row in db.rows("SELECT id FROM staff_team ORDER BY id")]
    if any(grant.scope == "all" and not grant.is_narrowed for grant in held):
        return [*every, NO_TEAM]
    named = {grant.team_id for grant in held if grant.team_id is not None}
    own = set(person.team_ids) if any(grant.scope == "team" and not grant.is_narrowed for grant in held) else set()
    return [team for team in every if team in own | named]


def queues_of(person: Person, teams: list[int], *, at: datetime) -> list[Queue]:
    """Who waits longest comes first; two statements, however many queues there are."""
    seen, params = _asked(person, teams, at=at)
    of_teams = _of_teams(teams)
    asked = _QUEUES.format(seen=seen, whose=of_teams, kept=_KEPT, waiting=ABOUT["waiting"], awake=_AWAKE)
    found = {
        row.id: Queue(row.id, row.name, row.waiting, row.oldest, row.near, row.broken) for row in db.rows(asked, params)
    }
    slot = HOUR.total_seconds() / SLOTS
    for row in db.rows(_PULSE.format(seen=seen, whose=of_teams, kept=_KEPT), params | {"slot": slot}):
        queue = found[row.team_id]
        if row.slot is None:
            queue.arrived, queue.answered = row.arrived, row.answered
        else:
            place = min(row.slot, SLOTS - 1)
            queue.came[place] += row.came
            queue.went[place] += row.went
    return [one for one in found.values() if one.id != NO_TEAM or one.is_stirring]


def numbers_behind(
    person: Person, teams: list[int], about: str, *, at: datetime, who: int | None = None, limit: int
) -> list[int]:
    """The cases that a number of the wall counts, the most pressing first. `who`: those that somebody has, whatever their team."""
    seen, params = _asked(person, teams, at=at)
    whose = "c.assignee_id = %(who)s" if who is not None else _of_teams(teams)
    asked = _NUMBERS.format(whose=whose, kept=_KEPT, about=ABOUT[about], seen=seen)
    return [row.number for row in db.rows(asked, params | {"who": who, "limit": limit})]


def held_by(person: Person, people: list[int]) -> dict[int, int]:
    """How many cases each has on hand."""
    seen, params = visible(reach_of(person, "conversation:read"))
    found: list[Any] = db.rows(
        f"""SELECT c.assignee_id, count(*) AS n FROM conversations_conversation c
            WHERE c.assignee_id = ANY(%(people)s) AND {_KEPT} AND {_HELD} AND {seen} GROUP BY 1""",
        params | {"people": people},
    )
    return {row.assignee_id: row.n for row in found}


def _of_teams(teams: list[int]) -> str:
    """As SQL that an index serves: what is in no team only where it is asked for."""
    return "(c.team_id = ANY(%(teams)s) OR c.team_id IS NULL)" if NO_TEAM in teams else "c.team_id = ANY(%(teams)s)"


def _asked(person: Person, teams: list[int], *, at: datetime) -> tuple[str, dict[str, Any]]:
    seen, params = visible(reach_of(person, "conversation:read"))
    return seen, params | {"teams": teams, "at": at, "near": at + NEAR, "hour": at - HOUR}
