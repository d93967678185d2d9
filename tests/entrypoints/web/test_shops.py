"""The settings of outside shops, and the address their webhooks go to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from careline.domain.orders.shops.fake import WEBHOOK_SECRET, FakeShop
from careline.domain.orders.shops.fake.shopify import ShopifyDialect
from careline.kit import clock, db
from tests.outside_shop import elsewhere, sold, worked
from tests.world import NOON, World

pytestmark = pytest.mark.django_db
NEW = {
    "kind": "shopify", "name": "Northwind Web", "code": "web", "url": "https://northwind.example/", "key": "k-123", "webhook": WEBHOOK_SECRET,
    "is_active": "1",
}  # fmt: skip


@pytest.fixture
def ada(world: World, enter: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return enter(world.ada)


def shop() -> Any:
    return db.row("SELECT * FROM orders_outsideshop ORDER BY id DESC LIMIT 1")


def test_a_shop_is_added_with_its_address_to_copy_and_its_keys_sealed(ada: Client) -> None:
    assert ada.post("/settings/shops", NEW).status_code == 302
    page = ada.get("/settings/shops").content.decode()
    assert (shop().name, shop().code, shop().url) == ("Northwind Web", "WEB", "https://northwind.example")
    assert (f"/hooks/shops/{shop().token}" in page, "Not heard of yet" in page) == (True, True)
    assert ("k-123" in page, b"k-123" in bytes(shop().secrets), len(shop().token) >= 22) == (False, False, True)


def test_what_is_wrong_is_said_and_loses_nothing(ada: Client) -> None:
    for wrong, word in (
        ({"url": "http://northwind.example"}, "https"), ({"url": "nowhere"}, "address"), ({"url": "https://a:b@northwind.example"}, "address"),
        ({"code": ""}, "letters"), ({"code": "NO"}, "word number"), ({"kind": "other"}, "no kind"), ({"name": " "}, "name"),
        ({"key": "k\u00e9y"}, "plain letters"),
    ):  # fmt: skip
        answer = ada.post("/settings/shops", NEW | wrong)
        assert (answer.status_code, word in answer.content.decode()) == (422, True), wrong
    assert shop() is None
    ada.post("/settings/shops", NEW)
    answer = ada.post("/settings/shops", NEW | {"name": "Second"})
    assert (answer.status_code, 'value="Second"' in answer.content.decode()) == (422, True)


def test_it_is_switched_off_and_keys_that_are_not_given_stay(ada: Client) -> None:
    ada.post("/settings/shops", NEW)
    before = bytes(shop().secrets)
    assert ada.post(f"/settings/shops/{shop().id}", {"name": "Web", "url": "https://web.example"}).status_code == 302
    assert (shop().is_active, shop().due_at, shop().name, len(shop().secrets)) == (False, None, "Web", len(before))
    assert ada.post("/settings/shops/999999", {"name": "Web", "url": "https://web.example"}).status_code == 404


def test_its_webhook_is_answered_only_where_it_is_signed(ada: Client) -> None:
    ada.post("/settings/shops", NEW)
    fake = FakeShop(ShopifyDialect())
    fake.put(sold())
    told, address = fake.tell(1001, "orders/create", event="e-1"), f"/hooks/shops/{shop().token}"
    headers = {name.lower(): value for name, value in told.headers.items()}
    outside = Client(headers=headers)

    def tells(body: bytes, to: str = address) -> tuple[int, str]:
        answer = outside.post(to, body, content_type="application/json")
        return answer.status_code, answer.content.decode()

    assert [tells(told.body), tells(told.body)] == [(200, "taken"), (200, "known")]
    assert (tells(told.body + b" ")[0], tells(told.body, "/hooks/shops/x")[0], outside.get(address).status_code) == (
        401,
        404,
        405,
    )
    assert db.value("SELECT count(*) FROM orders_shopevent") == 1


def test_the_page_of_its_order_offers_only_what_is_done_from_here(ada: Client, world: World, settings: Any) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with elsewhere(world, "shopify") as other:
        other.fake.put(sold())
        other.tell()
        worked()
    page = ada.get("/orders/WEB-1001").content.decode()
    assert (
        "Kept in Northwind Web" in page,
        "/acts/refund" in page,
        "/acts/cancellation" in page,
        "/steps" in page,
    ) == (True, True, False, False)
