"""So many business days later, worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.calendars.rules.business_days import add_business_days
from careline.domain.calendars.rules.hours import Hours
from careline.domain.calendars.rules.schedule import NeverOpens, Schedule, TooFar
from careline.domain.calendars.rules.working_time import GoesBack
from tests.domain.calendars.weeks import local, week

BERLIN = "Europe/Berlin"
SHORT_FRIDAY = {"2026-11-27": ["10:00-14:00"]}
OFFICE = week(BERLIN, "01234", "9:00-12:00", "13:00-17:00", special=SHORT_FRIDAY, country="DE")
NIGHTS = week(BERLIN, "01234", "22:00-6:00")


@pytest.mark.parametrize(
    ("since", "days", "due"),
    [
        pytest.param("2026-11-17 10:30", 1, "2026-11-18 10:30", id="the same time the next day"),
        pytest.param("2026-11-20 10:30:07.5", 1, "2026-11-23 10:30:07.5", id="over a weekend"),
        pytest.param("2026-11-20 20:00", 1, "2026-11-24 09:00", id="at night counts as the next morning"),
        pytest.param("2026-11-21 10:00", 0, "2026-11-23 09:00", id="no days: when it opens"),
        pytest.param("2026-11-20 10:00", 0, "2026-11-20 10:00", id="no days while it is open"),
        pytest.param("2026-11-17 12:30", 1, "2026-11-18 13:00", id="in the lunch break counts as after it"),
        pytest.param("2026-12-23 10:30", 2, "2026-12-28 10:30", id="holidays do not count"),
        pytest.param("2026-11-26 16:00", 1, "2026-11-27 14:00", id="a day that closes early ends it"),
        pytest.param("2026-11-26 14:00:00.5", 1, "2026-11-27 14:00", id="not a fraction of a second later"),
        pytest.param("2026-11-26 09:30", 1, "2026-11-27 10:00", id="a day that opens late begins it"),
        pytest.param("2026-03-27 10:30", 1, "2026-03-30 10:30", id="over the change of the clock"),
        pytest.param("2028-02-28 10:30", 1, "2028-02-29 10:30", id="a leap day is a day"),
        pytest.param(
            "2026-12-30 10:30", 258, "2028-01-03 10:30", id="New Year's Eve, the 256 days of 2027 and one more"
        ),
    ],
)
def test_it_is_due_at_the_same_time_so_many_business_days_later(since: str, days: int, due: str) -> None:
    assert add_business_days(Schedule(OFFICE), local(BERLIN, since), days) == local(BERLIN, due)


def test_a_night_shift_is_one_business_day() -> None:
    schedule = Schedule(NIGHTS)
    tuesday, friday = local(BERLIN, "2026-11-17 03:00"), local(BERLIN, "2026-11-21 03:00")
    assert add_business_days(schedule, tuesday, 1) == local(BERLIN, "2026-11-18 03:00")
    assert add_business_days(schedule, friday, 1) == local(BERLIN, "2026-11-24 03:00")


def test_a_business_day_ends_where_the_next_one_opens() -> None:
    """Early shift on Tuesday begins before Monday's night shift is over."""
    nights = NIGHTS.periods
    early = week(BERLIN, "1", "5:00-14:00").periods
    schedule = Schedule(Hours(BERLIN, nights + early))
    late_on_friday = local(BERLIN, "2026-11-21 05:30")
    assert add_business_days(schedule, late_on_friday, 1) == local(BERLIN, "2026-11-24 05:00")


def test_the_turn_of_the_year_is_no_turn_of_a_business_day() -> None:
    nights = Schedule(week(BERLIN, "0123456", "22:00-6:00"))
    assert add_business_days(nights, local(BERLIN, "2027-01-01 03:00"), 1) == local(BERLIN, "2027-01-02 03:00")
    long_nights = {"2026-12-30": ["22:00-10:00"], "2026-12-31": ["22:00-10:00"], "2027-01-01": ["9:00-12:00"]}
    schedule = Schedule(week(BERLIN, "", special=long_nights))
    assert add_business_days(schedule, local(BERLIN, "2026-12-31 09:30"), 1) == local(BERLIN, "2027-01-01 09:00")


def test_in_an_hour_that_is_shown_twice_nobody_is_overtaken() -> None:
    schedule = Schedule(week(BERLIN, "0123456", "0:00-24:00"))
    first, second = (local(BERLIN, f"2026-10-25T02:50:00{offset}") for offset in ("+02:00", "+01:00"))
    assert add_business_days(schedule, first, 1) == local(BERLIN, "2026-10-26 02:50")
    assert add_business_days(schedule, second, 1) == local(BERLIN, "2026-10-26 03:00")
    assert add_business_days(schedule, second + timedelta(microseconds=1), 1) == local(BERLIN, "2026-10-26 03:00")


def test_a_calendar_that_runs_out_of_days_says_so() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    once = Schedule(week(BERLIN, "", special={"2026-11-23": ["9:00-17:00"]}))
    assert add_business_days(once, now, 0) == local(BERLIN, "2026-11-23 09:00")
    for schedule, days in ((once, 1), (Schedule(Hours("UTC")), 0)):
        with pytest.raises(NeverOpens):
            add_business_days(schedule, now, days)
    with pytest.raises(TooFar):
        add_business_days(Schedule(OFFICE), now, 40_000)
    with pytest.raises(GoesBack):
        add_business_days(Schedule(OFFICE), now, -1)
