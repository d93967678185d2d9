"""Orders on screen: what stands beside a case, one order, each act shown before it is done."""

from __future__ import annotations

import pytest
from django.test import Client

from careline.domain.approvals.commands.limits import save_limit
from careline.domain.approvals.rules.limits import Limit
from careline.domain.history.actor import SYSTEM
from careline.domain.orders.rules.refunding import Part
from careline.flows.refund import Refunding, refund
from careline.flows.return_goods import Returning, ask_return
from careline.kit import clock, db
from careline.kit.money import Money
from tests.shop import Shop, open_shop
from tests.world import NOON

PART = {"HX-Request": "true"}


@pytest.fixture
def shop(db: None, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return open_shop()


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


def test_products_and_their_variants_are_kept_on_forms(shop: Shop, ben: Client) -> None:
    ada = Client()
    ada.force_login(shop.world.ada)
    made = ada.post(
        "/products/new",
        {"code": "B-1", "name": "جرس", "features": "Sound: loud\nnothing", "billing": "tiers", "tiers": "10: 5"},
    )
    where = made.headers["Location"]
    assert (
        ada.post(where.replace("/edit", "/variants"), {"sku": "B-1-R", "price": "9,905", "currency": "EUR"}).status_code
        == 422
    )
    added = ada.post(
        where.replace("/edit", "/variants"), {"sku": "B-1-R", "options": "colour: red", "price": "9,90", "stock": "4"}
    )
    assert added.status_code == 302
    row = db.row(
        """SELECT p.features, p.terms, v.price, v.stock, v.options FROM orders_variant v
        JOIN orders_product p ON p.id = product_id ORDER BY v.id DESC LIMIT 1"""
    )
    assert tuple(row) == (
        [{"name": "Sound", "value": "loud"}],
        {"tiers": [{"from": 10, "percent": 5}]},
        990,
        4,
        {"colour": "red"},
    )
    key = db.value("SELECT id FROM orders_variant WHERE sku = 'B-1-R'")
    assert ada.post(f"/variants/{key}", {"price": "12.00", "stock": ""}).status_code == 302
    assert tuple(db.row("SELECT price, stock, is_available FROM orders_variant WHERE id = %s", [key])) == (
        1200,
        None,
        False,
    )
    assert ben.post(f"/variants/{key}", {"price": "1.00"}).status_code == 403
    assert db.value("SELECT price FROM orders_variant WHERE id = %s", [key]) == 1200


def test_check_questions_are_chosen_on_a_page(shop: Shop, ben: Client) -> None:
    ada = Client()
    ada.force_login(shop.world.ada)
    assert ada.get("/settings/identity-checks").status_code == 200
    assert (
        ada.post("/settings/identity-checks", {"row-1": ["mail", "phone"], "row-3": ["last_four"]}).status_code == 302
    )
    assert [row.questions for row in db.rows("SELECT questions FROM orders_check ORDER BY position")] == [
        ["mail", "phone"],
        ["last_four"],
    ]
    assert ben.post("/settings/identity-checks", {}).status_code == 403


def test_what_is_over_the_limit_leads_from_the_order_to_its_request(shop: Shop, ben: Client) -> None:
    save_limit(Limit("refund", money=Money(100, "EUR"), role="representative"), by=SYSTEM, at=NOON)
    form = {"case": shop.world.case, f"units-{shop.lines['Lock']}": "1", "reason": "scratched", "do": "1"}
    done = ben.post(f"/orders/{shop.order}/acts/refund", form)
    assert done.headers["Location"].startswith("/approvals/")
    assert ben.get(done.headers["Location"]).status_code == 200
    assert shop.net_paid() == 13685


def test_returns_and_refunds_are_listed_and_money_that_failed_is_given_as_credit(shop: Shop, ben: Client) -> None:
    ask_return(shop.ben, shop.order, Returning(shop.world.case, {shop.lines["Lock"]: 1}), by=shop.by, at=NOON)
    refund(
        shop.ben,
        shop.order,
        Refunding(shop.world.case, "late", (Part(shop.lines["Helmet"], units=1),)),
        by=shop.by,
        at=NOON,
    )
    page = words(ben.get("/returns?state=open"))
    assert ("1 × Lock" in page, "/returns/" in page, "Next page" in page) == (True, True, False)
    assert "No return like this" in words(ben.get("/returns?state=done"))
    assert (
        "€54.54" in words(ben.get("/refunds?state=pending")),
        "€54.54" in words(ben.get("/refunds?state=failed")),
    ) == (True, False)
    key = db.value("SELECT max(id) FROM orders_payment")
    where = f"/orders/{shop.order}/payments/{key}"
    ada = Client()
    ada.force_login(shop.world.ada)
    assert ben.post(where, {"outcome": "failed"}).status_code == 403
    assert ada.post(where, {"outcome": "failed", "reference": "re_9"}).status_code == 302
    assert "€54.54" in words(ben.get("/refunds?state=failed"))
    assert "Give it as store credit" in words(ben.get(f"/orders/{shop.order}?case={shop.world.case}"))
    again = {"outcome": "again", "case": shop.world.case}
    assert [ben.post(where, again).status_code for _ in range(2)] == [302, 422]
    assert db.value("SELECT balance FROM orders_method WHERE kind = 'store_credit'") == 5454
    other = Client()
    other.force_login(shop.world.cleo)
    assert ("€54.54" in words(other.get("/refunds")), "Lock" in words(other.get("/returns"))) == (False, False)
