"""Holidays come in from an iCalendar file: its whole-day events are closed days from now on. What stands there already stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.calendars.queries import NoSuchCalendar, calendar_by_id
from careline.domain.calendars.rules.closed_days import closed_days_in
from careline.domain.calendars.rules.hours import SpecialDay
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.flows.change_calendar import CalendarChange, change_calendar


def take_in_holidays(agent: Person, calendar: int, content: bytes, *, by: Actor, at: datetime) -> int:
    """How many days are new. Raises Forbidden, NoSuchCalendar, BadHours."""
    require(agent, "hours:manage")
    closed = closed_days_in(content, since=at.date())
    with transaction.atomic():
        held = calendar_by_id(calendar)
        if held is None:
            raise NoSuchCalendar(calendar)
        known = {day.on for day in held.hours.special_days}
        new = {day: name for day, name in closed.items() if day not in known}
        if new:
            days = (*held.hours.special_days, *(SpecialDay(day) for day in new))
            change = CalendarChange(special_days=tuple(sorted(days)), notes={**held.notes, **new})
            change_calendar(agent, calendar, change, by=by, at=at)
    return len(new)
