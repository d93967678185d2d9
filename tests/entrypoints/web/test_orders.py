"""Orders on screen: what stands beside a case, one order, each act shown before it is done."""

from __future__ import annotations

import pytest
from django.test import Client

from careline.kit import clock, db
from tests.shop import Shop, make_shop
from tests.world import NOON, make_world

PART = {"HX-Request": "true"}


@pytest.fixture
def shop(db: None, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return make_shop(make_world())


@pytest.fixture
def ben(shop: Shop) -> Client:
    client = Client()
    client.force_login(shop.world.ben)
    return client


def words(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


def test_orders_stand_beside_the_case_and_on_the_customers_page(shop: Shop, ben: Client) -> None:
    beside = words(ben.get(f"/conversations/{shop.world.case}/orders", headers=PART))
    assert f"/orders/{shop.order}?case={shop.world.case}" in beside
    assert "Identified by check questions" in beside
    page = words(ben.get(f"/customers/{shop.world.carol}/orders", headers=PART))
    assert "1 order · €136.85" in page
    other = Client()
    other.force_login(shop.world.cleo)
    assert other.get(f"/orders/{shop.order}").status_code == 404
    assert other.get(f"/conversations/{shop.world.case}/orders", headers=PART).status_code == 404


def test_an_order_shows_its_lines_money_parcels_and_what_happened(shop: Shop, ben: Client) -> None:
    page = words(ben.get(f"/orders/{shop.order}?case={shop.world.case}"))
    for part in (
        "Helmet",
        "2 × €50.00",
        "€136.85",
        "Visa •••• 4242",
        "DHL",
        "T1",
        "It is delivered",
        "10115",
        "Gift card (€30.00)",
    ):
        assert part in page, part
    assert ben.get("/orders?q=4242").headers["Location"] == f"/orders/{shop.order}"
    for address in (
        "/orders",
        "/orders?q=nothing",
        "/products?q=helm",
        f"/conversations/{shop.world.case}/identification",
    ):
        assert ben.get(address).status_code == 200, address
    product = db.value("SELECT min(id) FROM orders_product")
    assert "24 months" in words(ben.get(f"/products/{product}"))


def test_a_refund_is_shown_before_it_is_done(shop: Shop, ben: Client) -> None:
    address = f"/orders/{shop.order}/acts/refund"
    assert ben.get(f"{address}?case={shop.world.case}").status_code == 200
    form = {
        "case": shop.world.case,
        "reason": "scratched",
        f"units-{shop.lines['Helmet']}": "1",
        "version": shop.row().version,
    }
    assert "€54.54 goes back to Visa •••• 4242" in words(ben.post(address, form))
    assert shop.net_paid() == 13685
    done = ben.post(address, form | {"do": "1"})
    assert (done.status_code, shop.net_paid()) == (302, 13685 - 5454)
    again = ben.post(address, form | {"do": "1"})
    assert (again.status_code, shop.net_paid()) == (422, 13685 - 5454)
    assert "The order has changed since you looked at it" in words(again)


def test_an_exchange_goes_through_on_screen(shop: Shop, ben: Client) -> None:
    helmet = shop.lines["Helmet"]
    form = {"case": shop.world.case, f"units-{helmet}": "1", f"variant-{helmet}": shop.large, "method": shop.gift}
    said = words(ben.post(f"/orders/{shop.order}/acts/exchange", form))
    assert "€10.91 is paid once the goods are inspected" in said
    assert "1 × Helmet L out of stock" in said
    done = ben.post(f"/orders/{shop.order}/acts/exchange", form | {"do": "1"})
    back = done.headers["Location"]
    assert ben.get(back).status_code == 200
    assert ben.post(back, {"step": "label", "label": "DHL 7"}).status_code == 302
    assert ben.post(back, {"step": "receive"}).status_code == 302
    assert ben.post(back, {"step": "inspect", f"accepted-{helmet}": "9"}).status_code == 422
    seen = {"step": "inspect", f"accepted-{helmet}": "1", f"condition-{helmet}": "good"}
    assert "1 × Helmet S back into stock" in words(ben.post(back, seen))
    assert (shop.balance(), ben.post(back, seen | {"do": "1"}).status_code) == (3000, 302)
    assert (shop.balance(), shop.stock(shop.large)) == (3000 - 1091, 4)


def test_every_act_has_its_page_in_its_state(shop: Shop, ben: Client) -> None:
    for act in ("refund", "return", "exchange", "replacement", "reorder", "credit"):
        assert ben.get(f"/orders/{shop.order}/acts/{act}?case={shop.world.case}").status_code == 200, act
    assert ben.get(f"/orders/{shop.order}/acts/cancellation").status_code == 404
    db.execute("UPDATE orders_order SET state = 'pending'")
    for act in ("cancellation", "items", "payment", "address"):
        assert ben.get(f"/orders/{shop.order}/acts/{act}?case={shop.world.case}").status_code == 200, act
