"""Whole weeks and months of a place's calendar, and when a report about one is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY = ("week", "month")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `begins` to before `ends`."""

    begins: date
    ends: date

    @property
    def days(self) -> int:
        return (self.ends - self.begins).days

    @property
    def last(self) -> date:
        return self.ends - _DAY


def week_of(on: date) -> Period:
    """Monday to Sunday (ISO 8601)."""
    begins = on - on.weekday() * _DAY
    return Period(begins, begins + 7 * _DAY)


def month_of(on: date) -> Period:
    begins = on.replace(day=1)
    return Period(begins, (begins + 31 * _DAY).replace(day=1))


def period_of(every: str, on: date) -> Period:
    return week_of(on) if every == "week" else month_of(on)


def before(period: Period, every: str = "") -> Period:
    """The week or month before; else as many days."""
    if every:
        return period_of(every, period.begins - _DAY)
    return Period(period.begins - period.days * _DAY, period.begins)


def ended_before(every: str, on: date) -> Period:
    """The last whole week or month that was over when the day began."""
    return before(period_of(every, on), every)


def next_due(every: str, minute: int, *, zone: ZoneInfo, after: datetime) -> datetime:
    """The first moment after one at which a week or month has just ended there and its first day's clock shows the minute."""
    day = after.astimezone(zone).date()
    begins = period_of(every, day).begins
    while (due := _shown(begins, minute, zone)) <= after:
        begins = period_of(every, begins).ends
    return due


def bounds(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Its first moment, and the first after it."""
    return _shown(period.begins, 0, zone), _shown(period.ends, 0, zone)


def _shown(on: date, minute: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(on, time(minute // 60, minute % 60), tzinfo=zone).astimezone(UTC)
