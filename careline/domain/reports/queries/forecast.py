"""How many cases are to be expected, out of those that a person may count; and how far the same was off before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from careline.domain.calendars.queries import default_calendar
from careline.domain.calendars.rules.schedule import schedule_of
from careline.domain.company.queries import company
from careline.domain.reports.queries.reach import VERB, seen_by
from careline.domain.reports.rules.forecast import (
    BACKTESTED,
    LOOKED_BACK,
    Counts,
    Expected,
    History,
    WeekError,
    forecast,
    past_errors,
    whole_days,
)
from careline.domain.staff.rules import Person, require
from careline.kit import db

_COUNTED = """FROM case_fact f
    WHERE f.why_not = '' AND (%(team)s::bigint IS NULL OR f.team_id = %(team)s) AND (%(channel)s::bigint IS NULL OR f.channel_id = %(channel)s)"""


@dataclass(frozen=True, slots=True)
class Outlook:
    """`first`: the first whole day of which something is known; None where there is no history yet."""

    zone: ZoneInfo
    interval: int
    first: date | None
    slots: list[Expected]
    past: list[WeekError]


def outlook_of(
    person: Person, *, at: datetime, interval: int = 60, team: int | None = None, channel: int | None = None
) -> Outlook:
    """Four weeks from tomorrow on, in slots of 30 or 60 minutes of the company's clock. Raises Forbidden."""
    require(person, VERB)
    found = company()
    zone = ZoneInfo(found.time_zone if found and found.time_zone else "UTC")
    begins = at.astimezone(zone).date() + timedelta(days=1)
    since = at - timedelta(weeks=LOOKED_BACK + BACKTESTED)
    counts, first_at = _counts(person, since=since, team=team, channel=channel)
    first, last = whole_days(first_at, at=at, zone=zone)
    history = History(counts, zone=zone, interval=interval, first=first, last=last, is_special=_special_days())
    return Outlook(
        zone, interval, first, forecast(history, begins=begins), past_errors(history, before=_monday(begins))
    )


def _counts(
    person: Person, *, since: datetime, team: int | None, channel: int | None
) -> tuple[Counts, datetime | None]:
    """Cases opened by quarter of an hour, and when the first one was."""
    condition, params = seen_by(person)
    asked = {**params, "since": since, "team": team, "channel": channel}
    rows = db.rows(
        f"""SELECT date_bin('15 minutes', f.opened_at, '2000-01-01 00:00+00') AS quarter, count(*)::int AS n
            {_COUNTED} AND f.opened_at >= %(since)s AND {condition} GROUP BY 1""",
        asked,
    )
    first = db.value(f"SELECT f.opened_at {_COUNTED} AND {condition} ORDER BY f.opened_on, f.number LIMIT 1", asked)
    return {row.quarter: row.n for row in rows}, first


def _special_days() -> Callable[[date], bool]:
    """Whether a day has other hours than its weekday: a holiday, or hours of its own. No calendar: none is."""
    calendar = default_calendar()
    if calendar is None:
        return lambda on: False
    schedule = schedule_of(calendar.hours)
    usual = [tuple(p.span for p in calendar.hours.periods if p.weekday == day) for day in range(7)]
    return lambda on: schedule.spans(on) != usual[on.weekday()]


def _monday(begins: date) -> date:
    """Past weeks are whole ones, from Monday to Sunday."""
    return begins - timedelta(days=begins.weekday())
