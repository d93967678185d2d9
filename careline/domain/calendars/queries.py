"""Which calendars there are, and the schedule of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from careline.domain.calendars.rules.hours import Hours, Period, Span, SpecialDay
from careline.domain.calendars.rules.schedule import Schedule, schedule_of
from careline.kit import db

_CALENDARS = """
SELECT c.id, c.name, c.time_zone, c.is_default, c.holiday_country, c.holiday_region,
    (SELECT coalesce(json_agg(json_build_array(p.weekday, p.opens_at, p.closes_at)
         ORDER BY p.weekday, p.opens_at, p.closes_at), '[]')
     FROM calendars_period p WHERE p.calendar_id = c.id) AS periods,
    (SELECT coalesce(json_agg(json_build_array(s."on", s.periods, s.note) ORDER BY s."on"), '[]')
     FROM calendars_specialday s WHERE s.calendar_id = c.id) AS special_days
FROM calendars_calendar c
"""


class NoSuchCalendar(Exception):
    """There is no calendar of this key."""

    def __init__(self, calendar: int | None) -> None:
        super().__init__(
            "There is no default calendar yet." if calendar is None else f"There is no calendar {calendar}."
        )


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One calendar as it stands; `notes` by the date of its special days."""

    id: int
    name: str
    is_default: bool
    hours: Hours
    notes: dict[date, str]


def calendars() -> list[CalendarRow]:
    """All calendars, by name."""
    return [_shown(row) for row in db.rows(_CALENDARS + " ORDER BY lower(c.name), c.id")]


def calendar_by_id(calendar: int) -> CalendarRow | None:
    found = db.row(_CALENDARS + " WHERE c.id = %s", [calendar])
    return _shown(found) if found else None


def default_calendar() -> CalendarRow | None:
    """The calendar of whatever names none; there is one as soon as there is any calendar."""
    found = db.row(_CALENDARS + " WHERE c.is_default")
    return _shown(found) if found else None


def schedule(calendar: int | None = None) -> Schedule:
    """A calendar's hours (the default one's where none is named), ready to be reckoned with. Raises NoSuchCalendar."""
    found = default_calendar() if calendar is None else calendar_by_id(calendar)
    if found is None:
        raise NoSuchCalendar(calendar)
    return schedule_of(found.hours)


def _shown(row: Any) -> CalendarRow:
    days = [(date.fromisoformat(on), spans, note) for on, spans, note in row.special_days]
    hours = Hours(
        row.time_zone,
        tuple(Period(weekday, Span(opens_at, closes_at)) for weekday, opens_at, closes_at in row.periods),
        tuple(SpecialDay(on, tuple(Span(*span) for span in spans)) for on, spans, _ in days),
        row.holiday_country,
        row.holiday_region,
    )
    return CalendarRow(row.id, row.name, row.is_default, hours, {on: note for on, _, note in days if note})
