"""Adding working time to a moment, and counting it between two. Moments carry a zone; answers are in UTC.

Open time is counted by whole seconds that have gone by since 1970, so that for all a, b, c and s ≥ 0 hold:
between(a, b) + between(b, c) = between(a, c); between(a, add(a, s)) = s; add(add(a, s), t) = add(a, s + t).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, timedelta

from careline.domain.calendars.rules.schedule import (
    LAST_YEAR,
    YEARS_LOOKED_AHEAD,
    NeverOpens,
    Schedule,
    TooFar,
    Year,
    year_of,
)
from careline.domain.calendars.rules.zones import EPOCH


class GoesBack(Exception):
    """Working time is added, never taken away."""

    def __init__(self) -> None:
        super().__init__("It must not be negative.")


class NeverCloses(Exception):
    """The calendar stays open as far as can be seen."""

    def __init__(self) -> None:
        super().__init__(f"This calendar does not close within {YEARS_LOOKED_AHEAD} years.")


def add_business_seconds(schedule: Schedule, moment: datetime, seconds: int) -> datetime:
    """The earliest moment by which so many open seconds have passed; `moment` itself for none.

    What ends at closing time is due at closing time. Raises GoesBack, NeverOpens, TooFar.
    """
    if seconds <= 0:
        if seconds < 0:
            raise GoesBack
        return moment.astimezone(UTC)
    since = moment - EPOCH
    second, micros = since.days * 86_400 + since.seconds, since.microseconds
    number = year_of(second)
    year = schedule.year(number)
    n = bisect_right(year.starts, second) - 1
    if n >= 0 and second < year.ends[n]:
        wanted = year.before[n] + second - year.starts[n] + seconds
    else:
        wanted, micros = year.before[n + 1] + seconds, 0
    # A fraction of a second needs the interval to go on behind the last whole one.
    reach = 1 if micros else 0
    idle = 0
    while wanted + reach > year.before[-1]:
        wanted -= year.before[-1]
        number += 1
        year = _next(schedule, number, idle)
        idle = 0 if year.starts else idle + 1
    n = bisect_left(year.before, wanted + reach) - 1
    return EPOCH + timedelta(seconds=year.starts[n] + wanted - year.before[n], microseconds=micros)


def business_seconds_between(schedule: Schedule, a: datetime, b: datetime) -> int:
    """The open seconds from `a` to `b`; negative where `b` is the earlier one. Raises TooFar."""
    if b < a:
        return -business_seconds_between(schedule, b, a)
    begin, end = second_of(a), second_of(b)
    first, last = year_of(begin), year_of(end)
    whole = sum(schedule.year(number).total for number in range(first, last))
    return whole + schedule.year(last).open_until(end) - schedule.year(first).open_until(begin)


def is_open(schedule: Schedule, moment: datetime) -> bool:
    """Open from the moment of opening until just before that of closing. Raises TooFar."""
    return _is_open_at(schedule, second_of(moment))


def next_opening(schedule: Schedule, moment: datetime) -> datetime:
    """The first moment after `moment` at which it opens. Raises NeverOpens, NeverCloses (it is open all the time), TooFar."""
    second = second_of(moment)
    first = year_of(second)
    for number in range(first, min(first + YEARS_LOOKED_AHEAD, LAST_YEAR) + 1):
        starts = schedule.year(number).starts
        n = bisect_right(starts, second)
        if n == 0 and starts and _is_open_at(schedule, starts[0] - 1):
            n = 1  # it was open across the turn of the year
        if n < len(starts):
            return EPOCH + timedelta(seconds=starts[n])
    if is_open(schedule, moment):
        next_closing(schedule, moment)
    raise NeverOpens(first)


def next_closing(schedule: Schedule, moment: datetime) -> datetime:
    """The first moment after `moment` at which it closes. Raises NeverOpens, NeverCloses, TooFar."""
    second = second_of(moment)
    first = year_of(second)
    for number in range(first, min(first + YEARS_LOOKED_AHEAD, LAST_YEAR) + 1):
        ends = schedule.year(number).ends
        n = bisect_right(ends, second)
        if n == len(ends) - 1 and _is_open_at(schedule, ends[n]):
            continue  # it stays open across the turn of the year
        if n < len(ends):
            return EPOCH + timedelta(seconds=ends[n])
    raise NeverCloses if is_open(schedule, moment) else NeverOpens(first)


def second_of(moment: datetime) -> int:
    """The last whole second since 1970 at `moment`."""
    since = moment - EPOCH
    return since.days * 86_400 + since.seconds


def _next(schedule: Schedule, number: int, idle: int) -> Year:
    if idle == YEARS_LOOKED_AHEAD:
        raise NeverOpens(number - idle)
    if number > LAST_YEAR:
        raise TooFar
    return schedule.year(number)


def _is_open_at(schedule: Schedule, second: int) -> bool:
    try:
        year = schedule.year(year_of(second))
    except TooFar:
        return False
    n = bisect_right(year.starts, second) - 1
    return n >= 0 and second < year.ends[n]
