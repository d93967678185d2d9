"""What is to be matched anew: a mark for a case, for somebody, or for a whole queue; only of queues that give work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from careline.domain.routing.models import Queue
from careline.kit import db

AT_ONCE = 500
_MARK = "INSERT INTO routing_mark (team_id, conversation_id, agent_id, marked_at) "
_TAKE = """
DELETE FROM routing_mark WHERE id IN (SELECT id FROM routing_mark ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
RETURNING team_id, conversation_id, agent_id
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """`people` by id with the teams in which each is to be looked at."""

    queues: frozenset[int]
    people: frozenset[tuple[int, int]]
    cases: frozenset[tuple[int, int]]

    def __bool__(self) -> bool:
        return bool(self.queues or self.people or self.cases)

    @property
    def teams(self) -> list[int]:
        return sorted({*self.queues, *(team for _, team in self.people), *(team for _, team in self.cases)})


def mark_cases(cases: Sequence[int], *, at: datetime) -> None:
    """Where they stand in a queue that gives work out."""
    db.execute(
        f"""{_MARK} SELECT c.team_id, c.id, NULL, %s FROM conversations_conversation c JOIN routing_queue q ON q.team_id = c.team_id
            WHERE c.id = ANY(%s) AND q.mode = 'push'""",
        [at, list(cases)],
    )


def mark_people(agents: Sequence[int], *, at: datetime) -> None:
    """In each of their teams."""
    db.execute(
        f"""{_MARK} SELECT m.team_id, NULL, m.agent_id, %s FROM staff_membership m JOIN routing_queue q ON q.team_id = m.team_id
            WHERE m.agent_id = ANY(%s) AND q.mode = 'push'""",
        [at, list(agents)],
    )


def mark_people_of_calendar(calendar: int, *, at: datetime) -> None:
    """Everybody whose hours it decides over, their own or by the team."""
    db.execute(
        f"""{_MARK} SELECT m.team_id, NULL, m.agent_id, %(at)s FROM staff_membership m JOIN routing_queue q ON q.team_id = m.team_id
            LEFT JOIN staff_attendance t ON t.agent_id = m.agent_id
            WHERE q.mode = 'push' AND coalesce(t.calendar_id, q.calendar_id) = %(calendar)s""",
        {"at": at, "calendar": calendar},
    )


def mark_queues(teams: Sequence[int] | None, *, at: datetime) -> None:
    """These queues, or every one."""
    queues = Queue.objects.filter(mode="push")
    found = queues if teams is None else queues.filter(team_id__in=list(teams))
    keys = list(found.values_list("team_id", flat=True))
    db.execute(f"{_MARK} SELECT team, NULL, NULL, %s FROM unnest(%s::bigint[]) team", [at, keys])


def take_marks(limit: int = AT_ONCE) -> Marked:
    """The oldest marks, which are gone with the running transaction; those that somebody else works on stay with them."""
    rows = db.rows(_TAKE, [limit])
    return Marked(
        frozenset(row.team_id for row in rows if row.agent_id is None and row.conversation_id is None),
        frozenset((row.agent_id, row.team_id) for row in rows if row.agent_id is not None),
        frozenset((row.conversation_id, row.team_id) for row in rows if row.conversation_id is not None),
    )


def mark_again(marked: Marked, *, at: datetime) -> None:
    """What could not be worked through stays to be."""
    rows = [
        *((team, None, None) for team in marked.queues),
        *((team, None, agent) for agent, team in marked.people),
        *((team, case, None) for case, team in marked.cases),
    ]
    db.execute(
        f"{_MARK} SELECT t, c, a, %s FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS n (t, c, a)",
        [at, [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]],
    )
