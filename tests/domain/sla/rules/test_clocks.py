"""One clock, reckoned by hand: nights, holidays, lunch, the hours that daylight saving takes and gives, leap days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careline.domain.calendars.rules.hours import Hours, Period, Span, SpecialDay
from careline.domain.calendars.rules.schedule import Schedule, schedule_of
from careline.domain.sla.rules.clocks import (
    Clock,
    Terms,
    alarms,
    left_at,
    met,
    restated,
    resumed,
    started,
    stopped,
    unbroken,
)
from careline.domain.sla.rules.measures import ON_THE_WALL, Measure, measure_of

HOUR = 3600
TERMS = Terms(1, 4 * HOUR, is_business=True, calendar=1)


def _week(*spans: tuple[int, int], days: range = range(5), zone: str = "Europe/Berlin", **more: object) -> Schedule:
    periods = tuple(Period(day, Span(opens * 60, closes * 60)) for day in days for opens, closes in spans)
    return schedule_of(Hours(zone, periods, **more))  # type: ignore[arg-type]


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


OFFICE = _week((9, 17))
WITH_LUNCH = _week((9, 12), (13, 17))
WITH_HOLIDAYS = _week((9, 17), country="DE")
NIGHT = _week((22, 6), days=range(7))
ALWAYS = _week((0, 24), days=range(7))

GOLDEN = [
    ("within a day", OFFICE, "2026-11-20T10:00+01:00", "2026-11-20T14:00+01:00"),
    ("over a night", OFFICE, "2026-11-19T15:30+01:00", "2026-11-20T11:30+01:00"),
    ("over a weekend", OFFICE, "2026-11-20T17:50+01:00", "2026-11-23T13:00+01:00"),
    ("over lunch", WITH_LUNCH, "2026-11-20T10:30+01:00", "2026-11-20T15:30+01:00"),
    ("comes at lunch", WITH_LUNCH, "2026-11-20T12:20+01:00", "2026-11-20T17:00+01:00"),
    ("over Christmas", WITH_HOLIDAYS, "2026-12-24T16:00+01:00", "2026-12-28T12:00+01:00"),
    ("over New Year", WITH_HOLIDAYS, "2026-12-31T15:00+01:00", "2027-01-04T11:00+01:00"),
    ("over midnight", NIGHT, "2026-11-20T23:00+01:00", "2026-11-21T03:00+01:00"),
    ("after a night", NIGHT, "2026-11-21T05:00+01:00", "2026-11-22T01:00+01:00"),
    ("in the night that loses an hour", NIGHT, "2027-03-27T23:00+01:00", "2027-03-28T04:00+02:00"),
    ("in the night that has one more", NIGHT, "2026-10-24T23:00+02:00", "2026-10-25T02:00+01:00"),
    ("on a leap day", OFFICE, "2028-02-28T16:00+01:00", "2028-02-29T12:00+01:00"),
    ("where it never closes", ALWAYS, "2026-11-21T03:00+01:00", "2026-11-21T07:00+01:00"),
]


@pytest.mark.parametrize(("schedule", "since", "due"), [row[1:] for row in GOLDEN], ids=[row[0] for row in GOLDEN])
def test_four_hours_of_open_time_are_due(schedule: Schedule, since: str, due: str) -> None:
    clock = _started(schedule, since)
    assert (clock.due_at, clock.is_fallback) == (_at(due), False)


def test_periods_that_overlap_count_once() -> None:
    clock = _started(_week((9, 14), (12, 17)), "2026-11-20T11:00+01:00")
    assert clock.due_at == _at("2026-11-20T15:00+01:00")


def test_a_day_of_its_own_hours_goes_by_them() -> None:
    short = _week((9, 17), special_days=(SpecialDay(date(2026, 11, 20), (Span(600, 720),)),))
    assert _started(short, "2026-11-20T08:00+01:00").due_at == _at("2026-11-23T11:00+01:00")


@pytest.mark.parametrize("schedule", [_week(days=range(0)), None], ids=["never opens", "is gone"])
def test_a_calendar_that_can_promise_nothing_counts_on_the_wall_and_says_so(schedule: Schedule | None) -> None:
    clock = _started(schedule, "2026-11-20T17:50+01:00")
    assert (clock.due_at, clock.is_fallback) == (_at("2026-11-20T21:50+01:00"), True)


def test_a_calendar_that_opens_in_two_years_can_promise_nothing_today() -> None:
    far = _week(days=range(0), special_days=(SpecialDay(date(2028, 11, 20), (Span(540, 1020),)),))
    assert measure_of(far, is_business=True, at=_at("2026-11-20T12:00+01:00")) == Measure(None, is_fallback=True)
    assert measure_of(far, is_business=True, at=_at("2028-11-19T12:00+01:00")) == Measure(far)


def test_a_promise_on_the_wall_knows_no_night() -> None:
    clock = started("first_response", Terms(None, 24 * HOUR), since=_at("2026-11-21T23:00+01:00"), measure=ON_THE_WALL)
    assert clock.due_at == _at("2026-11-22T23:00+01:00")


def test_a_pause_keeps_what_was_left_and_runs_on_with_it() -> None:
    clock = _started(WITH_LUNCH, "2026-11-20T10:30+01:00")
    paused = stopped(clock, at=_at("2026-11-20T13:30+01:00"), measure=Measure(WITH_LUNCH))
    assert (paused.due_at, paused.left, paused.alarm_at) == (None, 2 * HOUR, None)
    again = resumed(paused, at=_at("2026-11-23T09:00+01:00"), measure=Measure(WITH_LUNCH))
    assert (again.due_at, again.left, again.paused_at) == (_at("2026-11-23T11:00+01:00"), None, None)


def test_a_pause_that_was_undone_never_was() -> None:
    clock = _started(OFFICE, "2026-11-20T10:00+01:00")
    ended = met(clock, at=_at("2026-11-20T11:00+01:00"), measure=Measure(OFFICE))
    assert (ended.is_over, ended.due_at) == (True, clock.due_at)
    assert unbroken(ended, Measure(OFFICE)) == clock


def test_another_calendar_counts_every_stretch_anew() -> None:
    clock = _started(OFFICE, "2026-11-20T10:00+01:00")
    paused = stopped(clock, at=_at("2026-11-20T12:30+01:00"), measure=Measure(OFFICE))
    again = resumed(paused, at=_at("2026-11-20T14:00+01:00"), measure=Measure(OFFICE))
    assert again.due_at == _at("2026-11-20T15:30+01:00")
    fresh = restated(again, TERMS, at=_at("2026-11-20T14:10+01:00"), measure=Measure(WITH_LUNCH))
    assert fresh.due_at == _at("2026-11-20T16:00+01:00")


def test_a_longer_promise_takes_a_breach_back() -> None:
    clock = _started(OFFICE, "2026-11-20T09:00+01:00")
    late = _at("2026-11-20T14:00+01:00")
    *_, (_, _, broken) = alarms(clock, upto=late)
    assert (broken.warned_at, broken.broken_at) == (_at("2026-11-20T12:12+01:00"), _at("2026-11-20T13:00+01:00"))
    mended = restated(broken, replace(TERMS, seconds=7 * HOUR), at=late, measure=Measure(OFFICE))
    assert (mended.broken_at, mended.warned_at, mended.due_at) == (None, None, _at("2026-11-20T16:00+01:00"))


def test_a_warning_comes_once_and_before_the_breach() -> None:
    clock = _started(OFFICE, "2026-11-20T09:00+01:00")
    said = [(name, moment) for name, moment, _ in alarms(clock, upto=_at("2026-11-21T00:00+01:00"))]
    assert said == [("warned", _at("2026-11-20T12:12+01:00")), ("broken", _at("2026-11-20T13:00+01:00"))]


def test_what_is_left_is_below_nothing_once_it_is_over() -> None:
    clock = _started(OFFICE, "2026-11-20T09:00+01:00")
    assert left_at(clock, at=_at("2026-11-20T14:00+01:00"), measure=Measure(OFFICE)) == -HOUR


@settings(max_examples=60, deadline=None)
@given(
    seconds=st.integers(60, 40 * HOUR),
    steps=st.lists(st.integers(0, 3 * 86400), min_size=1, max_size=7),
    which=st.sampled_from([OFFICE, WITH_LUNCH, NIGHT, ALWAYS]),
)
def test_however_often_it_is_paused_it_runs_exactly_as_long_as_promised(
    seconds: int, steps: list[int], which: Schedule
) -> None:
    measure, at = Measure(which), _at("2026-03-27T10:00+01:00")
    clock = started("resolution", replace(TERMS, seconds=seconds), since=at, measure=measure)
    for n, step in enumerate(steps):
        at += timedelta(seconds=step)
        clock = stopped(clock, at=at, measure=measure) if n % 2 == 0 else resumed(clock, at=at, measure=measure)
    if clock.due_at is None:
        assert clock.left is not None and clock.left > 0
        clock = resumed(clock, at=at, measure=measure)
    assert _run_until(clock, clock.due_at, measure) == seconds


def _run_until(clock: Clock, due: datetime | None, measure: Measure) -> int:
    assert due is not None
    stretches = [
        *clock.ran,
        *([(clock.running_since, due)] if clock.running_since and clock.running_since < due else []),
    ]
    return sum(measure.between(a, min(b, due)) for a, b in stretches if a < due)


def _started(schedule: Schedule | None, since: str) -> Clock:
    moment = _at(since)
    measure = measure_of(schedule, is_business=True, at=moment)
    return started("first_response", TERMS, since=moment, measure=measure)
