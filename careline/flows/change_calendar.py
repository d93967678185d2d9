"""Opening hours are made, or change: the calendar and its history in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from careline.domain.calendars import commands as calendars
from careline.domain.calendars.queries import NoSuchCalendar, calendar_by_id
from careline.domain.calendars.rules.hours import BadHours, Hours, Period, SpecialDay
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Person, require


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What a calendar shall be; what is not given stays. `notes` by the date of its special days, given with them."""

    name: str | None = None
    is_default: bool | None = None
    time_zone: str | None = None
    periods: tuple[Period, ...] | None = None
    special_days: tuple[SpecialDay, ...] | None = None
    notes: Mapping[date, str] | None = None
    country: str | None = None
    region: str | None = None


def add_calendar(agent: Person, wanted: CalendarChange, *, by: Actor, at: datetime) -> int:
    """The new calendar's key. Raises Forbidden, BadHours, NameTaken."""
    require(agent, "hours:manage")
    hours = _changed(Hours(""), wanted)
    with transaction.atomic():
        key = calendars.add_calendar(
            wanted.name or "", hours=hours, notes=wanted.notes or {}, is_default=bool(wanted.is_default)
        )
        record(Happening("calendar.added", "calendar", key), by=by, at=at)
    return key


def change_calendar(agent: Person, calendar: int, wanted: CalendarChange, *, by: Actor, at: datetime) -> None:
    """All or nothing; what changes nothing is not on the record. Raises Forbidden, NoSuchCalendar, BadHours, NameTaken."""
    require(agent, "hours:manage")
    with transaction.atomic():
        calendars.hold()
        before = calendar_by_id(calendar)
        if before is None:
            raise NoSuchCalendar(calendar)
        if before.is_default and wanted.is_default is False:
            raise BadHours("is_default", "Make another calendar the default instead.")
        after = replace(
            before,
            name=before.name if wanted.name is None else wanted.name,
            hours=_changed(before.hours, wanted),
            notes=before.notes if wanted.notes is None else dict(wanted.notes),
            is_default=before.is_default or bool(wanted.is_default),
        )
        if after == before:
            return
        calendars.change_calendar(
            calendar, name=after.name, hours=after.hours, notes=after.notes, is_default=after.is_default
        )
        record(Happening("calendar.changed", "calendar", calendar), by=by, at=at)


def _changed(hours: Hours, wanted: CalendarChange) -> Hours:
    names = ("time_zone", "periods", "special_days", "country", "region")
    given: dict[str, Any] = {name: getattr(wanted, name) for name in names}
    return replace(hours, **{name: value for name, value in given.items() if value is not None})
