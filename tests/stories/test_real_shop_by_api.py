"""A real shop, where it is at hand: it comes in as the command brings it, its policy is set up as data, and its worked cases are
replayed by a program that has nothing but the API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from careline.domain.files.store import store
from careline.domain.history.actor import SYSTEM
from careline.entrypoints.api import limits
from careline.entrypoints.console.importers.shop import MAPPING, read
from careline.flows.bring_in import BringingIn
from careline.kit import clock, db
from tests.world import NOON, World, make_world

ROOT = Path(__file__).parents[2]
RETAIL = next(
    (one / "shared" / "data" / "retail" for one in ROOT.parents if (one / "shared" / "data" / "retail").is_dir()), None
)
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(RETAIL is None, reason="the real shop is not at hand")]
A_FEW = 4
REASONS = ["no longer needed", "ordered by mistake"]
POLICY = [
    {"id": "reasons", "name": "Why an order may be cancelled", "actions": ["cancellation"], "outcome": "deny", "code": "reason_not_taken",
     "when": [{"fact": "reason", "is_not": REASONS}],
     "sentences": {"en": "We cancel what is not needed any more, or was ordered by mistake."}, "article": "Cancel pending order"},
    {"id": "delivered", "name": "Only what is delivered comes back", "actions": ["return", "exchange"], "outcome": "deny",
     "code": "not_delivered", "when": [{"fact": "order_state", "is_not": ["delivered"]}],
     "sentences": {"en": "You can send it back once it is there."}, "article": "Return delivered order"},
    {"id": "else", "name": "All else that this page names", "actions": ["cancellation", "change", "return", "exchange"],
     "outcome": "allow"},
]  # fmt: skip
STATES = {
    "cancelled": "cancelled",
    "pending (item modified)": "pending",
    "return requested": "delivered",
    "exchange requested": "delivered",
}


@dataclass
class RealShop:
    """`state` knows what came in as what; asked by the API with Ada's token, who may give without end."""

    world: World
    state: BringingIn
    client: Client

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        raw = b"" if body is None else json.dumps(body).encode()
        limits._left.clear()
        answer = self.client.generic(method, f"/api/v1{path}", raw, content_type="application/json")
        return answer.status_code, json.loads(answer.content) if answer.content else None

    def must(self, method: str, path: str, body: Any = None) -> Any:
        status, told = self.ask(method, path, body)
        assert status < 300, (path, told)
        return told

    def method(self, code: str) -> str:
        return str(self.state.ours("payway", code))


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Iterator[RealShop]:
    settings.DATA = tmp_path
    store.cache_clear()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    world = make_world()
    client = Client(headers={"Authorization": f"Bearer {world.token_of(world.ada)}"})
    yield RealShop(world, BringingIn("shop", by=SYSTEM, at=NOON), client)
    store.cache_clear()


@pytest.mark.parametrize("most", [A_FEW, pytest.param(10_000, marks=pytest.mark.full)])
def test_each_worked_case_ends_as_it_did_there(shop: RealShop, most: int) -> None:
    cases = json.loads((_folder() / "cases.json").read_text())[:most]
    mails = _bring_in(shop, {case["user_id"] for case in cases})
    _set_up(shop)
    wrong = []
    for case in cases:
        point = transaction.savepoint()
        if differs := _replayed(shop, case, mails[case["user_id"]]):
            wrong.append(f"{case['id']}: {differs}")
        transaction.savepoint_rollback(point)
    assert "\n".join(wrong) == ""


def test_what_its_policy_forbids_is_refused_with_its_words_and_changes_nothing(shop: RealShop) -> None:
    cases = json.loads((_folder() / "cases.json").read_text())
    first = next(case for case in cases if case["actions"] and case["actions"][0]["name"] == "cancel_pending_order")
    other = next(case for case in cases if case["user_id"] != first["user_id"] and case["actions"])
    mails = _bring_in(shop, {first["user_id"], other["user_id"]})
    _set_up(shop)
    number = _case_of(shop, first, mails[first["user_id"]])
    mine, theirs = (one["actions"][0]["kwargs"]["order_id"].lstrip("#") for one in (first, other))
    before = [shop.must("GET", f"/orders/{one}") for one in (mine, theirs)]
    asked = {"conversation": number, "reason": "found it cheaper"}
    status, told = shop.ask("POST", f"/orders/{mine}/cancellation", asked)
    assert (status, told["code"]) == (403, "reason_not_taken")
    assert told["detail"].startswith("We cancel what is not needed any more")
    status, told = shop.ask("POST", f"/orders/{theirs}/cancellation", asked | {"reason": REASONS[0]})
    assert (status, told["code"]) == (403, "another_customer")
    refused = db.rows("SELECT data FROM history WHERE name = 'access.refused'")
    assert [(row.data["code"], row.data.get("case", number)) for row in refused] == [("another_customer", number)]
    assert [shop.must("GET", f"/orders/{one}") for one in (mine, theirs)] == before


def _folder() -> Path:
    assert RETAIL is not None
    return RETAIL


def _bring_in(shop: RealShop, users: set[str]) -> dict[str, str]:
    """Everything that is those people's, with the products that they bought; mail address by user."""
    bought = _products_of(users)
    mails = {}
    for record in read(_folder(), MAPPING):
        name = type(record).__name__
        whose = getattr(record, "person", None) or (record.key if name == "Person" else None)
        if whose in users or (name == "Product" and record.key in bought):
            shop.state.bring_in(record)
            if name == "Person":
                mails[whose] = record.emails[0]  # type: ignore[union-attr]
    assert shop.state.remarks == []
    return mails


