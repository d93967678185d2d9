"""How old something is, by the clock or by opening hours, and since when something has to be that old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from careline.domain.calendars.rules.schedule import Schedule
from careline.domain.calendars.rules.working_time import business_seconds_between, second_of
from careline.domain.calendars.rules.zones import EPOCH

_LOOKED_BACK = 10 * 366 * 86_400
"""Longer ago than this counts as this: no condition asks for more than five years."""


def seconds_between(earlier: datetime, later: datetime, schedule: Schedule | None) -> float:
    """By opening hours where there is a schedule, in whole seconds; negative where `earlier` is the later one."""
    if schedule is None:
        return (later - earlier).total_seconds()
    first, last = max(second_of(earlier), second_of(later) - _LOOKED_BACK), second_of(later)
    return business_seconds_between(schedule, _moment(first), _moment(last))


def latest_so_old(seconds: int, at: datetime, schedule: Schedule | None) -> datetime:
    """The latest moment that lies at least `seconds` before `at`: what is no later is so old, what is later is not.

    By opening hours it is found by halving, since their sum only grows; a moment without an end in sight gives the earliest.
    """
    if schedule is None:
        return at - timedelta(seconds=seconds)
    last = second_of(at)
    low, high = last - _LOOKED_BACK, last  # not later than low: so old; at high: never
    if seconds_between(_moment(low), at, schedule) < seconds:
        return EPOCH
    while high - low > 1:
        middle = (low + high) // 2
        if seconds_between(_moment(middle), at, schedule) >= seconds:
            low = middle
        else:
            high = middle
    return _moment(low) + timedelta(microseconds=999_999)


def earliest_so_far(seconds: int, at: datetime, schedule: Schedule | None) -> datetime:
    """The earliest moment that lies at least `seconds` after `at`."""
    if schedule is None:
        return at + timedelta(seconds=seconds)
    first = second_of(at)
    low, high = first, first + _LOOKED_BACK
    if seconds_between(at, _moment(high), schedule) < seconds:
        return _moment(high + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if seconds_between(at, _moment(middle), schedule) >= seconds:
            high = middle
        else:
            low = middle
    return _moment(high)


def _moment(second: int) -> datetime:
    return (EPOCH + timedelta(seconds=second)).astimezone(UTC)
