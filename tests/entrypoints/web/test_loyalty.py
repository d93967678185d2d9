"""Where a customer stands, on the screens: their page, beside a case, the programme; and by the API the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.customers.commands.entering import Entered, begin_session
from careline.domain.desk.queries.offers import wants_none
from careline.domain.loyalty.queries.referrals import code_of
from careline.domain.loyalty.queries.tiers import standing_of, tiers
from careline.domain.orders.queries.selling import cart_of_case
from careline.flows.refund import Refunding, refund
from careline.kit import clock, db
from careline.kit.money import Money
from tests.entrypoints.api.conftest import Caller
from tests.entrypoints.trials_of_loyalty import keys_of_loyalty
from tests.shop import Shop, make_shop
from tests.world import NOON, World


@pytest.fixture
def shop(world: World, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return make_shop(world)


@pytest.fixture
def ben(world: World, enter: Callable[..., Client]) -> Client:
    return enter(world.ben)


@pytest.fixture
def pump(shop: Shop) -> int:
    return keys_of_loyalty(shop.world)["offered"]


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return answer.content.decode()


def test_the_page_of_a_customer_says_where_they_stand(ada: Client, shop: Shop, pump: int) -> None:
    page = f"/customers/{shop.world.carol}"
    whole = shown(ada, page)
    for slot in ("standing", "hints?slot=1", "loyalty", "offers"):
        assert f'hx-get="{page}/{slot}"' in whole
    standing = shown(ada, f"{page}/standing")
    assert ("€136.85" in standing, "1 order" in standing) == (True, True)
    assert "10 of 20 customers who bought Helmet" in shown(ada, f"{page}/offers")
    assert shown(ada, f"{page}/hints").strip() == ""
    for _ in range(3):
        refund(shop.ben, shop.order, Refunding(shop.world.case, "", amount=Money(100, "EUR")), by=shop.by, at=NOON)
    assert "3 refunds in 90 days" in shown(ada, f"{page}/hints")
    beside = shown(ada, f"{page}/standing/beside?case={shop.world.case}")
    assert ("3 refunds in 90 days" in beside, "Pump" in beside) == (True, True)
    orders = shown(ada, f"{page}/timeline?kind=orders")
    assert ("refunded" in orders, "€1.00" in orders, f"/orders/{shop.order}" in orders, "wrote" in orders) == (
        True,
        True,
        True,
        False,
    )


def test_hints_are_not_for_everybody(ben: Client, shop: Shop) -> None:
    page = f"/customers/{shop.world.carol}/hints"
    assert (ben.get(page).status_code, shown(ben, f"{page}?slot=1")) == (403, "")


def test_what_they_take_goes_into_the_cart_and_what_they_don_t_want_is_not_asked_again(
    ada: Client, shop: Shop, pump: int
) -> None:
    page = f"/customers/{shop.world.carol}/offers"
    variant = shop_variant(pump)
    said = ada.post(
        page,
        {"product": str(pump), "case": str(shop.world.case), "variant": str(variant)},
        headers={"HX-Request": "true"},
    )
    assert (said.status_code, "Pump" in said.content.decode()) == (200, False)
    cart = cart_of_case(conversation(shop.world.case))
    assert cart is not None
    assert [(line.variant, line.quantity) for line in cart.lines if line.kind == "item"] == [(variant, 1)]
    assert "not offered" in ada.post(page, {"product": str(pump)}).content.decode()


def test_tier_code_and_offers_are_set_on_the_page(ada: Client, shop: Shop, pump: int) -> None:
    carol = shop.world.carol
    page = f"/customers/{carol}/loyalty"
    for form in ({"tier": "silver"}, {"makes_code": "1"}, {"offers": "no"}):
        assert ada.post(page, form)["Location"] == f"/customers/{carol}"
    assert (standing_of(carol).code, len(code_of(carol)), wants_none(carol)) == ("silver", 8, True)
    wrong = ada.post(page, {"came_by": code_of(carol)}, headers={"HX-Request": "true"})
    assert (wrong.status_code, "their own code" in wrong.content.decode()) == (200, True)
    assert shown(ada, f"/customers/{carol}/offers").strip() == '<div id="offers"></div>'


def test_the_programme_is_set_on_one_page_and_what_is_wrong_with_it_loses_nothing(
    ada: Client, ben: Client, shop: Shop
) -> None:
    form: dict[str, Any] = {
        "code": ["", ""], "name": ["Silver", "Gold"], "least_value": ["100,00", "1000.50"], "least_orders": ["", "3"], "months": ["12", ""],
        "currency": "eur", "refers": "on", "referrer_gets": "15", "referred_gets": "10", "most_referrals": "5", "offers": "on", "least_count": "3",
        "least_percent": "20",
    }  # fmt: skip
    assert (ben.get("/settings/loyalty").status_code, ben.post("/settings/loyalty", form).status_code) == (403, 403)
    assert ada.post("/settings/loyalty", form)["Location"] == "/settings/loyalty"
    assert [(one.code, one.least, one.least_orders, one.months) for one in tiers()] == [
        ("silver", Money(10_000, "EUR"), None, 12), ("gold", Money(100_050, "EUR"), 3, None),
    ]  # fmt: skip
    assert "Gold" in shown(ada, "/settings/loyalty")
    for name, value in (
        ("least_value", ["x", ""]),
        ("months", ["-1", ""]),
        ("least_count", "1"),
        ("referrer_gets", "1.005"),
        ("currency", "XXZ"),
    ):
        answer = ada.post("/settings/loyalty", {**form, name: value, "name": ["Bronze", "Gold"]})
        assert (answer.status_code, "Bronze" in answer.content.decode()) == (422, True), name
    assert [one.name for one in tiers()] == ["Silver", "Gold"]


def test_the_same_by_the_api(shop: Shop, pump: int) -> None:
    ada, carol = Caller(shop.world.token_of(shop.world.ada)), f"/customers/{shop.world.carol}"
    programme = ada.get("/loyalty")
    assert ([one["code"] for one in programme["tiers"]], programme["referrer_gets"]) == (
        ["silver"],
        {"amount": "5.00", "currency": "EUR"},
    )
    assert ada("PUT", "/loyalty", programme).json == programme
    assert ada.get(f"{carol}/standing")["worth"] == [
        {"lifetime_value": {"amount": "136.85", "currency": "EUR"}, "orders": 1, "refunds": 0, "returns": 0}
    ]
    (offer, *_rest) = ada.get(f"{carol}/offers")["items"]
    assert (offer["product"]["name"], offer["both"], offer["buyers"], offer["lift"]) == ("Pump", 10, 20, 5.0)
    said = ada("PATCH", f"{carol}/loyalty", {"tier": "silver", "referral_code": True, "wants_offers": False}).json
    assert (said["tier"]["name"], len(said["referral_code"]), said["wants_offers"]) == ("Silver", 8, False)
    own = ada("PATCH", f"{carol}/loyalty", {"came_by": said["referral_code"]}, key="once")
    assert (own.status, own.json["code"]) == (409, "own_code")
    assert (ada.get(f"{carol}/offers"), ada.get(f"{carol}/hints")) == ({"items": []}, {"items": []})
    assert ada("POST", f"{carol}/offers", {"product": str(pump)}).json["code"] == "not_offered"
    (entry,) = [one for one in ada.get(f"{carol}/timeline?kind=orders")["items"] if one["name"] == "order.delivered"]
    assert (entry["kind"], entry["about"]) == ("orders", {"type": "order", "id": shop.order})
    assert ada("GET", f"{carol}/timeline?kind=gossip").status == 422


def test_customers_say_in_their_account_whether_they_want_offers(shop: Shop, pump: int) -> None:
    carol, browser = shop.world.carol, Client()
    browser.cookies["careline_my"] = begin_session(Entered(carol, "carol@example.com"), how="link", device="", at=NOON)
    assert "I want no offers" in browser.get("/my/account").content.decode()
    assert browser.post("/my/account/offers", {"offers": "no"}).status_code == 302
    assert (wants_none(carol), "Offers are welcome" in browser.get("/my/account").content.decode()) == (True, True)
    assert browser.post("/my/account/code").status_code == 302
    code = code_of(carol)
    assert code in browser.get("/my/account").content.decode()
    assert browser.post("/my/account/referral", {"code": code})["Location"] == "/my/account?told=no-code"
    assert Client().post("/my/account/offers", {"offers": "no"})["Location"].startswith("/my/sign-in")


def shop_variant(product: int) -> int:
    return int(db.value("SELECT id FROM orders_variant WHERE product_id = %s", [product]))


def conversation(number: int) -> int:
    found = conversation_by_number(number)
    assert found is not None
    return int(found.id)


def test_a_code_of_somebody_else_counts_once(shop: Shop, pump: int) -> None:
    ada = Caller(shop.world.token_of(shop.world.ada))
    new = ada("POST", "/customers", {"name": "Neo", "email": "neo@neo.example"}).json["id"]
    code = ada("PATCH", f"/customers/{shop.world.carol}/loyalty", {"referral_code": True}).json["referral_code"]
    assert ada("PATCH", f"/customers/{new}/loyalty", {"came_by": code}).status == 200
    again = ada("PATCH", f"/customers/{new}/loyalty", {"came_by": code, "wants_offers": False})
    assert (again.status, again.json["code"]) == (409, "said_alone")
    (brought,) = ada.get(f"/customers/{shop.world.carol}/loyalty")["referrals"]
    assert (brought["customer"]["id"], brought["state"], brought["credit"]) == (new, "waiting", None)
