"""How long a case of each team may lie before it counts as forgotten, and the moments that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from careline.domain.calendars.queries import calendars
from careline.domain.calendars.rules.ages import latest_so_old
from careline.domain.calendars.rules.hours import BadHours
from careline.domain.calendars.rules.schedule import Schedule, schedule_of
from careline.domain.sla.rules.measures import measure_of
from careline.domain.sla.rules.silence import USUAL, Bounds, Silence, silences_from
from careline.kit import db

KEPT_AS = "untouched"
"""Its name among the company's settings."""
_KEPT = "SELECT settings->'untouched' AS silences FROM company ORDER BY id LIMIT 1"


def silences() -> dict[int, Silence]:
    """Of the teams that have one of their own."""
    return silences_from(db.value(_KEPT))


def silence_of(team: int) -> Silence:
    return silences().get(team, USUAL)


def teams_by_calendar(calendar: int) -> list[str]:
    """The names of the teams whose cases are called forgotten by this calendar."""
    keys = [team for team, silence in silences().items() if silence.calendar == calendar]
    rows = db.rows("SELECT name FROM staff_team WHERE id = ANY(%s) ORDER BY name", [keys]) if keys else []
    return [row.name for row in rows]


def bounds(of_teams: Mapping[int, Silence], *, at: datetime) -> Bounds:
    """A calendar that is gone, or never opens, counts as the wall: nobody is forgotten for its sake."""
    schedules = _schedules() if any(silence.calendar is not None for silence in of_teams.values()) else {}
    return Bounds(
        _latest(USUAL, None, at),
        {team: _latest(silence, schedules.get(silence.calendar or 0), at) for team, silence in of_teams.items()},
    )


def forgotten_before(found: Bounds) -> tuple[str, dict[str, Any]]:
    """A condition over `conversations_conversation c`, and its parameters; teams with one moment are asked together."""
    moments: dict[datetime, list[int]] = {}
    for team, moment in found.of_teams.items():
        moments.setdefault(moment, []).append(team)
    params: dict[str, Any] = {"silent": found.usual}
    parts = []
    for n, (moment, teams) in enumerate(moments.items()):
        parts.append(f"WHEN c.team_id = ANY(%(silent_teams{n})s::bigint[]) THEN %(silent{n})s::timestamptz")
        params |= {f"silent{n}": moment, f"silent_teams{n}": teams}
    bound = f"CASE {' '.join(parts)} ELSE %(silent)s::timestamptz END" if parts else "%(silent)s"
    return f"c.updated_at < {bound}", params


def _latest(silence: Silence, schedule: Schedule | None, at: datetime) -> datetime:
    measure = measure_of(schedule, is_business=silence.calendar is not None, at=at)
    return latest_so_old(int(timedelta(hours=silence.hours).total_seconds()), at, measure.schedule)


def _schedules() -> dict[int, Schedule]:
    made = {}
    for row in calendars():
        try:
            made[row.id] = schedule_of(row.hours)
        except BadHours:  # its zone or its holidays are not known any more
            continue
    return made
