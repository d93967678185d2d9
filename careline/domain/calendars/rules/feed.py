"""The days on which a calendar goes by other hours than its week, as an iCalendar feed (RFC 5545): whole days, one event each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from careline.domain.calendars.rules.hours import Hours, Span
from careline.domain.calendars.rules.public_holidays import public_holidays


def feed_of(
    name: str, hours: Hours, notes: Mapping[date, str], *, key: int, years: Iterable[int], at: datetime
) -> bytes:
    """Public holidays of these years, and days of its own in them; a closed day says nothing but its name."""
    from icalendar import Calendar, Event

    wanted = set(years)
    days = {
        day: called
        for year in sorted(wanted)
        for day, called in public_holidays(hours.country, hours.region, year).items()
    }
    for special in hours.special_days:
        if special.on.year in wanted:
            called = notes.get(special.on) or days.get(special.on) or name
            spans = ", ".join(_span(span) for span in special.spans)
            days[special.on] = f"{called} ({spans})" if spans else called
    feed = Calendar()
    feed.add("prodid", "-//Careline//Opening hours//EN")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", name)
    for day, called in sorted(days.items()):
        event = Event()
        event.add("uid", f"{day.isoformat()}-{key}@calendars.careline")
        event.add("dtstamp", at.astimezone(UTC))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", called)
        feed.add_component(event)
    return bytes(feed.to_ical())


def _span(span: Span) -> str:
    times = (span.opens_at, span.closes_at)
    return "–".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in times)
