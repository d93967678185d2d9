"""Orders of a shop elsewhere: followed forward, each thing once, whatever it tells and however it fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from careline.domain.orders.commands import shops_orders
from careline.domain.orders.errors import NotFound
from careline.domain.orders.shops import BadEvent
from careline.flows.follow_shop import take_shop_event
from careline.kit import db
from tests.outside_shop import Elsewhere, credited, elsewhere, order_key, orders, payments, sold, worked
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)
MUCH_LATER = NOON + timedelta(hours=2)
ALL = [{"key": 1, "units": {11: 2, 12: 1}, "carrier": "DHL", "tracking": "00340"}]


@pytest.fixture
def world(settings: Any) -> World:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    return make_world()


@pytest.fixture(params=["shopify", "woocommerce"])
def shop(world: World, request: pytest.FixtureRequest) -> Iterator[Elsewhere]:
    with elsewhere(world, request.param) as found:
        found.fake.put(sold())
        yield found


@pytest.fixture
def shopify(world: World) -> Iterator[Elsewhere]:
    with elsewhere(world, "shopify") as found:
        found.fake.put(sold())
        yield found


def events() -> list[tuple[str, str]]:
    return [tuple(row) for row in db.rows("SELECT external_id, state FROM orders_shopevent ORDER BY id")]


def test_an_order_that_is_told_of_is_asked_for_and_written_down_for_whoever_has_the_address(
    shop: Elsewhere, world: World
) -> None:
    assert (shop.tell(), worked()) == (True, 1)
    assert orders() == [("WEB-1001", "processed", 7000, "EUR")]
    assert payments() == [("payment", "settled", 7000)]
    found = db.row(
        "SELECT customer_id, source, mail, address ->> 'postcode' AS postcode FROM orders_order WHERE number = 'WEB-1001'"
    )
    assert tuple(found) == (world.carol, "Northwind Web", "carol@example.com", "53111")
    lines = db.rows(
        "SELECT kind, name, quantity, amount, due FROM orders_line WHERE order_id = %s ORDER BY position", [order_key()]
    )
    assert [tuple(row) for row in lines] == [
        ("item", "Helmet", 2, 5000, 5000), ("item", "Lock", 1, 1500, 1500), ("shipping", "Parcel", 1, 500, 500),
    ]  # fmt: skip


def test_the_same_event_twice_is_one_and_two_of_one_state_do_nothing_again(shop: Elsewhere) -> None:
    assert [shop.tell(), shop.tell(), worked()] == [True, False, 1]
    before = db.value("SELECT version FROM orders_order WHERE number = 'WEB-1001'")
    assert [shop.tell(event="e-2"), worked()] == [True, 1]
    assert db.value("SELECT version FROM orders_order WHERE number = 'WEB-1001'") == before
    assert (len(orders()), events()) == (1, [("e-1", "done"), ("e-2", "ignored")])


def test_what_is_not_signed_or_signed_by_another_is_not_kept(shop: Elsewhere) -> None:
    told = shop.fake.tell(1001, "orders/updated", event="e-1")
    for body, headers in (
        (told.body + b" ", told.headers),
        (told.body, {}),
        (told.body, dict.fromkeys(told.headers, "é")),
    ):
        with pytest.raises(BadEvent):
            take_shop_event(shop.row.token, body, headers, at=NOON)
    with pytest.raises(NotFound):
        take_shop_event("another", told.body, told.headers, at=NOON)
    assert events() == []


def test_what_is_older_than_what_is_known_changes_nothing(shop: Elsewhere) -> None:
    early = shop.fake.tell(1001, "orders/updated" if shop.kind == "shopify" else "order.updated", event="early")
    shop.change(at=LATER, parcels=ALL)
    shop.tell(event="late")
    worked()
    assert orders()[0][1] == "shipped"
    assert take_shop_event(shop.row.token, early.body, early.headers, at=LATER) is False
    shop.change(at=NOON - timedelta(days=1), parcels=[])  # as a copy of it that lags behind would say
    shop.tell(event="lags", at=LATER)
    worked(LATER)
    assert orders()[0][1] == "shipped"
    assert events() == [("late", "done"), ("early", "ignored"), ("lags", "ignored")]


def test_parcels_come_with_their_numbers_each_once_and_arrive(shopify: Elsewhere) -> None:
    shopify.tell()
    worked()
    shopify.change(at=LATER, parcels=[{"key": 1, "units": {11: 1}, "carrier": "DHL", "tracking": "1"}])
    shopify.tell(event="e-2", at=LATER)
    worked(LATER)
    assert orders()[0][1] == "processed"
    two = [
        {"key": 1, "units": {11: 1}, "carrier": "DHL", "tracking": "1b", "delivered": True},
        {"key": 2, "units": {11: 1, 12: 1}, "carrier": "DHL", "tracking": "2", "delivered": True},
    ]
    shopify.change(at=MUCH_LATER, parcels=two)
    shopify.tell(event="e-3", at=MUCH_LATER)
    worked(MUCH_LATER)
    found = db.rows("SELECT tracking, state FROM orders_shipment WHERE order_id = %s ORDER BY id", [order_key()])
    assert [tuple(row) for row in found] == [("1b", "delivered"), ("2", "delivered")]
    assert orders()[0][1] == "delivered"


def test_a_refund_made_there_is_written_down_once_and_never_undone(shop: Elsewhere) -> None:
    shop.tell()
    worked()
    refund = {"id": 801, "amount": "25.00", "note": "", "lines": [{"line_item_id": 11, "quantity": 1}]}
    shop.change(at=LATER, refunds=[refund])
    for event in ("e-2", "e-3"):
        shop.tell(event=event, at=LATER)
        worked(LATER)
    assert payments() == [("payment", "settled", 7000), ("refund", "settled", 2500)]
    assert (sum(credited()), credited()[0] if shop.kind == "shopify" else 2500) == (2500, 2500)
    shop.change(at=MUCH_LATER, refunds=[])
    shop.tell(event="e-4", at=MUCH_LATER)
    worked(MUCH_LATER)
    assert len(payments()) == 2


def test_what_is_cancelled_there_is_cancelled_here(shop: Elsewhere) -> None:
    shop.tell()
    worked()
    refund = {"id": 801, "amount": "70.00", "note": "", "lines": []}
    shop.change(at=LATER, cancelled_at=LATER, refunds=[refund])
    shop.tell(event="e-2", at=LATER)
    worked(LATER)
    assert (orders()[0][1], sum(credited()), payments()[1]) == ("cancelled", 7000, ("refund", "settled", 7000))


def test_a_busy_shop_is_asked_again_when_it_wants_and_nothing_is_lost(shop: Elsewhere) -> None:
    shop.fake.faults = ["busy", "broken", "lost"]
    shop.tell()
    for n in range(3):
        worked(NOON + timedelta(hours=n))
    assert (orders(), events()) == ([], [("e-1", "new")])
    assert shop.row.sentence != ""
    worked(NOON + timedelta(hours=9))
    assert (len(orders()), events()) == (1, [("e-1", "done")])


def test_retry_after_is_respected(shopify: Elsewhere) -> None:
    shopify.fake.faults = ["busy"]
    shopify.tell()
    worked()
    asked = len(shopify.fake.asked)
    worked(NOON + timedelta(seconds=6))
    assert len(shopify.fake.asked) == asked


@pytest.mark.parametrize("kind", ["shopify", "woocommerce"])
def test_a_lost_webhook_loses_nothing_however_many_pages_there_are(world: World, kind: str) -> None:
    with elsewhere(world, kind, page=2, is_asked=True) as shop:
        for n in range(5):  # three of them in one second
            shop.fake.put(sold(1001 + n, updated_at=NOON - timedelta(minutes=60 - max(0, n - 2))))
        shop.fake.faults = ["", "busy"]
        worked()
        assert len(orders()) == 2
        worked(LATER)
        assert [row[0] for row in orders()] == [f"WEB-{1001 + n}" for n in range(5)]
        worked(MUCH_LATER)
        shop.change(1002, at=MUCH_LATER, parcels=ALL)
        worked(MUCH_LATER + timedelta(minutes=6))
        assert [row[1] for row in orders()] == ["processed", "shipped", *["processed"] * 3]
        assert shop.row.heard_at == MUCH_LATER + timedelta(minutes=6)


def test_one_that_can_not_be_read_stands_in_the_settings_and_holds_nothing_up(world: World) -> None:
    with elsewhere(world, "shopify", is_asked=True) as shop:
        shop.fake.put(sold(1001, total="70.005"))
        shop.fake.put(sold(1002))
        worked()
        assert [row[0] for row in orders()] == ["WEB-1002"]
        assert [row.state for row in db.rows("SELECT state FROM orders_shopevent")] == ["failed"]


def test_killed_in_the_middle_it_is_done_whole_later(shopify: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    shopify.change(at=NOON, parcels=ALL)
    shopify.tell()
    with monkeypatch.context() as broken:
        broken.setattr(shops_orders, "_followed_parcels", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            worked()
    assert orders() == []
    worked(MUCH_LATER)
    assert orders() == [("WEB-1001", "shipped", 7000, "EUR")]


def test_an_address_that_nobody_verified_says_nothing_but_the_same_buyer_is_one(
    shopify: Elsewhere, world: World
) -> None:
    for n in (1002, 1003):
        shopify.fake.put(sold(n, is_mail_verified=False))
        shopify.tell(n, event=f"e-{n}")
    worked()
    found = {row.customer_id for row in db.rows("SELECT customer_id FROM orders_order WHERE number LIKE 'WEB%%'")}
    assert len(found) == 1
    assert world.carol not in found


def test_discounts_taxes_and_cents_of_rounding_make_up_what_the_shop_says(world: World) -> None:
    with elsewhere(world, "woocommerce") as shop:
        lines = [{"key": 11, "name": "Bell", "quantity": 3, "price": "3.3333", "off": "1.00", "tax": "1.7099"}]
        shop.fake.put(sold(lines=lines, total="16.77", shipping="6.05"))
        shop.tell()
        worked()
        found = db.rows(
            "SELECT kind, amount, due FROM orders_line WHERE order_id = %s ORDER BY position", [order_key()]
        )
        assert sum(row.due for row in found) == 1677
        assert [(row.kind, row.amount) for row in found][:2] == [("item", 1000), ("discount", -100)]


def test_a_shop_that_is_off_is_not_heard_and_not_asked(shopify: Elsewhere) -> None:
    shopify.tell()
    db.execute("UPDATE orders_outsideshop SET is_active = false")
    worked()
    with pytest.raises(NotFound):
        shopify.tell(event="e-2")
    assert (orders(), shopify.fake.asked) == ([], [])


def test_a_private_address_is_not_asked_unless_its_network_was_named(shopify: Elsewhere, settings: Any) -> None:
    shopify.tell()
    settings.WEBHOOK_NETWORKS = []
    worked()
    assert (orders(), shopify.fake.asked, events()) == ([], [], [("e-1", "new")])
