"""What a cart comes to, and whether a gateway's word may be believed: decided without a database."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.gateways.contract import GatewayRefused
from careline.domain.orders.gateways.stripe.amounts import counted, minor_of
from careline.domain.orders.gateways.stripe.signing import header_of, is_signed
from careline.domain.orders.rules.selling import CartLine, Tax, reckoned, sums_of, unit_price, with_item
from careline.domain.orders.rules.selling_prices import Changed, changed_prices

VAT = Tax("VAT", 190_000)
TIERS = {"tiers": [{"from": 10, "percent": 5}, {"from": 50, "percent": 12}]}


def item(price: int, units: int = 1, variant: int = 1) -> CartLine:
    return CartLine("item", "Helmet", price * units, variant, units, price)


def test_a_discount_by_rate_follows_the_goods_and_the_tax_follows_both() -> None:
    lines = [
        item(4995, 3),
        CartLine("discount", "", 0, rate=150_000),
        CartLine("shipping", "Parcel", 590),
        CartLine("tax", "old", 1),
    ]
    found = reckoned(lines, VAT)
    # 149.85, 15 % off is 22.4775: half to even 22.48; 19 % on 133.27 is 25.3213
    assert [(line.kind, line.amount) for line in found] == [
        ("item", 14985),
        ("shipping", 590),
        ("discount", -2248),
        ("tax", 2532),
    ]
    assert sums_of(found).total == 14985 - 2248 + 590 + 2532


def test_a_discount_is_never_more_than_the_goods() -> None:
    with pytest.raises(OrderRefused) as raised:
        reckoned([item(1000), CartLine("discount", "", -1001)], VAT)
    assert raised.value.code == "discount_too_large"
    assert sums_of(reckoned([item(1000), CartLine("discount", "", -1000)], VAT)).total == 0


def test_a_price_falls_by_quantity_where_the_product_says_so() -> None:
    assert [unit_price(999, "tiers", TIERS, units) for units in (1, 9, 10, 49, 50)] == [999, 999, 949, 949, 879]
    assert unit_price(999, "one_off", TIERS, 50) == 999


def test_nothing_of_a_thing_takes_it_out_and_too_much_is_refused() -> None:
    assert with_item([item(1000)], item(1000, 0)) == []
    assert with_item([item(1000), item(500, 1, 2)], item(1000, 3)) == [item(1000, 3), item(500, 1, 2)]
    with pytest.raises(OrderRefused):
        with_item([], item(1000, 10_001))


def test_what_changed_in_the_shop_is_named_with_both_prices() -> None:
    row = SimpleNamespace(price=1100, is_available=True, billing="one_off", terms={})
    gone = SimpleNamespace(price=1000, is_available=False, billing="one_off", terms={})
    assert changed_prices([item(1000)], {1: row}) == [Changed(1, "Helmet", 1000, 1100)]
    assert changed_prices([item(1000)], {1: gone}) == [Changed(1, "Helmet", 1000, None)]
    assert changed_prices([item(1100)], {1: row}) == []


@settings(max_examples=40, deadline=None)
@given(
    some.lists(some.tuples(some.integers(0, 99_999), some.integers(1, 99)), min_size=1, max_size=8),
    some.integers(0, 1_000_000), some.integers(0, 5_000), some.integers(0, 300_000),
)  # fmt: skip
def test_the_parts_always_make_up_the_total(goods: list[tuple[int, int]], off: int, shipping: int, tax: int) -> None:
    lines = [item(price, units, n) for n, (price, units) in enumerate(goods)]
    extra = [CartLine("discount", "", 0, rate=off), CartLine("shipping", "Parcel", shipping)]
    try:
        sums = sums_of(reckoned([*lines, *extra], Tax("VAT", tax)))
    except OrderRefused as refused:
        assert refused.code == "nothing_to_part"  # nothing but free goods: there is nothing that a tax could be for
        return
    assert sums.total == sums.goods - sums.discount + sums.shipping + sums.tax >= 0


BODY, SECRET = b'{"id": "evt_1"}', "whsec_test"


def test_a_signature_is_believed_within_five_minutes_and_by_v1_alone() -> None:
    header = header_of(BODY, secret=SECRET, moment=1000)
    signature = header.partition("v1=")[2]
    tried = {
        "as it came": (BODY, header, 1000), "at the edge": (BODY, header, 1300), "too old": (BODY, header, 1301),
        "from tomorrow": (BODY, header, 699), "another body": (BODY + b" ", header, 1000), "another scheme": (BODY, f"t=1000,v0={signature}", 1000),
        "a second one that fits": (BODY, f"t=1000,v1=00,v1={signature}", 1000), "no moment": (BODY, f"v1={signature}", 1000),
        "nothing": (BODY, "", 1000), "no latin": (BODY, "t=1000,v1=\u00fc", 1000),
    }  # fmt: skip
    found = {name for name, (body, said, now) in tried.items() if is_signed(body, said, secret=SECRET, now=now)}
    assert found == {"as it came", "at the edge", "a second one that fits"}
    assert not is_signed(BODY, header_of(BODY, secret="", moment=1000), secret="", now=1000)


def test_amounts_are_counted_as_the_gateway_does() -> None:
    assert [counted(1250, "EUR"), counted(500, "JPY"), counted(500, "ISK"), counted(1230, "KWD")] == [
        1250,
        500,
        50_000,
        1230,
    ]
    assert [minor_of(50_000, "ISK"), minor_of(1250, "EUR")] == [500, 1250]
    with pytest.raises(GatewayRefused):
        counted(1235, "KWD")
