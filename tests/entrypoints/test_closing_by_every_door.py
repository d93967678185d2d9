"""In a strict team nothing is closed without an outcome, or an owner and a date: every door says the same, and closes nothing."""

from __future__ import annotations

import html
import json
from collections.abc import Callable

import pytest
from django.test import Client

from careline.automation.rules.acts import act
from careline.automation.rules.macros import MacroRefused, run_macro
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.rules.bulk import BulkWish
from careline.domain.customers.rules.portal import Viewer
from careline.domain.followups.queries.follow_ups import open_follow_up
from careline.domain.history.actor import agent
from careline.entrypoints.api import limits
from careline.flows.bulk_change import ask_for_bulk_change, carry_on
from careline.flows.change_macro import WrittenMacro, add_macro
from careline.flows.close_request import close_request
from careline.flows.follow_up import keep_closing_rules, note_outcome
from careline.kit import clock, db
from tests.world import NOON, World, make_world

SAID = "Say how it ended, or plan a follow-up with an owner and a date."
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def strict(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Team Front closes nothing without an outcome, or an owner and a date."""
    limits._left.clear()
    monkeypatch.setattr(clock, "now", lambda: NOON)
    world = make_world()
    ada = world.person(world.ada)
    keep_closing_rules(ada, strict={world.front.pk}, by=agent(ada.id), at=NOON)
    return world


def by_page(world: World) -> str:
    return _page(world, "resolution", "")


def by_status_on_the_page(world: World) -> str:
    return _page(world, "status", "status=resolved")


def by_api(world: World) -> str:
    return _api(world, "PUT", "/resolution", None)


def by_status_in_the_api(world: World) -> str:
    return _api(world, "PATCH", "", {"status": "resolved"})


def by_an_answer_in_the_api(world: World) -> str:
    return _api(world, "POST", "/messages", {"kind": "reply", "text": "Done.", "resolve": True})


def by_many_at_once(world: World) -> str:
    ada = world.person(world.ada)
    key = ask_for_bulk_change(ada, [world.case], BulkWish(state="resolved"), by=agent(ada.id), at=NOON)
    while carry_on(at=NOON):
        pass
    return str(db.value("SELECT reason FROM conversations_bulkitem WHERE bulk_id = %s", [key]))


def by_macro(world: World) -> str:
    ben = world.person(world.ben)
    key = add_macro(ben, WrittenMacro("Done", [{"do": "resolve"}]), by=agent(ben.id), at=NOON)
    with pytest.raises(MacroRefused) as refused:
        run_macro(ben, world.case, key, by=agent(ben.id), at=NOON)
    return str(refused.value)


def by_rule(world: World) -> str:
    step = act(world.case, [{"do": "resolve"}], rule=1, run=1, answers=None, at=NOON)[0]
    assert step["code"] == "no_next_action"
    return str(step["refusal"])


def by_a_rule_that_sets_a_status(world: World) -> str:
    return str(
        act(world.case, [{"do": "status", "to": "resolved"}], rule=1, run=1, answers=None, at=NOON)[0]["refusal"]
    )


DOORS = (
    by_page, by_status_on_the_page, by_api, by_status_in_the_api, by_an_answer_in_the_api, by_many_at_once, by_macro, by_rule,
    by_a_rule_that_sets_a_status,
)  # fmt: skip


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_door_refuses_in_the_same_words(strict: World, door: Callable[[World], str]) -> None:
    assert door(strict) == SAID
    assert conversation_by_number(strict.case).category == "open"
    assert db.value("SELECT count(*) FROM conversations_message WHERE kind = 'reply'") == 0


def test_a_customer_who_says_that_it_is_solved_is_heard_and_the_case_stays_open(strict: World) -> None:
    viewer = Viewer(strict.carol, "Carol", (strict.carol,), ("carol@example.com",))
    assert not close_request(viewer, strict.case, at=NOON)
    assert conversation_by_number(strict.case).category == "open"
    assert db.value("SELECT count(*) FROM history WHERE name = 'request.said_solved'") == 1


def test_the_page_that_ends_a_case_closes_it_with_a_date_and_an_owner_or_with_an_outcome(strict: World) -> None:
    browser = _browser(strict)
    end = f"/conversations/{strict.case}/follow-up"
    assert browser.post(end, {"act": "plan", "resolve": "1", "kind": "call"}).status_code == 422
    assert browser.post(end, {"act": "outcome", "resolve": "1", "outcome": "perhaps"}).status_code == 422
    assert conversation_by_number(strict.case).category == "open"
    planned = {"act": "plan", "resolve": "1", "kind": "call", "day": "2030-01-02", "owner": str(strict.ben.pk)}
    assert browser.post(end, planned).status_code == 422, "two years at most"
    day = (NOON.date().replace(day=28)).isoformat()
    assert browser.post(end, planned | {"day": day}).status_code == 302
    case = conversation_by_number(strict.case)
    assert (case.category, open_follow_up(case.id).owner_id) == ("resolved", strict.ben.pk)


def test_with_an_outcome_every_door_opens(strict: World) -> None:
    ben = strict.person(strict.ben)
    note_outcome(ben, strict.case, outcome="satisfied", by=agent(ben.id), at=NOON)
    assert act(strict.case, [{"do": "resolve"}], rule=1, run=1, answers=None, at=NOON) == [{"do": "resolve"}]
    assert conversation_by_number(strict.case).category == "resolved"


def _browser(world: World) -> Client:
    browser = Client()
    browser.force_login(world.ben)
    return browser


def _page(world: World, act: str, form: str) -> str:
    answer = _browser(world).put(
        f"/conversations/{world.case}/{act}", form, content_type=FORM, headers={"HX-Request": "true"}
    )
    assert answer.status_code in (409, 422)
    return (
        SAID
        if SAID in html.unescape(answer.content.decode() + "".join(answer.headers.values()))
        else answer.content.decode()
    )


def _api(world: World, method: str, path: str, body: object) -> str:
    answer = Client().generic(
        method, f"/api/v1/conversations/{world.case}{path}", json.dumps(body) if body is not None else "",
        content_type="application/json", headers={"Authorization": f"Bearer {world.token_of(world.ben)}"},
    )  # fmt: skip
    said = answer.json()
    assert (answer.status_code, said["code"]) == (409, "no_next_action"), said
    return str(said["detail"])
