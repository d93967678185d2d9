"""In which tier somebody is: by what they kept, within the tier's own months, to the day and to the cent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careline.domain.loyalty.rules.tiers import Bought, Change, Counted, Held, Tier, change_of, months_before, tier_of
from careline.kit.money import Money

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SILVER = Tier(1, "silver", "Silver", 1, 12, Money(10_000, "EUR"))
GOLD = Tier(2, "gold", "Gold", 2, 12, Money(50_000, "EUR"), 3)
FRIENDS = Tier(3, "friends", "Friends", 3)
TIERS = (SILVER, GOLD, FRIENDS)


def worth(money: Money, currency: str) -> int | None:
    return money.minor if money.currency == currency else {"USD": money.minor // 2}.get(money.currency)


def bought(*amounts: int, days: int = 30, currency: str = "EUR") -> list[Bought]:
    return [Bought(AT - timedelta(days=days), Money(amount, currency)) for amount in amounts]


def tier(*orders: Bought) -> str:
    found = tier_of(orders, TIERS, worth, at=AT).tier
    return found.code if found else ""


def test_a_tier_is_reached_with_the_last_cent_and_the_last_order() -> None:
    assert tier() == ""
    assert tier(*bought(9_999)) == ""
    assert tier(*bought(10_000)) == "silver"
    assert tier(*bought(50_000)) == "silver", "three orders are asked as well"
    assert tier(*bought(49_998, 1, 1)) == "gold"
    assert tier_of(bought(6_000, 5_000), TIERS, worth, at=AT) == Counted(SILVER, Money(11_000, "EUR"), 2)


def test_what_is_longer_ago_than_the_tier_looks_back_counts_no_more() -> None:
    edge = months_before(AT, 12)
    assert tier(Bought(edge, Money(10_000, "EUR"))) == ""
    assert tier(Bought(edge + timedelta(seconds=1), Money(10_000, "EUR"))) == "silver"
    assert tier(Bought(AT + timedelta(seconds=1), Money(10_000, "EUR"))) == "", "tomorrow's order does not count today"


def test_other_currencies_count_by_their_rate_and_without_one_for_nothing() -> None:
    assert tier(*bought(20_000, currency="USD")) == "silver"
    assert tier(*bought(1_000_000, currency="JPY")) == ""


def test_one_that_asks_nothing_is_given_by_hand_only() -> None:
    assert tier(*bought(10**9, 1, 1, 1)) == "gold"


def test_what_a_hand_wrote_into_the_field_stays_and_an_emptied_one_is_counted_again() -> None:
    silver = Counted(SILVER)
    assert change_of(Held(), silver, TIERS) == Change(1, False, "silver")
    assert change_of(Held(1, "silver", False, "silver"), silver, TIERS) is None
    assert change_of(Held(1, "silver", False, "friends"), silver, TIERS) == Change(3, True, None)
    assert change_of(Held(3, "friends", True, "friends"), silver, TIERS) is None
    assert change_of(Held(3, "friends", True, ""), silver, TIERS) == Change(1, False, "silver")
    assert change_of(Held(1, "silver", False, "platinum"), silver, TIERS) is None, "a word that is no tier is not ours"
    assert change_of(Held(1, "silver", False, "silver"), Counted(None), TIERS) == Change(None, False, "")
    assert change_of(Held(9, "bronze", True, "bronze"), silver, TIERS) == Change(1, False, "silver"), "its tier ended"


def test_months_end_where_the_month_ends() -> None:
    assert months_before(datetime(2026, 3, 31, tzinfo=UTC), 1) == datetime(2026, 2, 28, tzinfo=UTC)
    assert months_before(datetime(2024, 2, 29, tzinfo=UTC), 12) == datetime(2023, 2, 28, tzinfo=UTC)
    assert months_before(datetime(2026, 1, 15, tzinfo=UTC), 13) == datetime(2024, 12, 15, tzinfo=UTC)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(1, 60_000), max_size=6), st.integers(1, 60_000))
def test_buying_more_never_lowers_a_tier(amounts: list[int], more: int) -> None:
    def place(found: Counted) -> int:
        return found.tier.position if found.tier else 0

    before = tier_of(bought(*amounts), TIERS, worth, at=AT)
    assert place(tier_of(bought(*amounts, more), TIERS, worth, at=AT)) >= place(before)
