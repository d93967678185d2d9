"""What changed more than chance would have it, and when a week or a month is over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from math import comb
from zoneinfo import ZoneInfo

import pytest

from careline.domain.reports.rules.periods import Period, before, bounds, ended_before, month_of, next_due, week_of
from careline.domain.reports.rules.summary import chance_of, changes_of

BERLIN = ZoneInfo("Europe/Berlin")


def judged(*counts: tuple[int, int], days: int = 7, days_before: int = 7) -> list[str]:
    return [one.judgement for one in changes_of(counts, days=days, days_before=days_before)]


def test_a_few_cases_more_are_noise() -> None:
    assert judged((12, 8), (8, 12), (20, 20)) == ["noise", "noise", "noise"]


def test_a_jump_is_more_than_noise_either_way() -> None:
    assert judged((40, 10), (3, 30)) == ["more", "fewer"]


def test_of_very_few_cases_nothing_is_said() -> None:
    assert judged((9, 0), (0, 0), (10, 0)) == ["too_few", "too_few", "more"]


def test_a_longer_month_brings_more_without_anything_having_changed() -> None:
    assert judged((3100, 2800), days=31, days_before=28) == ["noise"]
    assert judged((3100, 2800), days=30, days_before=30) == ["more"]


def test_what_stands_out_alone_may_be_chance_among_many() -> None:
    alone = (19, 7)
    assert judged(alone) == ["more"]
    assert judged(alone, *[(10, 10)] * 20)[0] == "noise"


def test_the_chance_is_that_of_the_exact_test() -> None:
    assert chance_of(9, 10, 0.5) == pytest.approx(2 * (comb(10, 0) + comb(10, 1)) / 2**10)
    assert (chance_of(5, 10, 0.5), chance_of(0, 0, 0.5)) == (pytest.approx(1), 1.0)


def test_the_exact_and_the_normal_test_agree_where_they_meet() -> None:
    assert chance_of(540, 1000, 0.5) == pytest.approx(chance_of(541, 1002, 0.5), rel=0.02)


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    assert week_of(date(2026, 11, 22)) == Period(date(2026, 11, 16), date(2026, 11, 23))
    assert month_of(date(2026, 12, 31)) == Period(date(2026, 12, 1), date(2027, 1, 1))
    assert before(month_of(date(2026, 3, 9)), "month") == Period(date(2026, 2, 1), date(2026, 3, 1))
    assert before(Period(date(2026, 3, 9), date(2026, 3, 12))) == Period(date(2026, 3, 6), date(2026, 3, 9))
    assert ended_before("week", date(2026, 11, 23)) == Period(date(2026, 11, 16), date(2026, 11, 23))
    assert ended_before("month", date(2026, 11, 1)) == Period(date(2026, 10, 1), date(2026, 11, 1))


def test_a_report_is_due_on_the_morning_after_by_the_clock_there() -> None:
    sunday = datetime(2026, 10, 25, 12, tzinfo=UTC)
    assert next_due("week", 480, zone=BERLIN, after=sunday) == datetime(2026, 10, 26, 7, tzinfo=UTC)
    assert next_due("month", 480, zone=BERLIN, after=sunday) == datetime(2026, 11, 1, 7, tzinfo=UTC)
    monday = datetime(2026, 10, 26, 7, tzinfo=UTC)
    assert next_due("week", 480, zone=BERLIN, after=monday) == datetime(2026, 11, 2, 7, tzinfo=UTC)


def test_a_day_in_which_the_clock_is_changed_has_its_own_length() -> None:
    begins, ends = bounds(Period(date(2026, 10, 25), date(2026, 10, 26)), BERLIN)
    assert (begins, ends) == (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))
