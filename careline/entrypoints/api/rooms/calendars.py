"""Calendars: opening hours, and when something is due by them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from msgspec import UNSET, structs

from careline.domain.calendars.commands import NameTaken
from careline.domain.calendars.queries import CalendarRow, NoSuchCalendar, calendar_by_id, schedule
from careline.domain.calendars.queries import calendars as all_calendars
from careline.domain.calendars.rules.business_days import add_business_days
from careline.domain.calendars.rules.hours import DAY, BadHours, Period, Span, SpecialDay
from careline.domain.calendars.rules.schedule import FIRST_YEAR, LAST_YEAR, NeverOpens, Schedule, TooFar
from careline.domain.calendars.rules.working_time import add_business_seconds, business_seconds_between
from careline.domain.conversations.errors import NotFound
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong, problem
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import calendars as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.change_calendar import CalendarChange, add_calendar, change_calendar
from careline.flows.delete_calendar import delete_calendar

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00", re.ASCII)


@route("GET", "/calendars", query=PageQuery, answer=Page[shapes.Calendar])
def calendars(call: Call) -> Any:
    """The calendars, by name. Everybody who works here may read them."""
    return short_page_of([_shown(row) for row in all_calendars()], call.query)


@route("POST", "/calendars", body=shapes.NewCalendar, answer=shapes.Calendar, status=201)
def new_calendar(call: Call) -> Any:
    """Adds a calendar; the first one is the default. A name that another one has is refused with 409."""
    wanted = _wanted(call.body)

    def add() -> Created:
        key = add_calendar(call.person, wanted, by=call.by, at=call.at)
        return Created(f"/calendars/{key}", _one(key))

    return _told(add)


@route("GET", "/calendars/{id}", answer=shapes.Calendar)
def calendar(call: Call) -> Any:
    """One calendar."""
    return _one(call.id)


@route("PATCH", "/calendars/{id}", body=shapes.CalendarPatch, answer=shapes.Calendar)
def changed_calendar(call: Call) -> Any:
    """Changes what is given; `periods` and `exceptions` are replaced whole."""
    wanted = _wanted(call.body)

    def change() -> shapes.Calendar:
        change_calendar(call.person, call.id, wanted, by=call.by, at=call.at)
        return _one(call.id)

    return _told(change)


@route("DELETE", "/calendars/{id}", status=204)
def deleted_calendar(call: Call) -> Any:
    """Deletes a calendar; 409 for the default one, and for one that a promise counts by."""
    return _told(lambda: delete_calendar(call.person, call.id, by=call.by, at=call.at))


@route("GET", "/calendars/{id}/due", query=shapes.DueQuery, answer=shapes.Due)
def due(call: Call) -> Any:
    """When so many open seconds, or so many business days, have passed since `from` (without it: now).

    What ends at closing time is due at closing time. Business days keep the time of day; what comes in while closed
    counts from the next opening. 409 with the code `never_opens` where the calendar has no open hour in sight.
    """
    asked, begin = call.query, call.query.from_ or call.at
    if (asked.business_seconds is None) == (asked.business_days is None):
        raise Wrong(("business_seconds", "Give business_seconds or business_days, one of the two."))
    by_days = asked.business_seconds is None
    add, much = (add_business_days, asked.business_days) if by_days else (add_business_seconds, asked.business_seconds)
    with _within_years("from", begin, "business_days" if by_days else "business_seconds"):
        return _told(lambda: shapes.Due(add(_schedule(call), begin, much)))


@route("GET", "/calendars/{id}/elapsed", query=shapes.ElapsedQuery, answer=shapes.Elapsed)
def elapsed(call: Call) -> Any:
    """The open seconds from `from` to `to` (without it: now)."""
    begin, end = call.query.from_, call.query.to or call.at
    if end < begin:
        raise Wrong(("to", "It lies before `from`."))
    with _within_years("from", begin, "to"):
        return _told(lambda: shapes.Elapsed(business_seconds_between(_schedule(call), begin, end)))


def _told(answer: Callable[[], Any]) -> Any:
    """The answer, or what the calendar has against it."""
    try:
        return answer()
    except BadHours as error:
        raise Wrong((error.field, str(error))) from None
    except NoSuchCalendar as error:
        raise NotFound(str(error)) from None
    except NameTaken as error:
        return problem(409, str(error), code="name_taken")
    except NeverOpens as error:
        return problem(409, str(error), code="never_opens")


@contextmanager
def _within_years(first: str, moment: datetime, then: str) -> Iterator[None]:
    """Names the field that leads out of the years calendars reckon with."""
    try:
        yield
    except TooFar as error:
        is_outside = not FIRST_YEAR <= moment.astimezone(UTC).year <= LAST_YEAR
        raise Wrong((first if is_outside else then, str(error))) from None


def _schedule(call: Call) -> Schedule:
    return schedule(call.id)


def _one(key: int) -> shapes.Calendar:
    row = calendar_by_id(key)
    if row is None:
        raise NotFound(f"There is no calendar {key}.")
    return _shown(row)


def _shown(row: CalendarRow) -> shapes.Calendar:
    return shapes.Calendar(
        id=str(row.id),
        name=row.name,
        time_zone=row.hours.time_zone,
        is_default=row.is_default,
        holiday_country=row.hours.country or None,
        holiday_region=row.hours.region or None,
        periods=[
            shapes.Period(period.weekday, _clock(period.span.opens_at), _clock(period.span.closes_at))
            for period in row.hours.periods
        ],
        exceptions=[
            shapes.DayException(
                day.on,
                [shapes.Span(_clock(span.opens_at), _clock(span.closes_at)) for span in day.spans],
                row.notes.get(day.on, ""),
            )
            for day in row.hours.special_days
        ],
    )


def _wanted(body: shapes.NewCalendar | shapes.CalendarPatch) -> CalendarChange:
    """What was given, in the words of the domain. Raises Wrong with every time of day that is none."""
    given = {name: value for name, value in structs.asdict(body).items() if value is not UNSET}
    wrong: list[tuple[str, str]] = []
    if "periods" in given:
        given["periods"] = tuple(
            Period(period.weekday, _span(period, f"periods[{n}]", wrong)) for n, period in enumerate(given["periods"])
        )
    if "exceptions" in given:
        days = given.pop("exceptions")
        given["notes"] = {day.on: day.note for day in days}
        given["special_days"] = tuple(
            SpecialDay(
                day.on, tuple(_span(s, f"exceptions[{n}].periods[{m}]", wrong) for m, s in enumerate(day.periods))
            )
            for n, day in enumerate(days)
        )
    for name in ("country", "region"):
        if f"holiday_{name}" in given:
            given[name] = given.pop(f"holiday_{name}") or ""
    if wrong:
        raise Wrong(*wrong)
    return CalendarChange(**given)


def _span(given: shapes.Period | shapes.Span, field: str, wrong: list[tuple[str, str]]) -> Span:
    opens_at, closes_at = _minutes(given.opens_at), _minutes(given.closes_at)
    if opens_at is None or opens_at == DAY:
        wrong.append((f"{field}.opens_at", "Give a time of day as in 09:00."))
    if closes_at is None:
        wrong.append((f"{field}.closes_at", "Give a time of day as in 17:30, or 24:00."))
    return Span(opens_at or 0, closes_at or 0)


def _minutes(words: str) -> int | None:
    return int(words[:2]) * 60 + int(words[3:]) if _TIME.fullmatch(words) else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
