"""A calendar takes its holidays from an address (iCalendar), looked at each day. One that can't be read leaves the days as they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction

from careline.domain.calendars import commands as calendars
from careline.domain.calendars import subscriptions
from careline.domain.calendars.queries import NoSuchCalendar, calendar_by_id
from careline.domain.calendars.rules.closed_days import LARGEST, closed_days_in
from careline.domain.calendars.rules.hours import BadHours, SpecialDay
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Person, require
from careline.kit.outgoing_http import Refused, check_url, fetch

AGAIN, AFTER_A_FAILURE, LEASE = timedelta(days=1), timedelta(hours=6), timedelta(minutes=10)
SECONDS = 10.0
_KINDS = ("text/calendar", "text/plain", "application/ics", "application/octet-stream")


def subscribe_holidays(agent: Person, calendar: int, url: str, *, by: Actor, at: datetime) -> None:
    """From now on it follows this address; an empty one ends that, and its days stay. Raises Forbidden, NoSuchCalendar, BadHours."""
    require(agent, "hours:manage")
    url = url.strip()
    if url.lower().startswith("webcal://"):
        url = "https" + url[6:]
    if url:
        _check(url)
    with transaction.atomic():
        calendars.hold()
        if calendar_by_id(calendar) is None:
            raise NoSuchCalendar(calendar)
        if url:
            subscriptions.subscribe(calendar, url, at=at)
        elif not subscriptions.unsubscribe(calendar):
            return
        record(Happening("calendar.subscribed" if url else "calendar.unsubscribed", "calendar", calendar), by=by, at=at)


def refresh_holidays(*, at: datetime) -> bool:
    """Looks at the next address that is due; False where none is. What can't be read says why, and is tried again."""
    with transaction.atomic():
        due = subscriptions.take_due(at=at, until=at + LEASE)
    if due is None:
        return False
    try:
        came = fetch(due.url, most_bytes=LARGEST, media_types=_KINDS, seconds=SECONDS)
        closed = closed_days_in(came.content, since=at.date())
    except (Refused, BadHours) as wrong:
        subscriptions.note_failure(due.calendar_id, due.url, words=str(wrong), due=at + AFTER_A_FAILURE, at=at)
        return True
    with transaction.atomic():
        _follow(due.calendar_id, due.url, closed, at=at)
    return True


def _follow(calendar: int, url: str, closed: Mapping[date, str], *, at: datetime) -> None:
    """Closed on these days, no longer on those that were in it before. Days with hours of their own stay, and so does the past."""
    calendars.hold()
    held, known = calendar_by_id(calendar), subscriptions.subscription_of(calendar)
    if held is None or known is None or known.url != url:
        return
    before = {date.fromisoformat(day) for day in known.days}
    stays = [
        day for day in held.hours.special_days if day.spans or day.on not in before or day.on in closed or day.on < at.date()
    ]  # fmt: skip
    standing = {day.on for day in stays}
    new = {on: name for on, name in closed.items() if on not in standing}
    days = tuple(sorted((*stays, *(SpecialDay(on) for on in new))))
    if days != tuple(sorted(held.hours.special_days)):
        notes = {on: note for on, note in held.notes.items() if on in standing} | new
        hours = replace(held.hours, special_days=days)
        calendars.change_calendar(calendar, name=held.name, hours=hours, notes=notes, is_default=held.is_default)
        record(Happening("calendar.changed", "calendar", calendar), by=SYSTEM, at=at)
    theirs = (before & set(closed)) | set(new)
    subscriptions.note_read(calendar, days=theirs, due=at + AGAIN, at=at)


def _check(url: str) -> None:
    if len(url) > 2000:
        raise BadHours("url", "This address is too long.")
    try:
        check_url(url, any_port=False)
    except Refused as refused:
        raise BadHours("url", str(refused)) from None