def _products_of(users: set[str]) -> set[str]:
    orders = json.loads((_folder() / "orders.json").read_text()).values()
    return {item["product_id"] for order in orders if order["user_id"] in users for item in order["items"]}


def _set_up(shop: RealShop) -> None:
    shop.must("PUT", "/policies/draft", {"rules": POLICY})
    shop.must("PUT", "/policies/draft/activation", {})
    shop.must("PUT", "/identity-checks", {"checks": [["mail"], ["name", "postcode"]]})


def _case_of(shop: RealShop, case: dict[str, Any], mail: str) -> int:
    """They write in, and say who they are."""
    said = {"from": mail, "subject": case["id"], "text": "Please help.", "kind": "incoming"}
    number: int = shop.must("POST", "/conversations", said)["number"]
    assert shop.must("POST", f"/conversations/{number}/identification", {"mail": mail})["is_identified"] is True
    return number


def _replayed(shop: RealShop, case: dict[str, Any], mail: str) -> str:
    """What ended otherwise than there; empty where nothing did."""
    number = _case_of(shop, case, mail)
    done = []
    for step in case["actions"]:
        order = step["kwargs"]["order_id"].lstrip("#")
        status, told = shop.ask(*_call(shop, order, number, step))
        if (
            status >= 400 and told["code"] == "same_variant"
        ):  # there a line may become what it is already; here that is refused
            return ""
        if (status >= 400) is not bool(step.get("error")):
            return f"{step['name']} {status} {told}"
        done.append(told)
    for order, then in (case["expected_state_changes"].get("orders") or {}).items():
        if differs := _differs(shop, order.lstrip("#"), then):
            return f"{order} {differs}"
    return ""


def _call(shop: RealShop, order: str, case: int, step: dict[str, Any]) -> tuple[str, str, dict[str, Any]]:
    given, name = step["kwargs"], step["name"]
    body: dict[str, Any] = {"conversation": case}
    if given.get("payment_method_id"):
        body["method"] = shop.method(given["payment_method_id"])
    if name == "cancel_pending_order":
        return "POST", f"/orders/{order}/cancellation", body | {"reason": given["reason"]}
    if name == "modify_pending_order_payment":
        return "POST", f"/orders/{order}/payment", body
    if name == "modify_pending_order_address":
        parts = (
            ("street", "address1"),
            ("street2", "address2"),
            ("postcode", "zip"),
            ("city", "city"),
            ("region", "state"),
            ("country", "country"),
        )
        return "PUT", f"/orders/{order}/address", body | {"address": {ours: given[theirs] for ours, theirs in parts}}
    lines = _lines(shop, order, given["item_ids"])
    if new := given.get("new_item_ids"):
        lines = [line | {"variant": _variant(shop, sku)} for line, sku in zip(lines, new, strict=True)]
    if name == "modify_pending_order_items":
        return "POST", f"/orders/{order}/items", body | {"lines": lines}
    return "POST", "/returns", body | {"order": order, "lines": lines}


def _lines(shop: RealShop, order: str, items: list[str]) -> list[dict[str, Any]]:
    left = shop.must("GET", f"/orders/{order}")["lines"]
    found = []
    for sku in items:
        line = next(one for one in left if one["sku"] == sku)
        left.remove(line)
        found.append({"line": line["id"], "quantity": 1})
    return found


def _variant(shop: RealShop, sku: str) -> str:
    (product,) = shop.must("GET", f"/products?q={sku}")["items"]
    return str(next(one["id"] for one in product["variants"] if one["sku"] == sku))


def _differs(shop: RealShop, number: str, then: dict[str, Any]) -> str:
    order = shop.must("GET", f"/orders/{number}")
    ours: dict[str, Any] = {"state": order["state"]}
    theirs: dict[str, Any] = {"state": STATES[then["status"]] if "status" in then else order["state"]}
    if "payment_history" in then:
        ours["paid"] = sorted((one["kind"], one["amount"]["amount"], one["method"]) for one in order["payments"])
        theirs["paid"] = sorted(
            (one["transaction_type"], f"{one['amount']:.2f}", shop.method(one["payment_method_id"]))
            for one in then["payment_history"]
        )
    if "items" in then:
        ours["items"] = sorted((one["sku"], one["unit_price"]["amount"]) for one in order["lines"] if one["sku"])
        theirs["items"] = sorted((one["item_id"], f"{one['price']:.2f}") for one in then["items"])
    if "address" in then:
        ours["address"] = [
            order["address"][one] for one in ("street", "street2", "city", "region", "country", "postcode")
        ]
        theirs["address"] = [
            then["address"][one] for one in ("address1", "address2", "city", "state", "country", "zip")
        ]
    if "cancel_reason" in then:
        ours["why"], theirs["why"] = order["cancel_reason"], then["cancel_reason"]
    for kind in ("return", "exchange"):
        if f"{kind}_items" in then:
            coming = shop.must("GET", f"/returns/{order['returns'][-1]}")
            skus = {line["id"]: line["sku"] for line in order["lines"]}
            ours[kind] = (coming["kind"], sorted(skus[one["line"]] for one in coming["lines"]))
            theirs[kind] = (kind, sorted(then[f"{kind}_items"]))
            if kind == "exchange":
                ours["difference"] = coming["difference"]["amount"]
                theirs["difference"] = f"{then['exchange_price_difference']:.2f}"
    return "" if ours == theirs else f"{ours} instead of {theirs}"
