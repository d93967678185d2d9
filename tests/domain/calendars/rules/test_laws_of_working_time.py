"""What must hold for any hours, at any place, on any day the clock there jumps."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise, takewhile

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from careline.domain.calendars.rules.business_days import add_business_days
from careline.domain.calendars.rules.hours import Hours, Span
from careline.domain.calendars.rules.public_holidays import public_holidays
from careline.domain.calendars.rules.schedule import NeverOpens, Schedule, schedule_of
from careline.domain.calendars.rules.working_time import (
    NeverCloses,
    add_business_seconds,
    business_seconds_between,
    is_open,
    next_closing,
    next_opening,
)
from careline.domain.calendars.rules.zones import EPOCH
from tests.domain.calendars.weeks import MINUTE, any_hours, minutes_on_the_wall, week

few = settings(max_examples=120, deadline=None)
seconds = st.integers(0, 36 * 3600) | st.integers(0, 24 * 60).map(lambda minutes: minutes * 60)
spans_of_time = st.integers(0, 5 * 86_400 * 1_000_000).map(lambda n: timedelta(microseconds=n))


@few
@given(any_hours(), seconds)
def test_what_was_added_has_passed(case: tuple[Hours, datetime], added: int) -> None:
    schedule, moment = _reckonable(case)
    assert business_seconds_between(schedule, moment, add_business_seconds(schedule, moment, added)) == added


@few
@given(any_hours(), seconds, seconds)
def test_adding_twice_is_adding_the_sum(case: tuple[Hours, datetime], one: int, other: int) -> None:
    schedule, moment = _reckonable(case)
    first = add_business_seconds(schedule, moment, one)
    assert add_business_seconds(schedule, first, other) == add_business_seconds(schedule, moment, one + other)


@few
@given(any_hours(), spans_of_time, seconds)
def test_who_comes_later_is_never_due_earlier(case: tuple[Hours, datetime], later: timedelta, added: int) -> None:
    schedule, moment = _reckonable(case)
    assert add_business_seconds(schedule, moment, added) <= add_business_seconds(schedule, moment + later, added)
    assert add_business_seconds(schedule, moment, added) <= add_business_seconds(schedule, moment, added + 1)


@few
@given(any_hours(), spans_of_time, spans_of_time)
def test_two_stretches_are_as_long_as_both_together(
    case: tuple[Hours, datetime], one: timedelta, other: timedelta
) -> None:
    schedule, a = _reckonable(case)
    b, c = a + one, a + one + other
    parts = business_seconds_between(schedule, a, b) + business_seconds_between(schedule, b, c)
    assert parts == business_seconds_between(schedule, a, c)
    assert business_seconds_between(schedule, c, a) == -business_seconds_between(schedule, a, c)


@few
@given(any_hours(), st.integers(0, 4 * 1440))
def test_the_clock_on_the_wall_counts_the_same(case: tuple[Hours, datetime], minutes: int) -> None:
    """A clock that is looked at every minute: how long it was open, when it opens and closes."""
    schedule, since = _reckonable(case)
    since = since.replace(second=0, microsecond=0)
    until = since + minutes * MINUTE
    walk = minutes_on_the_wall(case[0], _spans_by_date(case[0]), since)
    seen = list(takewhile(lambda step: step[0] <= until, walk))
    assert [is_open(schedule, minute) for minute, _ in seen] == [open_then for _, open_then in seen]
    assert business_seconds_between(schedule, since, until) == 60 * sum(open_then for _, open_then in seen[:-1])
    changes = [(minute, now) for (_, before), (minute, now) in pairwise(seen) if before is not now]
    for expected, ask in ((True, next_opening), (False, next_closing)):
        first = next((minute for minute, now in changes if now is expected), None)
        found = _asked(ask, schedule, since)
        assert found == first if first else found is None or found > until


@few
@given(any_hours(), st.integers(1, 40 * 3600))
def test_the_clock_on_the_wall_is_due_at_the_same_moment(case: tuple[Hours, datetime], added: int) -> None:
    schedule, moment = _reckonable(case)
    moment = moment.replace(microsecond=0)
    left, due = added, None
    for minute, open_then in minutes_on_the_wall(case[0], _spans_by_date(case[0]), moment):
        if open_then:
            begin = max(minute, moment)
            here = int((minute + MINUTE - begin).total_seconds())
            if left <= here:
                due = begin + timedelta(seconds=left)
                break
            left -= here
        if minute - moment > timedelta(days=9):
            break
    found = add_business_seconds(schedule, moment, added)
    assert found == due if due else found > moment + timedelta(days=9)


@few
@given(any_hours(), st.integers(0, 30), spans_of_time)
def test_business_days_keep_their_order_and_end_while_it_is_open(
    case: tuple[Hours, datetime], days: int, later: timedelta
) -> None:
    schedule, moment = _reckonable(case)
    due = add_business_days(schedule, moment, days)
    assert due <= add_business_days(schedule, moment + later, days)
    assert due <= add_business_days(schedule, moment, days + 1)
    assert is_open(schedule, due) or business_seconds_between(schedule, due - timedelta(seconds=1), due) == 1


@few
@given(st.integers(0, 70 * 365 * 86_400), st.integers(0, 15 * 365 * 86_400))
def test_what_was_added_over_many_years_has_passed(since: int, added: int) -> None:
    nights = schedule_of(week("America/New_York", "0123456", "9:00-12:00", "22:00-6:00", country="US"))
    moment = EPOCH + timedelta(seconds=since)
    assert business_seconds_between(nights, moment, add_business_seconds(nights, moment, added)) == added


@few
@given(st.integers(0, 120 * 365 * 86_400).map(lambda n: EPOCH + timedelta(seconds=n)), st.integers(0, 10**8))
def test_where_it_is_always_open_time_is_time(moment: datetime, added: int) -> None:
    always = schedule_of(week("Pacific/Apia", "0123456", "0:00-24:00"))
    assert add_business_seconds(always, moment, added) == moment + timedelta(seconds=added)
    assert is_open(always, moment)
    with pytest.raises(NeverCloses):
        next_closing(always, moment)


def _reckonable(case: tuple[Hours, datetime]) -> tuple[Schedule, datetime]:
    """A schedule that opens again and again: spans that are never shown on a clock are left out."""
    hours, moment = case
    schedule = Schedule(hours)
    assume(any(schedule.year(2030).starts))
    return schedule, moment


def _spans_by_date(hours: Hours) -> dict[date, tuple[Span, ...]]:
    """The rule once more, as it is told: a special day first, then holidays, then the weekday."""

    class ByDate(defaultdict[date, tuple[Span, ...]]):
        def __missing__(self, day: date) -> tuple[Span, ...]:
            own = [special.spans for special in hours.special_days if special.on == day]
            if own:
                return own[0]
            if day in public_holidays(hours.country, hours.region, day.year):
                return ()
            return tuple(period.span for period in hours.periods if period.weekday == day.weekday())

    return ByDate()


def _asked(ask: object, schedule: Schedule, moment: datetime) -> datetime | None:
    try:
        return ask(schedule, moment)  # type: ignore[operator]
    except (NeverOpens, NeverCloses):
        return None
