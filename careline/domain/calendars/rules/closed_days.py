"""Closed days out of somebody else's calendar (RFC 5545): each day of a whole-day event, yearly ones for the years to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from careline.domain.calendars.rules.hours import BadHours
from careline.domain.calendars.rules.never import ever_comes

LARGEST = 2_000_000
MOST_DAYS = 1000
_LONGEST_EVENT = 62
_YEARS_AHEAD = 3
_EARLIEST = 1900


def closed_days_in(content: bytes, *, since: date) -> dict[date, str]:
    """Name by date, from `since` on. Events at a time of day close nothing. Raises BadHours, naming `file`."""
    from icalendar import Calendar

    if len(content) > LARGEST:
        raise BadHours("file", "This calendar is larger than two megabytes.")
    try:
        events = [event for part in Calendar.from_ical(content, multiple=True) for event in part.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise BadHours("file", "This is no iCalendar file (.ics).") from None
    if not events:
        raise BadHours("file", "There is no event in this file.")
    found: dict[date, str] = {}
    until = date(min(since.year + _YEARS_AHEAD, 2100), 12, 31)
    if sum("rrule" in event for event in events) > MOST_DAYS:
        raise BadHours("file", f"This calendar closes more than {MOST_DAYS} days.")
    for event in events:
        for day in _days_of(event, since, until):
            found.setdefault(day, " ".join(str(event.get("summary", "")).split())[:200])
            if len(found) > MOST_DAYS:
                raise BadHours("file", f"This calendar closes more than {MOST_DAYS} days.")
    return dict(sorted(found.items()))


def _days_of(event: Any, since: date, until: date) -> Iterator[date]:
    start = getattr(event.get("dtstart"), "dt", None)
    if (
        not isinstance(start, date)
        or isinstance(start, datetime)
        or str(event.get("status", "")).upper() == "CANCELLED"
    ):
        return
    end = getattr(event.get("dtend"), "dt", None)
    length = (end - start).days if isinstance(end, date) and not isinstance(end, datetime) else 1
    for begin in _starts(event, start, until):
        for n in range(min(max(length, 1), _LONGEST_EVENT)):
            if since <= (day := begin + timedelta(days=n)) <= until:
                yield day


def _starts(event: Any, start: date, until: date) -> Iterator[date]:
    """When it takes place: once, or by its rule, as far as years are looked ahead."""
    yield start
    rule = event.get("rrule")
    if rule is None or isinstance(rule, list):
        return
    # What repeats more often is no holiday, and a rule of seconds that never comes true would be looked for until the year 9999.
    if [str(word).upper() for word in rule.get("freq", [])] != ["YEARLY"]:
        raise BadHours("file", "One of its events repeats more often than once a year: that is no holiday.")
    from dateutil.rrule import rrule, rrulestr

    try:
        said = rrulestr(rule.to_ical().decode(), dtstart=datetime(start.year, start.month, start.day), ignoretz=True)  # noqa: DTZ001
        if not isinstance(said, rrule) or start.year < _EARLIEST or not ever_comes(said):
            raise ValueError
        last = datetime(until.year, until.month, until.day)  # noqa: DTZ001
        moments = said.replace(count=None, until=min(said._until or last, last))
    except (ValueError, TypeError):
        raise BadHours("file", "One of its events repeats by a rule that nobody understands.") from None
    most = MOST_DAYS if said._count is None else min(said._count, MOST_DAYS)
    for moment in islice(moments, most):
        yield moment.date()
