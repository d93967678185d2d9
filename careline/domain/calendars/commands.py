"""Writing calendars down. History stands on the same shelf: flows/change_calendar.py calls both in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from careline.domain.calendars.models import Calendar, Period, SpecialDay
from careline.domain.calendars.queries import NoSuchCalendar
from careline.domain.calendars.rules.hours import BadHours, Hours
from careline.domain.calendars.rules.schedule import schedule_of
from careline.kit import db


class NameTaken(Exception):
    """Another calendar has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is a calendar “{name}” already.")


def hold() -> None:
    """Nobody else writes a calendar until the running transaction ends."""
    db.lock_words(["calendars"])


@transaction.atomic
def add_calendar(name: str, *, hours: Hours, notes: Mapping[date, str], is_default: bool = False) -> int:
    """The new calendar's key. The first one is the default. Raises BadHours, NameTaken."""
    hold()
    calendar = Calendar()
    is_first = not Calendar.objects.exists()
    _write(calendar, name=name, hours=hours, notes=notes, is_default=is_default or is_first)
    return int(calendar.pk)


@transaction.atomic
def change_calendar(
    calendar: int, *, name: str, hours: Hours, notes: Mapping[date, str], is_default: bool = False
) -> None:
    """Puts this in the place of what stood there; what was the default stays it until another one becomes it.

    Raises NoSuchCalendar, BadHours, NameTaken.
    """
    hold()
    found = Calendar.objects.filter(pk=calendar).first()
    if found is None:
        raise NoSuchCalendar(calendar)
    _write(found, name=name, hours=hours, notes=notes, is_default=is_default or found.is_default)


@transaction.atomic
def delete_calendar(calendar: int) -> None:
    """It goes with its periods and days. Whether it may, asks the flow."""
    Calendar.objects.filter(pk=calendar, is_default=False).delete()


def _write(calendar: Calendar, *, name: str, hours: Hours, notes: Mapping[date, str], is_default: bool) -> None:
    calendar.name = " ".join(name.split())
    if not calendar.name:
        raise BadHours("name", "It is empty.")
    schedule_of(hours)  # whatever is wrong with them is said before anything is written
    if Calendar.objects.filter(name__iexact=calendar.name).exclude(pk=calendar.pk).exists():
        raise NameTaken(calendar.name)
    if is_default and not calendar.is_default:
        Calendar.objects.filter(is_default=True).update(is_default=False)
    calendar.time_zone, calendar.is_default = hours.time_zone, is_default
    calendar.holiday_country, calendar.holiday_region = hours.country, hours.region
    calendar.save()
    calendar.periods.all().delete()
    calendar.special_days.all().delete()
    Period.objects.bulk_create(
        Period(calendar=calendar, weekday=p.weekday, opens_at=p.span.opens_at, closes_at=p.span.closes_at)
        for p in hours.periods
    )
    SpecialDay.objects.bulk_create(
        SpecialDay(
            calendar=calendar,
            on=day.on,
            periods=[[span.opens_at, span.closes_at] for span in day.spans],
            note=notes.get(day.on, ""),
        )
        for day in hours.special_days
    )
