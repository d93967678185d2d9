"""Orders over the API: found, refunded, returned; what is refused says its code."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from careline.domain.approvals.commands import limits as limits_of
from careline.domain.approvals.commands import policies
from careline.domain.approvals.rules.limits import Limit
from careline.domain.approvals.rules.policies import rules_from
from careline.domain.history.actor import SYSTEM
from careline.entrypoints.api import limits
from careline.flows.place_order import Wanted
from careline.kit import clock, db
from careline.kit.money import Money
from tests.shop import GIVEN, Shop, open_shop, order
from tests.world import NOON

API = "/api/v1"


@pytest.fixture
def shop(db: None, monkeypatch: pytest.MonkeyPatch) -> Shop:
    limits._left.clear()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return open_shop()


def call(shop: Shop, method: str, path: str, body: Any = None, who: Any = None) -> tuple[int, Any]:
    token = shop.world.token_of(who or shop.world.ben)
    raw = b"" if body is None else json.dumps(body).encode()
    answer = Client(headers={"Authorization": f"Bearer {token}"}).generic(
        method, API + path, raw, content_type="application/json"
    )
    return answer.status_code, answer.json() if answer.content else None


def test_an_order_is_found_as_people_say_it(shop: Shop) -> None:
    for words in (shop.order, f"%23{shop.order}", f"order {shop.order}", "carol@example.com", "4242"):
        status, found = call(shop, "GET", f"/orders?q={words}")
        assert (status, [one["number"] for one in found["items"]], words) == (200, [shop.order], words)
    assert call(shop, "GET", "/orders?q=9999")[1]["items"] == []
    status, one = call(shop, "GET", f"/orders/{shop.order}")
    whole = {"amount": "136.85", "currency": "EUR"}
    assert (status, one["total"], one["paid"], one["state"]) == (200, whole, whole, "delivered")
    assert [line["due"]["amount"] for line in one["lines"]] == ["109.09", "21.81", "5.95", "0.00", "0.00"]
    assert call(shop, "GET", f"/orders/{shop.order}", who=shop.world.cleo)[0] == 404
    assert call(shop, "GET", "/orders", who=shop.world.cleo)[1]["items"] == []


def test_a_refund_is_shown_first_and_then_given_once(shop: Shop) -> None:
    asked = {
        "order": shop.order, "conversation": shop.world.case, "reason": "scratched", "version": shop.row().version,
        "lines": [{"line": str(shop.lines["Helmet"]), "quantity": 1}],
    }  # fmt: skip
    status, said = call(shop, "POST", "/refunds", {**asked, "preview": True})
    assert (status, said["is_preview"], said["amount"]["amount"], shop.net_paid()) == (201, True, "54.54", 13685)
    status, done = call(shop, "POST", "/refunds", asked)
    assert (status, done["amount"]["amount"], done["reason"], done["money"][0]["method"]) == (
        201,
        "54.54",
        "scratched",
        str(shop.card),
    )
    status, refused = call(shop, "POST", "/refunds", asked)
    assert (status, refused["code"], shop.net_paid()) == (409, "order_changed", 13685 - 5454)
    assert call(shop, "GET", f"/refunds/{done['id']}")[1] == done
    status, wrong = call(
        shop, "POST", "/refunds", {**asked, "lines": [], "amount": {"amount": "1.005", "currency": "EUR"}}
    )
    assert (status, [one["field"] for one in wrong["errors"]]) == (422, ["amount"])


def test_an_exchange_by_the_api_alone(shop: Shop) -> None:
    line = {"line": str(shop.lines["Helmet"]), "quantity": 1, "variant": str(shop.large)}
    asked = {"order": shop.order, "conversation": shop.world.case, "lines": [line], "method": str(shop.gift)}
    status, agreed = call(shop, "POST", "/returns", asked)
    assert (status, agreed["kind"], agreed["difference"]["amount"], agreed["state"]) == (
        201,
        "exchange",
        "10.91",
        "requested",
    )
    assert call(shop, "PUT", f"/returns/{agreed['id']}/label", {"label": "DHL 1"})[1]["state"] == "label_sent"
    assert call(shop, "PUT", f"/returns/{agreed['id']}/receipt")[1]["state"] == "received"
    seen = {"lines": [{"line": str(shop.lines["Helmet"]), "accepted": 1}]}
    status, done = call(shop, "POST", f"/returns/{agreed['id']}/inspection", seen)
    assert (status, done["charged"]["amount"], done["stock"]) == (200, "10.91", {str(shop.small): 1})
    assert call(shop, "POST", f"/returns/{agreed['id']}/inspection", seen)[1]["code"] == "return_done"
    assert call(shop, "GET", f"/returns/{agreed['id']}")[1]["state"] == "done"


def test_products_are_kept_by_whoever_may(shop: Shop) -> None:
    new = {"code": "B-1", "name": "Bell", "warranty_months": 12, "billing": "one_off"}
    assert call(shop, "POST", "/products", new)[0] == 403
    status, made = call(shop, "POST", "/products", new, who=shop.world.ada)
    price = {"sku": "B-1-R", "price": {"amount": "9.90", "currency": "EUR"}, "options": {"colour": "red"}, "stock": 2}
    status, sold = call(shop, "POST", f"/products/{made['id']}/variants", price, who=shop.world.ada)
    assert (status, sold["variants"][0]["price"]["amount"], sold["variants"][0]["stock"]) == (201, "9.90", 2)
    assert [one["name"] for one in call(shop, "GET", "/products?q=bell red")[1]["items"]] == ["Bell"]
    order = {
        "customer": "carol@example.com",
        "currency": "EUR",
        "lines": [{"variant": sold["variants"][0]["id"], "quantity": 2}],
    }
    status, placed = call(shop, "POST", "/orders", order)
    assert (status, placed["total"]["amount"], placed["state"], placed["paid"]["amount"]) == (
        201,
        "19.80",
        "pending",
        "0.00",
    )
    assert call(shop, "POST", "/orders", order)[1]["code"] == "out_of_stock"


def test_an_order_goes_its_way_in_two_parcels(shop: Shop) -> None:
    order = {"customer": "carol@example.com", "currency": "EUR", "lines": [{"variant": str(shop.small), "quantity": 2}]}
    number = call(shop, "POST", "/orders", order)[1]["number"]
    line = call(shop, "GET", f"/orders/{number}")[1]["lines"][0]["id"]
    one = call(shop, "POST", f"/orders/{number}/shipments", {"lines": [{"line": line}], "carrier": "DHL"})[1]
    assert (one["state"], one["lines"][0]["shipped"]) == ("processed", 1)
    two = call(shop, "POST", f"/orders/{number}/shipments", {})[1]
    assert two["state"] == "shipped"
    states = [
        call(shop, "PUT", f"/orders/{number}/shipments/{parcel['id']}/delivery")[1]["state"]
        for parcel in two["shipments"]
    ]
    assert states == ["shipped", "delivered"]
    again = call(shop, "PUT", f"/orders/{number}/shipments/{two['shipments'][0]['id']}/delivery")
    assert (again[0], again[1]["code"]) == (409, "shipment_delivered")


def test_what_is_more_than_one_may_do_alone_is_accepted_and_waits(shop: Shop) -> None:
    for action in GIVEN:
        limits_of.save_limit(Limit(action, money=Money(100, "EUR"), role="representative"), by=SYSTEM, at=NOON)
    on = {"conversation": shop.world.case}
    order(shop, [Wanted(shop.small)])
    lines = [{"variant": str(shop.lock)}, {"kind": "discount", "amount": "-5.00"}]
    asked = {
        f"/orders/{shop.order}/cancellation": {**on, "reason": "late"},
        "/orders": {**on, "customer": str(shop.world.carol), "currency": "EUR", "lines": lines},
    }
    for path, body in asked.items():
        status, waits = call(shop, "POST", path, body)
        assert (status, set(waits)) == (202, {"approval"}), path
        assert call(shop, "GET", f"/approvals/{waits['approval']}")[1]["approval"]["state"] == "waiting"
        status, twice = call(shop, "POST", path, body)
        assert (status, twice["code"]) == (409, "already_asked"), path
    assert call(shop, "POST", "/orders", {**asked["/orders"], "conversation": None})[1]["code"] == "case_missing"


def test_a_denial_under_a_key_leaves_its_record_and_wrong_answers_are_counted(shop: Shop) -> None:
    rules = rules_from([{"id": "never", "name": "Never", "actions": ["refund"], "outcome": "deny", "code": "never"}])
    policies.save_draft(rules, note="", author=None, by=SYSTEM, at=NOON)
    policies.switch_on(valid_from=NOON, by=SYSTEM, at=NOON)
    token = shop.world.token_of(shop.world.ben)

    def post(path: str, body: Any, key: str) -> Any:
        answer = Client(headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key}).generic(
            "POST", API + path, json.dumps(body).encode(), content_type="application/json"
        )
        return answer.status_code, answer.json()["code"]

    asked = {"order": shop.order, "conversation": shop.world.case, "reason": "scratched"}
    for key in ("one", "one"):
        assert post("/refunds", asked, key) == (403, "never")
    assert db.value("SELECT count(*) FROM history WHERE name = 'approval.refused'") == 2
    assert db.value("SELECT count(*) FROM approvals_decision WHERE outcome = 'deny'") == 2
    assert shop.net_paid() == 13685
    where = f"/conversations/{shop.world.case}/identification"
    assert post(where, {"last_four": "0000"}, "two") == (409, "wrong_answers")
    assert db.value("SELECT count(*) FROM conversations_identification WHERE NOT is_passed") == 1


def test_a_repair_is_asked_for_and_shown(shop: Shop) -> None:
    asked = {
        "order": shop.order, "conversation": shop.world.case, "repair": True, "lines": [{"line": str(shop.lines["Lock"])}]
    }  # fmt: skip
    status, made = call(shop, "POST", "/returns", asked)
    assert (status, made["kind"], made["state"], made["back"]["amount"]) == (201, "repair", "requested", "0.00")
