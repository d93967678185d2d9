"""Somebody says whether they may be given work, or a lead says so for them; and what somebody can do and have at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from careline.domain.calendars.queries import NoSuchCalendar, calendar_by_id, schedule
from careline.domain.calendars.rules.working_time import is_open
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import Actor
from careline.domain.routing.commands.openings import opening_of
from careline.domain.routing.queries.people import calendars_over
from careline.domain.staff import attendance, skills
from careline.domain.staff.queries import agent_by_id, person
from careline.domain.staff.rules import Forbidden, Person, may
from careline.flows.keep_limits import require_no_own_skill

VERB = "routing:manage"


def set_availability(agent: Person, who: int, state: str, *, by: Actor, at: datetime, reason: str = "") -> None:
    """One's own, or of people one leads. Outside of their hours, available holds until these begin. Raises Forbidden, NotFound, Refused."""
    _require(agent, who)
    if state not in attendance.STATES:
        raise Refused(f"There is no such state; there are {', '.join(attendance.STATES)}.")
    if reason not in attendance.REASONS:
        raise Refused("There is no such reason; there are break, meal, meeting, training and other.")
    insists = _until(who, at) if state == attendance.AVAILABLE else None
    attendance.set_state(who, state, reason=reason, insists_until=insists, by=by, at=at)


def set_skills(agent: Person, who: int, levels: Mapping[int, int], *, by: Actor, at: datetime) -> None:
    """Exactly these, by id with their level. Raises Forbidden, NotFound, NotPossible."""
    _require_lead(agent, who)
    require_no_own_skill(agent, who, levels, at=at)
    skills.give_skills(who, levels, by=by, at=at)


def set_capacity(agent: Person, who: int, *, units: int, calendar: int | None, by: Actor, at: datetime) -> None:
    """How much somebody has at once, and whose hours they keep. Raises Forbidden, NotFound, Refused, NotPossible."""
    _require_lead(agent, who)
    if calendar is not None and calendar_by_id(calendar) is None:
        raise Refused(f"There is no calendar {calendar}.")
    attendance.set_capacity(who, units=units, calendar=calendar, by=by, at=at)


def attendance_for(agent: Person, who: int) -> Any:
    """State, reason, since when, capacity and calendar of somebody. Raises Forbidden, NotFound."""
    if who != agent.id and not may(agent, "staff:read"):
        raise Forbidden("staff:read")
    found = attendance.attendance_of(who)
    if found is None:
        raise NotFound(f"Nobody who works here has the number {who}.")
    return found


def _until(who: int, at: datetime) -> datetime | None:
    """When their hours begin next, where they are outside of them; None where they are within, or have none."""
    keys = calendars_over(who)
    try:
        closed = [one for key in keys if not is_open(one := schedule(key), at)]
    except NoSuchCalendar:
        return None
    return max((opening for one in closed if (opening := opening_of(one, at))), default=None)


def _require(agent: Person, who: int) -> None:
    if who != agent.id:
        _require_lead(agent, who)
    elif agent_by_id(who) is None:
        raise NotFound(f"Nobody who works here has the number {who}.")


def _require_lead(agent: Person, who: int) -> None:
    """Who manages routing does so for everybody, or for people of their own teams."""
    held = agent.grants.get(VERB, ())
    if not held:
        raise Forbidden(VERB)
    found = person(who)
    if found is None:
        raise NotFound(f"Nobody who works here has the number {who}.")
    if not any(grant.scope == "all" for grant in held) and not set(agent.team_ids) & set(found.team_ids):
        raise Forbidden(VERB)
