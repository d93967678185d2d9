"""The policy is changed on a page: a draft first, tried, then switched on."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from careline.domain.approvals.queries.policies import book_at, draft
from careline.domain.approvals.rules.policies import Approver
from careline.flows.try_draft import work_on_simulations
from careline.kit import clock
from careline.kit.money import Money
from tests.world import World, make_world

pytestmark = pytest.mark.django_db
DRAFT = "/settings/policies/draft"
RULE = {
    "name": "متأخر", "outcome": "approval", "approver": "role:manager", "action": ["refund"], "hours": "5", "fact-1": "amount",
    "operator-1": "over", "value-1": "50,5 EUR", "fact-2": "is_identified", "operator-2": "is", "value-2": "no", "sentence-en": "Too late.",
}  # fmt: skip


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def ada(world: World) -> Client:
    client = Client()
    client.force_login(world.ada)
    return client


def test_a_rule_holds_once_its_draft_was_switched_on(ada: Client) -> None:
    assert ada.post(f"{DRAFT}/rules", RULE).status_code == 302
    assert book_at(clock.now()).rules == ()
    held = draft()
    assert held is not None
    assert ada.get(f"{DRAFT}/rules/{held.rules[0]['id']}").status_code == 200
    assert "not tried yet" in ada.get(f"{DRAFT}/simulation").content.decode()
    assert ada.post(f"{DRAFT}/simulation").status_code == 302
    assert "0 of 0 decisions" in ada.get(f"{DRAFT}/simulation").content.decode()
    work_on_simulations(at=clock.now())
    assert "Nothing was decided" in ada.get(f"{DRAFT}/simulation").content.decode()
    assert ada.post(f"{DRAFT}/activation").status_code == 302
    (rule,) = book_at(clock.now()).rules
    assert (rule.name, rule.actions, rule.approver, rule.hours) == ("متأخر", {"refund"}, Approver("role", "manager"), 5)
    assert [(one.fact, one.operator, one.value) for one in rule.when] == [
        ("amount", "over", Money(5050, "EUR")), ("is_identified", "is", False),
    ]  # fmt: skip
    assert draft() is None
    assert ada.get(f"/settings/policies/{held.id}").status_code == 200


def test_what_is_no_rule_is_said_and_nothing_of_it_is_kept(ada: Client) -> None:
    for wrong, sentence in (
        ({"value-1": "much"}, "no amount"), ({"name": ""}, "needs a name"), ({"outcome": "maybe"}, "A rule answers"),
        ({"approver": "role:emperor"}, "There is no role emperor"), ({"value-1": "5.001 EUR"}, "2 decimals"),
    ):  # fmt: skip
        answer = ada.post(f"{DRAFT}/rules", RULE | wrong)
        said = re.findall(r'role="alert">.*?</p>', answer.content.decode())
        assert (answer.status_code, sentence in "".join(said)) == (422, True), sentence
    assert draft() is None
    assert ada.post(f"{DRAFT}/activation").status_code == 404


def test_limits_and_rates_are_set_but_never_ones_own(ada: Client, world: World) -> None:
    form = {"who": f"agent:{world.ben.pk}", "action": "refund", "per": "action", "amount": "50", "currency": "EUR"}
    assert ada.post("/settings/limits", form).status_code == 302
    assert "€50.00 each time" in ada.get("/settings/limits").content.decode()
    for wrong in (
        {"who": f"agent:{world.ada.pk}"},
        {"amount": "-5"},
        {"percent": "lots"},
        {"percent": "101"},
        {"who": ""},
    ):
        assert ada.post("/settings/limits", form | wrong).status_code == 422, wrong
    assert ada.post("/settings/rates", {"source": "USD", "target": "USD", "rate": "1"}).status_code == 422
    assert ada.post("/settings/rates", {"source": "USD", "target": "EUR", "rate": "0,92"}).status_code == 302
    assert "1 USD is 0.92 EUR" in ada.get("/settings/limits").content.decode()
