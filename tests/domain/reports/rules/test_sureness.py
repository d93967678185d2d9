"""How sure a number is, and what stands out."""

from __future__ import annotations

import pytest

from careline.domain.reports.rules.asking import Asked, BadQuestion
from careline.domain.reports.rules.emerging import judged
from careline.domain.reports.rules.intervals import differ, wilson
from careline.domain.reports.rules.measures import MEASURES
from careline.domain.reports.rules.sums import Sum
from careline.domain.reports.rules.values import Figure, value_of


@pytest.mark.parametrize(
    ("part", "n", "low", "high"), [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]
)  # fmt: skip
def test_the_interval_is_wilsons(part: int, n: int, low: float, high: float) -> None:
    found = wilson(part, n)
    assert found is not None
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


def test_of_nothing_there_is_no_interval() -> None:
    assert wilson(0, 0) is None


def test_a_few_cases_are_too_few_to_differ() -> None:
    assert differ((3, 4), (1, 4)) is False
    assert differ((300, 400), (100, 400)) is True


def test_a_day_far_above_its_baseline_is_told() -> None:
    said = judged([1, 2, 1, 2, 1, 2, 1, 9, 9, 8])
    assert said is not None
    assert (said.is_alarm, said.baseline, said.count) == (True, (1, 2, 1, 2, 1, 2, 1), 8)


def test_the_two_days_before_are_not_looked_at() -> None:
    calm, busy = judged([1, 2, 1, 2, 1, 2, 1, 0, 0, 8]), judged([1, 2, 1, 2, 1, 2, 1, 50, 50, 8])
    assert calm is not None
    assert busy is not None
    assert calm.score == busy.score


def test_two_cases_of_something_new_are_no_alarm_and_three_are() -> None:
    alarms = [said.is_alarm for count in (2, 3) if (said := judged([0] * 9 + [count])) is not None]
    assert alarms == [False, True]


def test_too_few_days_say_nothing() -> None:
    assert judged([1] * 9) is None


def test_null_is_not_zero() -> None:
    assert value_of(MEASURES["resolution"], Sum()) is None
    assert value_of(MEASURES["resolution"], Sum(2, 0, 0)) == 0
    assert value_of(MEASURES["opened"], Sum()) == 0


def test_nobody_is_ranked_by_nine_cases() -> None:
    figures = [Figure(MEASURES["satisfied"], Sum(n, n, 0), Sum()) for n in (9, 10)]
    assert [figure.is_unsure for figure in figures] == [True, False]


def test_points_are_promoters_less_detractors() -> None:
    assert value_of(MEASURES["nps"], Sum(4, 1, 0)) == 25


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    from datetime import date

    with pytest.raises(BadQuestion):
        Asked(date(2026, 11, 2), date(2026, 11, 1))
