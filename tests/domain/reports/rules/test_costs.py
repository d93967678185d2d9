"""What an hour costs on a day, and what that makes of hours that were recorded: reckoned by hand."""

from __future__ import annotations

from datetime import date

import pytest

from careline.domain.reports.rules.costs import (
    Cost,
    HourPrice,
    Prices,
    Worked,
    costs_of,
    in_force,
    prices_from,
    prices_kept,
)

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
WORKSHOP = 7
PRICES = Prices("EUR", (
    HourPrice(JUNE, 3600), HourPrice(JULY, 4000), HourPrice(JUNE, 6000, role="team_lead"), HourPrice(JULY, 5000, team=WORKSHOP),
))  # fmt: skip


@pytest.mark.parametrize(("role", "team", "on", "price"), [
    ("representative", None, JUNE, 3600), ("representative", None, date(2026, 6, 30), 3600), ("representative", None, JULY, 4000),
    ("team_lead", None, JULY, 6000), ("team_lead", WORKSHOP, JULY, 6000), ("representative", WORKSHOP, JULY, 5000),
    ("representative", WORKSHOP, JUNE, 3600), ("", None, JULY, 4000), ("team_lead", None, date(2026, 5, 31), None),
])  # fmt: skip
def test_the_most_particular_price_of_the_day_counts(role: str, team: int | None, on: date, price: int | None) -> None:
    assert PRICES.of(role, team, on) == price


def test_a_case_costs_the_hours_of_all_who_worked_on_it() -> None:
    half_an_hour = Worked("", "representative", None, JUNE, 1800)
    a_quarter = Worked("", "team_lead", None, JULY, 900)
    cost = costs_of([half_an_hour, a_quarter], {"": 2}, PRICES)[""]
    assert (cost.total, cost.each, cost.unpriced) == (1800 + 1500, 1650, 0)


def test_work_without_a_price_is_left_out_and_said() -> None:
    cost = costs_of([Worked("", "", None, JUNE, 3600), Worked("", "", None, date(2026, 5, 1), 1200)], {"": 1}, PRICES)[
        ""
    ]
    assert (cost.total, cost.each, cost.unpriced, cost.seconds) == (3600, 3600, 1200, 4800)


def test_nothing_priced_is_no_cost_and_not_a_cost_of_nothing() -> None:
    assert (Cost(3, 500).total, Cost(3, 500).each, Cost().each) == (None, None, None)
    assert costs_of([Worked("", "", None, JUNE, 60)], {"": 1}, Prices("EUR", (HourPrice(JUNE, 0),)))[""].each == 0


def test_cents_are_rounded_once_at_the_end() -> None:
    seconds_each = [Worked("", "", None, JUNE, 1)] * 5
    assert costs_of(seconds_each, {"": 1}, Prices("EUR", (HourPrice(JUNE, 360),)))[""].total == 1


def test_of_the_same_holder_and_day_the_new_price_stands() -> None:
    assert Prices("EUR", (HourPrice(JUNE, 1),)).with_price(HourPrice(JUNE, 2), "EUR").all == (HourPrice(JUNE, 2),)
    assert PRICES.without(HourPrice(JULY, 0)).of("", None, JULY) == 3600


def test_the_last_price_that_goes_takes_the_currency_with_it() -> None:
    assert Prices("EUR", (HourPrice(JUNE, 1),)).without(HourPrice(JUNE, 1)) == Prices()


def test_of_each_holder_one_price_counts_today() -> None:
    assert in_force(PRICES.all, JULY) == {
        HourPrice(JULY, 4000),
        HourPrice(JUNE, 6000, role="team_lead"),
        HourPrice(JULY, 5000, team=WORKSHOP),
    }
    assert in_force(PRICES.all, date(2026, 1, 1)) == set()


def test_prices_are_kept_as_they_are() -> None:
    assert prices_from(prices_kept(PRICES)) == PRICES
    assert prices_from(None) == Prices()
