"""Whether people may be given work just now, and how much they can have at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.errors import NotPossible
from careline.kit import db

AVAILABLE, BUSY, AWAY = "available", "busy", "away"
STATES = (AVAILABLE, BUSY, AWAY)
REASONS = ("", "break", "meal", "meeting", "training", "other")
"""What somebody may say; the house says signed_out and did_not_answer."""
SIGNED_OUT, DID_NOT_ANSWER = "signed_out", "did_not_answer"
MOST_UNITS = 1000
MISSES_ALLOWED = 1

_SET = """
INSERT INTO staff_attendance AS t (agent_id, state, reason, since, insists_until, misses, units)
SELECT a.id, %(state)s, %(reason)s, %(at)s, %(insists)s, 0, 10 FROM staff_agent a WHERE a.id = %(agent)s
ON CONFLICT (agent_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, since = excluded.since,
    insists_until = excluded.insists_until, misses = 0
    WHERE (t.state, t.reason, t.insists_until) IS DISTINCT FROM (excluded.state, excluded.reason, excluded.insists_until)
RETURNING agent_id
"""
_MISS = """
INSERT INTO staff_attendance AS t (agent_id, misses) SELECT agent, 1 FROM unnest(%s::bigint[]) agent
ON CONFLICT (agent_id) DO UPDATE SET misses = t.misses + 1 RETURNING agent_id, misses, state
"""


def attendance_of(agent: int) -> Any:
    """state, reason, since, units, calendar_id, insists_until, misses; as if never set where nothing was set. None: nobody."""
    return db.row(
        """SELECT coalesce(t.state, 'away') AS state, coalesce(t.reason, '') AS reason, t.since, coalesce(t.units, 10) AS units,
               t.calendar_id, t.insists_until, coalesce(t.misses, 0) AS misses
           FROM staff_agent a LEFT JOIN staff_attendance t ON t.agent_id = a.id WHERE a.id = %s""",
        [agent],
    )


@transaction.atomic
def set_state(
    agent: int, state: str, *, by: Actor, at: datetime, reason: str = "", insists_until: datetime | None = None
) -> bool:
    """False where it was so before. `insists_until`: there outside of their hours as well, until then."""
    if state not in STATES:
        raise NotPossible(f"There is no such state; there are {', '.join(STATES)}.")
    said = {"agent": agent, "state": state, "reason": reason, "at": at, "insists": insists_until}
    if db.row(_SET, said) is None:
        return False
    data = {"state": state, "reason": reason}
    record(Happening("agent.availability_changed", "agent", agent, data=data), by=by, at=at)
    return True


@transaction.atomic
def set_capacity(agent: int, *, units: int, calendar: int | None, by: Actor, at: datetime) -> None:
    """How much somebody can have at once, and whose hours they keep (None: their team's). Raises NotPossible."""
    if not 0 <= units <= MOST_UNITS:
        raise NotPossible(f"Give a capacity from 0 to {MOST_UNITS}.")
    db.execute(
        """INSERT INTO staff_attendance (agent_id, units, calendar_id) VALUES (%s, %s, %s)
           ON CONFLICT (agent_id) DO UPDATE SET units = excluded.units, calendar_id = excluded.calendar_id""",
        [agent, units, calendar],
    )
    data = {"units": units, "calendar": calendar}
    record(Happening("agent.capacity_changed", "agent", agent, data=data), by=by, at=at)


@transaction.atomic
def come_in(agent: int, *, by: Actor, at: datetime) -> bool:
    """Somebody signed in: there, unless they went away for a reason of their own. Whether that changed anything."""
    now = attendance_of(agent)
    if now is None or now.state != AWAY or (now.since is not None and now.reason != SIGNED_OUT):
        return False
    return set_state(agent, AVAILABLE, by=by, at=at)


@transaction.atomic
def go_where_signed_out(agent: int, *, by: Actor, at: datetime) -> bool:
    """Away, where no browser of theirs is signed in any more."""
    if db.value("SELECT count(*) FROM staff_session WHERE agent_id = %s AND ended_at IS NULL", [agent]):
        return False
    now = attendance_of(agent)
    if now is None or now.state == AWAY:
        return False
    return set_state(agent, AWAY, reason=SIGNED_OUT, by=by, at=at)


@transaction.atomic
def note_misses(agents: Sequence[int], *, by: Actor, at: datetime) -> list[int]:
    """They did not answer what they were offered; those are away now to whom it happened twice running."""
    found = db.rows(_MISS, [sorted(set(agents))])
    gone = [row.agent_id for row in found if row.misses > MISSES_ALLOWED and row.state != AWAY]
    for agent in gone:
        set_state(agent, AWAY, reason=DID_NOT_ANSWER, by=by, at=at)
    return gone


def note_answer(agent: int) -> None:
    """They answered an offer: what they missed before counts no more."""
    db.execute("UPDATE staff_attendance SET misses = 0 WHERE agent_id = %s AND misses > 0", [agent])


def note_given(agents: Sequence[int], *, at: datetime) -> None:
    """When each was given something last."""
    db.execute(
        """INSERT INTO staff_attendance AS t (agent_id, latest_given_at) SELECT agent, %s FROM unnest(%s::bigint[]) agent
           ON CONFLICT (agent_id) DO UPDATE SET latest_given_at = greatest(t.latest_given_at, excluded.latest_given_at)""",
        [at, sorted(set(agents))],
    )
