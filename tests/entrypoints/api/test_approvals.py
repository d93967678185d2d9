"""Approvals over the API alone: asked for, decided once, and a policy tried before it holds."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from careline.domain.approvals.commands.limits import save_limit
from careline.domain.approvals.rules.limits import Limit
from careline.domain.history.actor import SYSTEM
from careline.flows.try_draft import work_on_simulations
from careline.kit import clock
from careline.kit.money import Money
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.django_db
LATE = {
    "id": "late",
    "name": "Late",
    "outcome": "deny",
    "code": "window_over",
    "when": [{"fact": "days_since_delivery", "over": 30}],
}


class Caller:
    def __init__(self, token: str) -> None:
        self._client = Client(headers={"Authorization": f"Bearer {token}"})

    def __call__(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        raw = json.dumps(body).encode() if body is not None else b""
        answer = self._client.generic(method, f"/api/v1{path}", raw, content_type="application/json")
        return answer.status_code, json.loads(answer.content) if answer.content else None


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    made = make_world()
    save_limit(Limit("goodwill", money=Money(5000, "EUR"), role="representative"), by=SYSTEM, at=NOON)
    return made


def test_a_goodwill_over_the_limit_is_decided_by_somebody_else_once(world: World) -> None:
    ben, ada = Caller(world.token_of(world.ben)), Caller(world.token_of(world.ada))
    asked = {"conversation": world.case, "action": "goodwill", "amount": {"amount": "300.00", "currency": "EUR"}}
    status, answer = ben("POST", "/approvals", asked)
    assert (status, answer["outcome"], answer["code"]) == (201, "approval", "over_limit")
    one = f"/approvals/{answer['approval']['id']}"
    assert ben("POST", "/approvals", asked)[1]["code"] == "already_asked"
    assert ben("PUT", f"/conversations/{world.case}/resolution")[1]["code"] == "approval_pending"
    assert ben("PUT", f"{one}/decision", {"outcome": "approve"})[0] == 403
    wrong = {"outcome": "approve", "amount": {"amount": "1.00", "currency": "USD"}}
    assert ada("PUT", f"{one}/decision", wrong)[0] == 422
    status, answer = ada(
        "PUT", f"{one}/decision", {"outcome": "approve", "amount": {"amount": "250.00", "currency": "EUR"}}
    )
    assert (status, answer["approval"]["state"], answer["approval"]["decided_amount"]["amount"]) == (
        200,
        "approved",
        "250.00",
    )
    assert [step["what"] for step in answer["steps"]] == ["asked", "approved", "carried"]
    assert ada("PUT", f"{one}/decision", {"outcome": "deny"})[1]["code"] == "already_decided"
    assert ben("GET", "/approvals?which=own")[1]["items"][0]["state"] == "approved"
    assert Caller(world.token_of(world.cleo))("GET", one)[0] == 404


def test_a_draft_shows_what_it_would_have_changed_and_holds_when_switched_on(world: World) -> None:
    ben, ada = Caller(world.token_of(world.ben)), Caller(world.token_of(world.ada))
    given = {"conversation": world.case, "action": "goodwill", "amount": {"amount": "5.00", "currency": "EUR"}}
    for days in (29, 31):
        facts = {"days_since_delivery": days}
        assert ben("POST", "/approvals", {**given, "facts": facts})[1]["outcome"] == "allow"
    assert ada("PUT", "/policies/draft", {"rules": [LATE]})[0] == 200
    tried = ada("POST", "/policies/draft/simulations")[1]
    assert (tried["done"], tried["total"], tried["is_over"]) == (0, 2, False)
    work_on_simulations(at=clock.now())
    tried = ada("GET", f"/policy-simulations/{tried['id']}")[1]
    assert (tried["done"], tried["is_over"]) == (2, True)
    assert (tried["count"], tried["same"], tried["turned"]) == (
        2, 1, [{"outcome_then": "allow", "outcome": "deny", "count": 1}],
    )  # fmt: skip
    ask = {"action": "goodwill", "amount": given["amount"], "facts": {"days_since_delivery": 31}}
    assert ben("POST", "/policy-decisions", ask)[1]["outcome"] == "allow"
    assert ada("PUT", "/policies/draft/activation", {})[0] == 200
    decided = ben("POST", "/policy-decisions", ask)[1]
    assert (decided["outcome"], decided["code"], decided["rule"]) == ("deny", "window_over", "late")
    status, problem = ben("POST", "/approvals", {**given, "facts": {"days_since_delivery": 31}})
    assert (status, problem["code"]) == (403, "window_over")
    broken = {"rules": [{**LATE, "when": [{"fact": "moon", "is": "full"}]}]}
    assert ada("PUT", "/policies/draft", broken)[1]["errors"][0]["field"] == "rules[0].when[0].fact"
