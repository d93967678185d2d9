"""What a period costs and what of it is left, decided without a database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from careline.domain.orders.rules.subscriptions import due_for, period_after, price_of, rest_of, terms_of

START = datetime(2026, 1, 31, 9, tzinfo=UTC)


def test_months_end_on_the_day_they_were_begun_on_or_on_their_last() -> None:
    ends, at = [], START
    for _ in range(4):
        at = period_after(at, anchor=31, period="month", every=1)
        ends.append((at.month, at.day))
    assert ends == [(2, 28), (3, 31), (4, 30), (5, 31)]
    assert period_after(datetime(2028, 2, 29, tzinfo=UTC), anchor=29, period="year", every=1) == datetime(
        2029, 2, 28, tzinfo=UTC
    )
    assert period_after(START, anchor=31, period="week", every=2) == START + timedelta(days=14)


def test_terms_of_other_shops_that_say_nonsense_are_read_as_far_as_they_make_sense() -> None:
    odd = {
        "period": "month",
        "every": 0,
        "trial_days": "x",
        "tiers": [{"from": 10, "percent": 5}, {"from": 1}, "no", {"from": 50, "percent": 200}],
    }
    found = terms_of("subscription", odd)
    assert found is not None
    assert (found.every, found.trial_days, found.tiers) == (1, 0, ((10, 5),))
    assert [terms_of("subscription", {"period": "moon"}), terms_of("one_off", {"period": "month"})] == [None, None]


@given(st.integers(0, 10**9), st.integers(0, 40), st.integers(1, 36), st.integers(0, 100), st.integers(0, 10**9))
def test_nothing_is_lost_or_made_by_parting_a_period(
    price: int, day: int, months: int, percent: int, credit: int
) -> None:
    end = START
    for _ in range(months):
        end = period_after(end, anchor=31, period="month", every=1)
    rest = rest_of(price, START, end, at=START + timedelta(days=day))
    assert 0 <= rest <= price
    assert rest_of(price, START, end, at=START) == price
    assert rest_of(price, START, end, at=end) == 0
    due = due_for(price, offer_percent=percent, credit=credit)
    assert due.full - due.discount == due.from_credit + due.amount
    assert (due.from_credit <= credit, due.amount >= 0, price_of(price, 1, percent) == price - due.discount) == (
        True,
        True,
        True,
    )
