"""The six stories of an order and of a complaint, by programs alone: nothing here touches a screen or a table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from careline.domain.files.store import store
from careline.domain.staff.models import Agent
from careline.entrypoints.api import limits
from careline.kit import clock
from tests.shop import Shop, open_shop
from tests.world import NOON

pytestmark = pytest.mark.django_db
API = "/api/v1"


@dataclass
class Program:
    """Asks with somebody's token; what is answered otherwise than expected fails the story."""

    shop: Shop
    who: Agent

    def __post_init__(self) -> None:
        self._client = Client(headers={"Authorization": f"Bearer {self.shop.world.token_of(self.who)}"})

    def __call__(self, method: str, path: str, body: Any = None, *, status: int = 200) -> Any:
        raw = b"" if body is None else json.dumps(body).encode()
        answer = self._client.generic(method, API + path, raw, content_type="application/json")
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[Shop]:
    settings.DATA = tmp_path
    store.cache_clear()
    limits._left.clear()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    yield open_shop()
    store.cache_clear()


@pytest.fixture
def ben(shop: Shop) -> Program:
    return Program(shop, shop.world.ben)


@pytest.fixture
def ada(shop: Shop) -> Program:
    return Program(shop, shop.world.ada)


def euros(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


def test_a_refund_within_the_limit(shop: Shop, ben: Program, ada: Program) -> None:
    ada(
        "POST",
        "/authority-limits",
        {"role": "representative", "action": "refund", "amount": euros("60.00")},
        status=201,
    )
    (found,) = ben("GET", "/orders?q=4242")["items"]
    order = ben("GET", f"/orders/{found['number']}")
    (lock,) = (line for line in order["lines"] if line["name"] == "Lock")
    asked = {
        "order": order["number"], "conversation": shop.world.case, "reason": "scratched", "version": order["version"],
        "lines": [{"line": lock["id"], "quantity": 1}],
    }  # fmt: skip
    shown = ben("POST", "/refunds", {**asked, "preview": True}, status=201)
    assert (shown["amount"], shown["awaits"], shown["is_preview"]) == (euros("21.81"), None, True)
    assert ben("GET", f"/orders/{order['number']}")["paid"] == euros("136.85")
    done = ben("POST", "/refunds", asked, status=201)
    assert (done["amount"], done["approval"]) == (euros("21.81"), None)
    assert ben("GET", f"/orders/{order['number']}")["paid"] == euros("115.04")
    assert ben("POST", "/refunds", asked, status=409)["code"] == "order_changed"


def test_a_refund_above_the_limit_is_said_to_wait_is_approved_and_the_customer_is_told(
    shop: Shop, ben: Program, ada: Program
) -> None:
    ada(
        "POST",
        "/authority-limits",
        {"role": "representative", "action": "refund", "amount": euros("20.00")},
        status=201,
    )
    told = {"name": "Approved", "texts": {"en": {"text": "Your money is on its way."}}, "audience": "all"}
    reply = int(ada("POST", "/canned-replies", told, status=201)["id"])
    rule = {"id": "refunds", "name": "Refunds", "actions": ["refund"], "outcome": "allow", "tells": {"approved": reply}}
    ada("PUT", "/policies/draft", {"rules": [rule]})
    ada("PUT", "/policies/draft/activation", {})
    asked = {"order": shop.order, "conversation": shop.world.case, "reason": "dented", "amount": euros("54.54")}
    shown = ben("POST", "/refunds", {**asked, "preview": True}, status=201)
    assert shown["awaits"] == {"approver": "Ada", "why": "over_limit"}
    assert ben("GET", "/approvals?which=own")["items"] == []
    waits = ben("POST", "/refunds", asked, status=201)
    assert (waits["id"], ben("GET", f"/orders/{shop.order}")["paid"]) == (None, euros("136.85"))
    one = f"/approvals/{waits['approval']}"
    assert [row["id"] for row in ada("GET", "/approvals")["items"]] == [waits["approval"]]
    assert ada("PUT", f"{one}/decision", {"outcome": "approve"})["approval"]["state"] == "approved"
    assert ada("PUT", f"{one}/decision", {"outcome": "approve"}, status=409)["code"] == "already_decided"
    assert ben("GET", f"/orders/{shop.order}")["paid"] == euros("82.31")
    said = ben("GET", f"/conversations/{shop.world.case}/messages")["items"]
    assert [row["text"] for row in said if row["kind"] == "reply"] == ["Your money is on its way."]


def test_an_exchange_with_a_price_difference(shop: Shop, ben: Program) -> None:
    (helmet,) = (line for line in ben("GET", f"/orders/{shop.order}")["lines"] if line["name"] == "Helmet")
    line = {"line": helmet["id"], "quantity": 1, "variant": str(shop.large)}
    asked = {"order": shop.order, "conversation": shop.world.case, "lines": [line], "method": str(shop.gift)}
    shown = ben("POST", "/returns", {**asked, "preview": True}, status=201)
    assert (shown["difference"], shown["stock"], shown["awaits"]) == (euros("10.91"), {str(shop.large): -1}, None)
    agreed = ben("POST", "/returns", asked, status=201)
    one = f"/returns/{agreed['id']}"
    ben("PUT", f"{one}/receipt")
    done = ben("POST", f"{one}/inspection", {"lines": [{"line": helmet["id"], "accepted": 1}]})
    assert (done["charged"], done["stock"]) == (euros("10.91"), {str(shop.small): 1})
    order = ben("GET", f"/orders/{shop.order}")
    assert (order["paid"], shop.balance(), shop.stock(shop.large)) == (euros("147.76"), 3000 - 1091, 4)
    assert [parcel["kind"] for parcel in order["shipments"]] == ["order", "exchange"]


def test_a_return_that_arrives_damaged(shop: Shop, ben: Program, ada: Program) -> None:
    half = {
        "id": "damaged", "name": "Damaged", "actions": ["inspection"], "outcome": "allow", "percent": 50,
        "when": [{"fact": "condition", "is": "damaged"}],
    }  # fmt: skip
    ada("PUT", "/policies/draft", {"rules": [half]})
    ada("PUT", "/policies/draft/activation", {})
    line = {"line": str(shop.lines["Helmet"]), "quantity": 1}
    asked = {"order": shop.order, "conversation": shop.world.case, "lines": [line], "reason": "too small"}
    agreed = ben("POST", "/returns", asked, status=201)
    assert (agreed["back"], ben("GET", f"/orders/{shop.order}")["paid"]) == (euros("54.54"), euros("136.85"))
    one = f"/returns/{agreed['id']}"
    ben("PUT", f"{one}/label", {"label": "DHL 1"})
    ben("PUT", f"{one}/receipt")
    seen = {"lines": [{"line": line["line"], "accepted": 1, "condition": "damaged"}], "remark": "Cracked."}
    assert ben("POST", f"{one}/inspection", {**seen, "preview": True})["back"] == euros("27.27")
    assert ben("POST", f"{one}/inspection", seen)["back"] == euros("27.27")
    closed = ben("GET", one)
    assert (closed["state"], closed["remark"], closed["lines"][0]["percent"]) == ("done", "Cracked.", 50)
    assert (ben("GET", f"/orders/{shop.order}")["paid"], shop.stock(shop.small)) == (euros("109.58"), 3)


def test_a_subscription_is_cancelled_after_an_offer_to_stay(shop: Shop, ben: Program, ada: Program) -> None:
    club = {"code": "C-1", "name": "Club", "billing": "subscription", "terms": {"period": "month"}}
    made = ada("POST", "/products", club, status=201)
    plan = {"sku": "C-1-L", "price": euros("30.00")}
    variant = ada("POST", f"/products/{made['id']}/variants", plan, status=201)["variants"][0]["id"]
    ada("PUT", "/retention-offers", {"offers": [{"kind": "discount", "percent": 50, "periods": 2}]})
    on = {"conversation": shop.world.case}
    begun = ben("POST", "/subscriptions", {**on, "variant": variant, "method": str(shop.card)}, status=201)
    where, why = f"/subscriptions/{begun['number']}/cancellation", {**on, "reason": "too_expensive"}
    shown = ben("POST", where, {**why, "preview": True})
    assert [(one["kind"], one["price"]) for one in shown["offers"]] == [("discount", euros("15.00"))]
    assert ben("POST", where, why, status=409)["code"] == "offer_first"
    assert ben("POST", where, {**why, "declined": True})["ends_at"] == begun["period_end"]
    ending = ben("GET", f"/subscriptions/{begun['number']}")
    assert (ending["state"], ending["ends_at"], ending["next_charge_at"]) == ("active", begun["period_end"], None)


def test_a_complaint_from_a_letter_to_a_corrective_action_that_helped(shop: Shop, ben: Program, ada: Program) -> None:
    letter = {
        "form": "letter",
        "kind": "incoming",
        "subject": "My lock",
        "text": "It never closed.",
        "caller": {"name": "Dan"},
    }
    one = ada("POST", "/complaints", {"case": letter, "wish": "A lock that closes"}, status=201)["complaint"]
    where = f"/complaints/{one['id']}"
    assert ada("PUT", f"/conversations/{one['conversation']}/resolution", status=409)["code"] == "complaint_open"
    ada("PUT", f"{where}/decision", {"outcome": "upheld", "reasons": "The bolt is bent.", "remedies": ["apology"]})
    sent = ada("POST", f"{where}/letters", {"kind": "final", "way": "paper"}, status=201)
    assert "The bolt is bent." in sent["text"]
    assert ada("PUT", f"{where}/closure", {"is_satisfied": True})["complaint"]["state"] == "closed"
    due = (NOON + timedelta(days=9)).date().isoformat()
    mending = {"text": "Try every lock.", "owner": "ben@northwind.example", "due_on": due}
    mend = f"/corrections/{ada('POST', f'{where}/corrections', mending, status=201)['id']}"
    ben("PUT", f"{mend}/completion", {"result": "Every lock is tried."})
    finding = {"is_effective": True, "finding": "None since."}
    assert ben("PUT", f"{mend}/finding", finding, status=409)["code"] == "not_independent"
    assert ada("PUT", f"{mend}/finding", finding)["is_effective"] is True


def test_keys_of_a_gateway_are_written_and_never_shown(shop: Shop, ben: Program, ada: Program) -> None:
    before = ada("GET", "/payment-gateways")["items"]
    assert [(one["kind"], one["is_active"], one["has_keys"]) for one in before] == [("stripe", False, False)]
    ben("PUT", "/payment-gateways/stripe", {"key": "sk_test_1"}, status=403)
    set_up = ada("PUT", "/payment-gateways/stripe", {"key": "sk_test_1", "webhook_secret": "whsec_1"})
    assert set_up == {"kind": "stripe", "is_active": True, "has_keys": True, "changed_at": "2026-11-20T12:00:00Z"}
    assert ada("PUT", "/payment-gateways/stripe", {"is_active": False})["has_keys"] is True
    assert ada("PUT", "/payment-gateways/moon", {}, status=409)["code"] == "no_such_gateway"
