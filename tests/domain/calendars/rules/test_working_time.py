"""Working time worked out by hand: a lunch break, a night, a weekend, a holiday, a leap day, the changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.calendars.rules.hours import Hours
from careline.domain.calendars.rules.schedule import NeverOpens, Schedule, TooFar
from careline.domain.calendars.rules.working_time import (
    GoesBack,
    NeverCloses,
    add_business_seconds,
    business_seconds_between,
    is_open,
    next_closing,
    next_opening,
)
from tests.domain.calendars.weeks import local, week

BERLIN = "Europe/Berlin"
OFFICE = week(BERLIN, "01234", "9:00-12:00", "13:00-17:00", country="DE")
HOUR = 3600


@pytest.mark.parametrize(
    ("since", "hours", "due"),
    [
        pytest.param("2026-11-20 09:00", 2, "2026-11-20 11:00", id="within a morning"),
        pytest.param("2026-11-20 11:30", 1, "2026-11-20 13:30", id="over the lunch break"),
        pytest.param("2026-11-20 12:20", 1, "2026-11-20 14:00", id="from within the lunch break"),
        pytest.param("2026-11-19 16:30", 1, "2026-11-20 09:30", id="over a night"),
        pytest.param("2026-11-19 23:59", 7, "2026-11-20 17:00", id="a whole day ends when it closes"),
        pytest.param("2026-11-20 09:00", 7, "2026-11-20 17:00", id="a whole day from its beginning"),
        pytest.param("2026-11-20 16:30", 1, "2026-11-23 09:30", id="over a weekend"),
        pytest.param("2026-12-24 16:30", 1, "2026-12-28 09:30", id="over Christmas, which ends in a weekend"),
        pytest.param("2026-12-31 16:00", 2, "2027-01-04 10:00", id="over the turn of the year"),
        pytest.param("2028-02-28 16:30", 8, "2028-03-01 09:30", id="over a leap day, a Tuesday of seven hours"),
        pytest.param("2027-02-26 16:30", 1, "2027-03-01 09:30", id="no leap day in 2027"),
        pytest.param("2026-03-27 16:30", 1, "2026-03-30 09:30", id="over the weekend summer time begins"),
        pytest.param("2026-10-23 16:30", 1, "2026-10-26 09:30", id="over the weekend summer time ends"),
        pytest.param("2026-11-20 10:00", 0, "2026-11-20 10:00", id="nothing to add"),
        pytest.param("2026-11-21 10:00", 0, "2026-11-21 10:00", id="nothing to add on a Saturday"),
    ],
)
def test_an_answer_is_due_so_many_working_hours_later(since: str, hours: int, due: str) -> None:
    schedule = Schedule(OFFICE)
    assert add_business_seconds(schedule, local(BERLIN, since), hours * HOUR) == local(BERLIN, due)
    assert business_seconds_between(schedule, local(BERLIN, since), local(BERLIN, due)) == hours * HOUR


def test_one_second_more_than_the_day_has_is_due_the_next_morning() -> None:
    due = add_business_seconds(Schedule(OFFICE), local(BERLIN, "2026-11-19 09:00"), 7 * HOUR + 1)
    assert due == local(BERLIN, "2026-11-20 09:00:01")


def test_fractions_of_a_second_are_kept_while_it_is_open_and_do_not_outlive_the_night() -> None:
    schedule, begin = Schedule(OFFICE), local(BERLIN, "2026-11-19 16:59:58.25")
    assert add_business_seconds(schedule, begin, 1) == local(BERLIN, "2026-11-19 16:59:59.25")
    assert add_business_seconds(schedule, begin, 2) == local(BERLIN, "2026-11-20 09:00:00.25")
    night = local(BERLIN, "2026-11-19 20:00:00.5")
    assert add_business_seconds(schedule, night, 2) == local(BERLIN, "2026-11-20 09:00:02")


@pytest.mark.parametrize(
    ("zone", "spans", "since", "until", "minutes"),
    [
        (BERLIN, "22:00-6:00", "2026-11-20 12:00", "2026-11-21 12:00", 8 * 60),
        (BERLIN, "22:00-6:00", "2026-03-28 12:00", "2026-03-29 12:00", 7 * 60),  # 02:00 jumps to 03:00
        (BERLIN, "22:00-6:00", "2026-10-24 12:00", "2026-10-25 12:00", 9 * 60),  # 03:00 jumps to 02:00
        (BERLIN, "0:00-24:00", "2026-03-29 00:00", "2026-03-30 00:00", 23 * 60),
        (BERLIN, "2:15-2:45", "2026-03-29 00:00", "2026-03-30 00:00", 0),  # the clock never shows it
        (BERLIN, "2:30-4:00", "2026-03-29 00:00", "2026-03-30 00:00", 60),  # begins with the jump to 03:00
        (BERLIN, "1:00-2:30", "2026-03-29 00:00", "2026-03-30 00:00", 60),  # ends with the jump from 02:00
        (BERLIN, "2:15-2:45", "2026-10-25 00:00", "2026-10-26 00:00", 30),  # the first time it is shown, not the second
        (BERLIN, "1:00-2:30", "2026-10-25 00:00", "2026-10-26 00:00", 90),
        (BERLIN, "2:30-4:00", "2026-10-25 00:00", "2026-10-26 00:00", 150),
        ("America/New_York", "0:00-6:00", "2026-03-08 00:00", "2026-03-08 12:00", 5 * 60),
        ("America/New_York", "0:00-6:00", "2026-11-01 00:00", "2026-11-01 12:00", 7 * 60),
        ("Australia/Lord_Howe", "0:00-6:00", "2026-10-04 00:00", "2026-10-04 12:00", 5 * 60 + 30),
        ("Australia/Lord_Howe", "0:00-6:00", "2026-04-05 00:00", "2026-04-05 12:00", 6 * 60 + 30),
        ("Pacific/Apia", "9:00-17:00", "2011-12-29 00:00", "2012-01-01 00:00", 2 * 8 * 60),  # the 30th was left out
        ("Pacific/Apia", "0:00-24:00", "2011-12-29 00:00", "2012-01-01 00:00", 2 * 24 * 60),
        ("Asia/Kathmandu", "0:00-24:00", "1986-01-01 00:15", "1986-01-02 00:00", 24 * 60 - 15),  # began at 00:15
        ("America/Sao_Paulo", "0:00-24:00", "2018-02-17 00:00", "2018-02-18 00:00", 25 * 60),  # 24:00 jumps to 23:00
    ],
)  # fmt: skip
def test_hours_are_as_long_as_the_clock_there_makes_them(
    zone: str, spans: str, since: str, until: str, minutes: int
) -> None:
    schedule = Schedule(week(zone, "0123456", spans))
    assert business_seconds_between(schedule, local(zone, since), local(zone, until)) == minutes * 60


def test_a_night_shift_belongs_to_the_day_it_begins_on() -> None:
    """The night of Christmas Eve goes on into the holiday; the one that would begin on the holiday does not."""
    schedule = Schedule(week(BERLIN, "0123456", "22:00-6:00", country="DE"))
    since, until = local(BERLIN, "2026-12-24 12:00"), local(BERLIN, "2026-12-26 12:00")
    assert business_seconds_between(schedule, since, until) == 8 * HOUR
    assert is_open(schedule, local(BERLIN, "2026-12-25 05:59"))
    assert next_opening(schedule, local(BERLIN, "2026-12-25 12:00")) == local(BERLIN, "2026-12-27 22:00")


def test_a_special_day_goes_before_holiday_and_weekday() -> None:
    special = {
        "2026-12-31": ["9:00-12:00"],
        "2027-01-01": ["10:00-12:00"],
        "2027-01-04": [],
        "2027-01-09": ["9:00-10:00"],
    }
    schedule = Schedule(week(BERLIN, "01234", "9:00-17:00", special=special, country="DE"))
    hours = [
        business_seconds_between(schedule, local(BERLIN, f"{day} 00:00"), local(BERLIN, f"{day} 23:59")) // HOUR
        for day in ("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-04", "2027-01-05", "2027-01-09")
    ]
    assert hours == [8, 3, 2, 0, 8, 1]


def test_holidays_are_those_of_the_region() -> None:
    """Epiphany 2026, a Tuesday, is kept in Bavaria and worked through in Berlin."""
    since, until = local(BERLIN, "2026-01-06 00:00"), local(BERLIN, "2026-01-07 00:00")
    worked = [
        business_seconds_between(
            Schedule(week(BERLIN, "01234", "9:00-17:00", country="DE", region=region)), since, until
        )
        for region in ("BY", "BE")
    ]
    assert worked == [0, 8 * HOUR]


def test_a_holiday_that_falls_on_a_saturday_is_kept_on_the_day_it_is_moved_to() -> None:
    schedule = Schedule(week("America/New_York", "01234", "9:00-17:00", country="US"))
    friday = "2027-12-31"  # New Year's Day 2028 is a Saturday
    assert not is_open(schedule, local("America/New_York", f"{friday} 12:00"))


def test_periods_that_overlap_or_touch_count_once() -> None:
    schedule = Schedule(week("UTC", "0", "9:00-13:00", "12:00-15:00", "15:00-17:00", "9:00-10:00"))
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    assert business_seconds_between(schedule, monday, monday + timedelta(days=1)) == 8 * HOUR
    assert next_closing(schedule, monday) == monday + timedelta(hours=17)


def test_closing_at_the_hour_of_opening_means_the_next_day() -> None:
    schedule = Schedule(week("UTC", "0", "9:00-9:00"))
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert next_closing(schedule, monday) == monday + timedelta(hours=24)


def test_it_opens_and_closes_when_its_periods_do() -> None:
    schedule = Schedule(OFFICE)
    opening, closing = local(BERLIN, "2026-11-20 09:00"), local(BERLIN, "2026-11-20 12:00")
    just_before = timedelta(microseconds=1)
    assert [is_open(schedule, m) for m in (opening - just_before, opening, closing - just_before, closing)] == [
        False,
        True,
        True,
        False,
    ]
    assert next_opening(schedule, opening - just_before) == opening
    assert next_opening(schedule, opening) == local(BERLIN, "2026-11-20 13:00")
    assert next_closing(schedule, closing - just_before) == closing
    assert next_closing(schedule, closing) == local(BERLIN, "2026-11-20 17:00")
    assert next_opening(schedule, local(BERLIN, "2026-11-20 18:00")) == local(BERLIN, "2026-11-23 09:00")


def test_a_night_over_new_year_is_one_opening_and_one_closing() -> None:
    schedule = Schedule(week("UTC", "0123456", "22:00-6:00"))
    before = datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert next_opening(schedule, before) == datetime(2027, 1, 1, 22, tzinfo=UTC)
    assert next_closing(schedule, before) == datetime(2027, 1, 1, 6, tzinfo=UTC)
    assert add_business_seconds(schedule, before, 2 * HOUR) == datetime(2027, 1, 1, 1, tzinfo=UTC)


def test_a_calendar_without_an_open_hour_says_so() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    only_once = week(BERLIN, "", special={"2026-11-20": ["9:00-17:00"]})
    for hours in (Hours("UTC"), only_once):
        schedule = Schedule(hours)
        for ask in (next_opening, next_closing, lambda s, m: add_business_seconds(s, m, 1)):
            with pytest.raises(NeverOpens) as error:
                ask(schedule, now)
            assert str(error.value).startswith("This calendar has no open hour in the 5 years from 202")
        assert business_seconds_between(schedule, now, now + timedelta(days=9)) == 0
        assert is_open(schedule, now) is False


def test_the_last_opening_of_all_is_found_and_none_after_it() -> None:
    schedule = Schedule(week("UTC", "", special={"2029-06-01": ["9:00-17:00"]}))
    now, only = datetime(2026, 11, 22, tzinfo=UTC), datetime(2029, 6, 1, 9, tzinfo=UTC)
    assert next_opening(schedule, now) == only
    assert add_business_seconds(schedule, now, 8 * HOUR) == only + timedelta(hours=8)
    for ask in (next_opening, lambda s, m: add_business_seconds(s, m, 8 * HOUR + 1)):
        with pytest.raises(NeverOpens):
            ask(schedule, only)


def test_an_office_that_never_closes_says_so() -> None:
    schedule = Schedule(week("UTC", "0123456", "0:00-24:00"))
    for ask in (next_opening, next_closing):
        with pytest.raises(NeverCloses):
            ask(schedule, datetime(2026, 11, 22, tzinfo=UTC))


def test_time_is_reckoned_from_1970_to_2100_and_never_back() -> None:
    schedule = Schedule(OFFICE)
    last = local(BERLIN, "2100-12-31 16:00")
    assert add_business_seconds(schedule, local(BERLIN, "1970-01-05 09:00"), HOUR) == local(BERLIN, "1970-01-05 10:00")
    assert add_business_seconds(schedule, last, HOUR) == local(BERLIN, "2100-12-31 17:00")
    assert business_seconds_between(schedule, datetime(1970, 1, 1, tzinfo=UTC), last) > 60_000 * HOUR * 3
    for outside in (last + timedelta(days=2), datetime(1969, 12, 31, tzinfo=UTC)):
        with pytest.raises(TooFar):
            add_business_seconds(schedule, outside, 1)
    with pytest.raises(TooFar):
        add_business_seconds(schedule, last, HOUR + 1)
    with pytest.raises(GoesBack):
        add_business_seconds(schedule, last, -1)
