"""Adding business days to a moment: the same time of day, so many business days later.

A business day is a date on which at least one period opens. It lasts from its first opening until that of the next business
day, so a night shift belongs to the date it began on.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from careline.domain.calendars.rules.schedule import (
    FIRST_YEAR,
    LAST_YEAR,
    YEARS_LOOKED_AHEAD,
    Interval,
    NeverOpens,
    Schedule,
    TooFar,
    merged,
)
from careline.domain.calendars.rules.working_time import GoesBack, is_open, next_opening, second_of
from careline.domain.calendars.rules.zones import EPOCH, first_shown, shown_up_to


def add_business_days(schedule: Schedule, moment: datetime, days: int) -> datetime:
    """The moment `days` business days later, in UTC.

    What comes in while closed counts as coming in at the next opening. Where the later day is closed at that time of day,
    it is due when that day last closed before, or first opens. Raises GoesBack, NeverOpens, TooFar.
    """
    if days < 0:
        raise GoesBack
    begin = moment.astimezone(UTC) if is_open(schedule, moment) else next_opening(schedule, moment)
    if days == 0:
        return begin
    second = second_of(begin)
    year = shown_up_to(schedule.zone, second).year
    today, later = _days_from(schedule, second, days=days, year=year - 1)
    wanted, after = (_same_time(schedule, each, today=today, later=later) for each in (second, second + 1))
    # Where the clock stands or jumps, so does what is due: no fraction of a second goes on.
    return _within(later.intervals, wanted, micros=begin.microsecond if after > wanted else 0)


@dataclass(frozen=True, slots=True)
class _BusinessDay:
    on: date
    intervals: list[Interval]


def _same_time(schedule: Schedule, second: int, *, today: _BusinessDay, later: _BusinessDay) -> int:
    """When the clock shows on the later day what it shows today at `second`."""
    shown = shown_up_to(schedule.zone, second)
    return first_shown(schedule.zone, _midnight(later.on) + (shown - _midnight(today.on)))


def _days_from(schedule: Schedule, second: int, *, days: int, year: int) -> tuple[_BusinessDay, _BusinessDay]:
    """The business day that `second` lies in, and the one so many later. `year` is one that begins before."""
    opened: list[tuple[int, date]] = []
    missing, idle = 1, 0
    while missing > 0 and year <= LAST_YEAR + 1 and idle <= YEARS_LOOKED_AHEAD:
        new = schedule.days(year)
        opened += new
        year, idle = year + 1, 0 if new else idle + 1
        # One more than the day wanted, for a day ends where the next one opens.
        missing = days + 2 - (len(opened) - _place(opened, second))
    place = _place(opened, second)
    if place + days >= len(opened):
        raise TooFar if year > LAST_YEAR else NeverOpens(max(year - idle, FIRST_YEAR))
    return _business_day(schedule, opened, place), _business_day(schedule, opened, place + days)


def _place(opened: list[tuple[int, date]], second: int) -> int:
    return max(0, bisect_right(opened, second, key=lambda day: day[0]) - 1)


def _business_day(schedule: Schedule, opened: list[tuple[int, date]], place: int) -> _BusinessDay:
    on = opened[place][1]
    intervals = schedule.intervals(on)
    if place + 1 < len(opened):
        until = opened[place + 1][0]
        intervals = merged((start, min(stop, until)) for start, stop in intervals)
    return _BusinessDay(on, intervals)


def _within(intervals: list[Interval], second: int, *, micros: int) -> datetime:
    """That second where it is open then, else the last closing before it, else the first opening."""
    n = bisect_right(intervals, second, key=lambda interval: interval[0]) - 1
    if n < 0:
        second, micros = intervals[0][0], 0
    elif second >= intervals[n][1]:
        second, micros = intervals[n][1], 0
    return EPOCH + timedelta(seconds=second, microseconds=micros)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  a wall time has no zone
