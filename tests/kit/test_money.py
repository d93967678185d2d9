"""Amounts to the unit: read, written, parted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careline.kit.money import BadMoney, Money, decimal_of, money_of, portion, shares


@pytest.mark.parametrize(
    ("words", "currency", "minor"),
    [
        ("12.50", "EUR", 1250),
        ("12.5", "eur", 1250),
        ("-0.01", "EUR", -1),
        ("1000", "JPY", 1000),
        ("1.005", "KWD", 1005),
        ("1.500", "EUR", 150),
    ],
)
def test_an_amount_is_read_in_its_currency(words: str, currency: str, minor: int) -> None:
    assert money_of(words, currency) == Money(minor, currency.upper())


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        ("1.005", "EUR"),
        ("1.5", "JPY"),
        ("1e3", "EUR"),
        ("", "EUR"),
        ("NaN", "EUR"),
        ("١٢", "EUR"),
        ("9" * 16, "EUR"),
        ("1", "XXQ"),
        ("1,5", "EUR"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_sentence(words: str, currency: str) -> None:
    with pytest.raises(BadMoney) as refused:
        money_of(words, currency)
    assert str(refused.value).endswith(".")


def test_currencies_are_never_mixed() -> None:
    with pytest.raises(BadMoney):
        Money(1, "EUR") + Money(1, "USD")
    assert Money(150, "EUR") - Money(50, "EUR") == Money(100, "EUR")


def test_amounts_are_read_out_with_as_many_decimals_as_the_currency_has() -> None:
    assert (Money(1250, "EUR").words("en"), Money(1000, "JPY").words("en"), Money(1250, "EUR").words("de")) == (
        "€12.50",
        "¥1,000",
        "12,50\xa0€",
    )
    assert [decimal_of(5, "EUR"), decimal_of(-5, "EUR"), decimal_of(5, "JPY"), decimal_of(5, "KWD")] == [
        "0.05",
        "-0.05",
        "5",
        "0.005",
    ]


def test_half_units_go_to_the_even_one() -> None:
    assert [portion(total, 1, 2) for total in (1, 3, 5, -1, -3, 4)] == [0, 2, 2, 0, -2, 2]
    assert [portion(10, 1, 3), portion(20, 1, 3), portion(10, 3, 3)] == [3, 7, 10]


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_parts_always_make_up_the_whole(total: int, weights: list[int]) -> None:
    parts = shares(total, weights)
    assert sum(parts) == (total if sum(weights) else 0)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)
