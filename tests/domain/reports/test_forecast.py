"""What is to be expected: the mean of the last four same slots, with holidays, changed clocks and young histories."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from careline.domain.reports.rules.forecast import (
    Counts,
    History,
    WeekError,
    forecast,
    off_by,
    past_errors,
    slots_of,
    whole_days,
)

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
EARLY = date(2026, 1, 1)
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)


def at(on: date, hour: int, minute: int = 0) -> datetime:
    """The wall clock's time in Berlin; where it is shown twice, the first."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def history(
    counts: Counts,
    *,
    first: date | None = EARLY,
    interval: int = 60,
    special: Callable[[date], bool] = lambda on: False,
) -> History:
    return History(counts, zone=BERLIN, interval=interval, first=first, last=MONDAY - DAY, is_special=special)


def expected_at(held: History, on: date, hour: int, *, begins: date = MONDAY) -> tuple[float | None, tuple[date, ...]]:
    days = (on - begins).days + 1
    found = [
        one for one in forecast(held, begins=begins, days=days) if one.slot.on == on and one.slot.minute == hour * 60
    ]
    return found[0].mean, found[0].of


def test_a_slot_is_expected_to_be_like_the_last_four_of_its_weekday_and_hour() -> None:
    counts = {at(MONDAY - n * WEEK, 9, 15): n for n in range(1, 7)}
    counts[at(MONDAY - WEEK, 9, 45)] = 3
    counts[at(MONDAY - DAY, 9)] = 100
    mean, of = expected_at(history(counts), MONDAY, 9)
    assert mean == (1 + 3 + 2 + 3 + 4) / 4
    assert of == tuple(MONDAY - n * WEEK for n in range(1, 5))
    assert expected_at(history(counts), MONDAY + 3 * WEEK, 9)[0] == mean


def test_half_hours_are_told_apart() -> None:
    counts = {at(MONDAY - n * WEEK, 9, 45): 4 for n in range(1, 5)}
    found = {one.slot.minute: one.mean for one in forecast(history(counts, interval=30), begins=MONDAY, days=1)}
    assert (found[9 * 60], found[9 * 60 + 30], len(found)) == (0, 4, 48)


def test_four_weeks_are_foretold_slot_by_slot() -> None:
    held = history({})
    assert len(forecast(held, begins=MONDAY)) == 4 * 7 * 24


def test_what_lies_before_the_first_case_is_not_known_rather_than_nothing() -> None:
    counts = {at(MONDAY - WEEK, 9): 6, at(MONDAY - 2 * WEEK, 9): 2}
    assert expected_at(history(counts, first=MONDAY - 2 * WEEK), MONDAY, 9)[0] == 4
    assert expected_at(history(counts, first=MONDAY - WEEK + DAY), MONDAY, 9) == (None, ())
    assert expected_at(history({}, first=None), MONDAY, 9) == (None, ())


def test_a_holiday_is_not_taken_for_an_ordinary_day() -> None:
    holiday = MONDAY - WEEK
    counts = {at(MONDAY - n * WEEK, 9): 10 for n in range(1, 6)} | {at(holiday, 9): 1}
    held = history(counts, special=lambda on: on == holiday)
    assert expected_at(held, MONDAY, 9) == (10, tuple(MONDAY - n * WEEK for n in range(2, 6)))


def test_a_coming_holiday_is_like_those_before_it() -> None:
    holidays = {MONDAY + DAY, MONDAY - 3 * WEEK, MONDAY - 30 * DAY}
    counts = {at(MONDAY - 3 * WEEK, 9): 2, at(MONDAY - 30 * DAY, 9): 4}
    held = history(counts, special=lambda on: on in holidays)
    assert expected_at(held, MONDAY + DAY, 9) == (3, (MONDAY - 3 * WEEK, MONDAY - 30 * DAY))


def test_the_first_holiday_is_like_sundays() -> None:
    counts = {at(MONDAY - DAY - n * WEEK, 9): 1 for n in range(4)} | {
        at(MONDAY + DAY - n * WEEK, 9): 9 for n in range(1, 5)
    }
    held = history(counts, special=lambda on: on == MONDAY + DAY)
    assert expected_at(held, MONDAY + DAY, 9) == (1, tuple(MONDAY - DAY - n * WEEK for n in range(4)))


def test_the_night_that_loses_an_hour_has_twenty_three_slots_and_takes_its_hour_from_earlier() -> None:
    spring, after = date(2026, 3, 29), date(2026, 4, 5)
    assert [slot.minute // 60 for slot in slots_of(spring, BERLIN, 60)] == [0, 1, *range(3, 24)]
    counts = {at(after - n * WEEK, 2, 30): 2 for n in range(2, 7)}
    held = History(counts, zone=BERLIN, interval=60, first=EARLY, last=after - DAY, is_special=lambda on: False)
    assert expected_at(held, after, 2, begins=after) == (2, tuple(after - n * WEEK for n in range(2, 6)))
    assert expected_at(held, after, 3, begins=after)[1] == tuple(after - n * WEEK for n in range(1, 5))


def test_the_hour_that_is_shown_twice_has_two_slots_and_counts_once() -> None:
    autumn = date(2026, 10, 25)
    slots = [slot for slot in slots_of(autumn, BERLIN, 60) if slot.minute == 120]
    assert [slot.start for slot in slots] == [datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in (0, 1)]
    assert len(list(slots_of(autumn, BERLIN, 60))) == 25
    counts = {slots[0].start: 6, slots[1].start: 2}
    assert history(counts).of_day(autumn)[120] == 4


def test_a_past_week_is_foretold_from_what_was_known_on_its_monday() -> None:
    """Every week brings two at nine and two at ten on Monday; the last one four and two, and one on Sunday."""
    counts = {at(MONDAY - n * WEEK, hour): 2 for n in range(1, 10) for hour in (9, 10)}
    counts |= {at(MONDAY - WEEK, 9): 4, at(MONDAY - DAY, 12): 1}
    latest, before, *_ = past_errors(history(counts), before=MONDAY)
    assert latest == WeekError(MONDAY - WEEK, 7, 4, 3 / 7, 3 / 7)
    assert before == WeekError(MONDAY - 2 * WEEK, 4, 4, 0, 0)


def test_weeks_before_the_history_have_no_error_and_the_first_one_none_either() -> None:
    counts = {at(MONDAY - n * WEEK, 9): 2 for n in (1, 2)}
    assert past_errors(history(counts, first=MONDAY - 2 * WEEK), before=MONDAY) == [
        WeekError(MONDAY - WEEK, 2, 2, 0, 0),
        WeekError(MONDAY - 2 * WEEK, 2, None, None, None),
    ]
    assert past_errors(history({}, first=None), before=MONDAY) == []


def test_where_nothing_came_there_is_no_share_to_be_off_by() -> None:
    assert (off_by([(0, 3.0)]), off_by([(4, 3.0), (0, 1.0)])) == (None, 0.5)


def test_the_day_of_the_first_case_is_no_whole_day() -> None:
    first = datetime(2026, 11, 1, 22, 30, tzinfo=UTC)
    now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert whole_days(first, at=now, zone=BERLIN) == (date(2026, 11, 2), date(2026, 11, 22))
    assert whole_days(None, at=now, zone=BERLIN)[0] is None
