"""Days on which it is closed: public holidays by country and region, and a calendar's days as a feed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from careline.domain.calendars.queries import NoSuchCalendar, calendar_by_id
from careline.domain.calendars.rules.feed import feed_of
from careline.domain.calendars.rules.hours import BadHours
from careline.domain.calendars.rules.public_holidays import check_holidays, public_holidays
from careline.domain.calendars.subscriptions import subscription_of
from careline.domain.conversations.errors import NotFound
from careline.domain.staff.rules import require
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes.holidays import Follow, Holiday, HolidayQuery, Subscription, TakenIn
from careline.entrypoints.api.shapes.parts import Page
from careline.flows.subscribe_holidays import subscribe_holidays
from careline.flows.take_in_holidays import take_in_holidays

_YEARS = 2


@route("GET", "/holidays", query=HolidayQuery, answer=Page[Holiday])
def holidays(call: Call) -> Any:
    """The public holidays of a country, or of a region of it, in one year (without `year`: this one), all on one page."""
    require(call.person, "conversation:read")
    asked = call.query
    try:
        check_holidays(asked.country, asked.region)
    except BadHours as wrong:
        raise Wrong((wrong.field.removeprefix("holiday_"), str(wrong))) from None
    found = public_holidays(asked.country, asked.region, asked.year or call.at.year)
    return Page([Holiday(day, name) for day, name in sorted(found.items())], None)


@route("GET", "/calendars/{id}/feed.ics")
def feed(call: Call) -> Any:
    """The calendar's holidays and days of its own, this year's and the next two, as an iCalendar feed."""
    require(call.person, "conversation:read")
    row = calendar_by_id(call.id)
    if row is None:
        raise NotFound(f"There is no calendar {call.id}.")
    years = range(call.at.year, call.at.year + _YEARS + 1)
    content = feed_of(row.name, row.hours, row.notes, key=row.id, years=years, at=call.at)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@route("POST", "/calendars/{id}/exceptions", answer=TakenIn, is_raw=True)
def taken_in(call: Call) -> Any:
    """Takes holidays in from an iCalendar file (text/calendar, the bytes themselves): its whole-day events are closed days.

    Yearly ones are taken for this year and the next three. Days that have exceptions already keep them.
    """
    try:
        days = take_in_holidays(call.person, call.id, call.request.body, by=call.by, at=call.at)
    except BadHours as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    except NoSuchCalendar as error:
        raise NotFound(str(error)) from None
    return TakenIn(days)


@route("GET", "/calendars/{id}/subscription", answer=Subscription)
def subscription(call: Call) -> Any:
    """The address that the calendar takes its holidays from, and what came of it; an empty `url` where it follows none."""
    require(call.person, "hours:manage")
    return _subscription(call.id)


@route("PUT", "/calendars/{id}/subscription", body=Follow, answer=Subscription)
def followed(call: Call) -> Any:
    """From now on the calendar takes its holidays from this address, looked at each day.

    Whole-day events are closed days; those that go from there go here. Days that have exceptions already keep them. What can't be
    read leaves the days as they are. Addresses of private networks are not asked.
    """
    try:
        subscribe_holidays(call.person, call.id, call.body.url, by=call.by, at=call.at)
    except BadHours as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    except NoSuchCalendar as error:
        raise NotFound(str(error)) from None
    return _subscription(call.id)


def _subscription(calendar: int) -> Subscription:
    if calendar_by_id(calendar) is None:
        raise NotFound(f"There is no calendar {calendar}.")
    held = subscription_of(calendar)
    if held is None:
        return Subscription("", [], None, None, None, "")
    return Subscription(held.url, held.days, held.due_at, held.refreshed_at, held.failed_at, held.words)
