"""Queues, skills and offers on screen."""

from __future__ import annotations

import pytest
from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.routing.queries.decisions import open_offer
from careline.domain.routing.queries.terms import requirements, terms_of
from careline.domain.staff.attendance import attendance_of
from careline.domain.staff.models import Agent
from careline.domain.staff.skills import skills, skills_of
from tests.flows.routing_desk import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def browser(who: int) -> Client:
    client = Client(headers={"HX-Request": "true"})
    client.force_login(Agent.objects.get(pk=who))
    return client


def test_a_lead_sets_a_queue_to_give_work_out_and_says_what_it_asks_for(desk: Desk) -> None:
    ada, front = browser(desk.ada.id), desk.world.front.pk
    ada.post("/settings/skills", {"name": "German", "kind": "language"})
    german = skills()[0]
    ada.post("/settings/skill-rules", {"skill": german.id, "level": "2", "language": "de", "must": "1"})
    ada.post(
        f"/settings/queues/{front}",
        {"mode": "push", "strategy": "round_robin", "accept_seconds": "60", "most_each": "", "calendar": ""},
    )
    terms, rule = terms_of([front])[front], requirements()[0]
    assert (terms.mode, terms.strategy, terms.accept_seconds, terms.most_each) == ("push", "round_robin", 60, None)
    assert (rule.skill_id, rule.level, rule.language, rule.is_mandatory) == (german.id, 2, "de", True)
    for page in ("/settings/queues", f"/settings/queues/{front}", "/settings/skills", "/queues"):
        assert ada.get(page).status_code == 200


def test_what_makes_no_sense_is_said_and_changes_nothing(desk: Desk) -> None:
    ada, front = browser(desk.ada.id), desk.world.front.pk
    answer = ada.post(f"/settings/queues/{front}", {"mode": "push", "accept_seconds": "99999999"})
    assert (answer.status_code, terms_of([front])[front].mode) == (422, "pull")
    assert ada.post("/settings/skill-rules", {"skill": "999", "language": "de"}).status_code == 422
    assert requirements() == []


def test_somebodys_page_says_what_they_know_and_can_have(desk: Desk) -> None:
    german, dora = desk.skill(), desk.hire("Dora")
    ada = browser(desk.ada.id)
    ada.post(f"/people/{dora}/work", {f"skill-{german}": "3", "units": "4", "calendar": ""})
    assert ([(row.name, row.level) for row in skills_of(dora)], attendance_of(dora).units) == ([("German", 3)], 4)
    assert b"German" in ada.get(f"/people/{dora}/work").content


def test_whoever_is_offered_a_case_accepts_it_from_any_page_or_by_opening_it(desk: Desk) -> None:
    desk.push(accept_seconds=60)
    dora = desk.hire("Dora")
    desk.works()
    number, client = desk.world.case, browser(dora)
    case = conversation_by_number(number)
    assert f"/conversations/{number}/acceptance" in client.get("/offers").content.decode()
    beside = client.get(f"/conversations/{number}/routing").content.decode()
    assert f'hx-put="/conversations/{number}/acceptance" hx-trigger="load"' in beside
    assert open_offer(case.id).agent_id == dora
    client.put(f"/conversations/{number}/acceptance")
    assert (open_offer(case.id), client.get("/offers").content.strip()) == (None, b"")


def test_somebody_says_in_the_rail_that_they_are_at_a_meal(desk: Desk) -> None:
    dora = desk.hire("Dora")
    client = browser(dora)
    answer = client.put("/availability", "state=away&reason=meal", content_type="application/x-www-form-urlencoded")
    now = attendance_of(dora)
    assert (answer.status_code, now.state, now.reason) == (200, "away", "meal")


def test_taking_the_next_opens_it(desk: Desk) -> None:
    dora = desk.hire("Dora", available=False)
    answer = browser(dora).post(f"/queues/{desk.world.front.pk}/next")
    assert answer.headers["HX-Redirect"] == f"/conversations/{desk.world.case}"
    assert desk.assignee(desk.world.case) == dora


def test_what_the_queue_gave_out_is_told_as_the_queues_and_not_as_some_rules(desk: Desk) -> None:
    dora = desk.hire("Dora")
    desk.push()
    number = desk.mail()
    desk.works()
    page = browser(desk.ada.id).get(f"/conversations/{number}").content.decode()
    assert desk.assignee(number) == dora
    assert ("<strong>The queue</strong> assigned it to <strong>Dora</strong>" in page, "A rule" in page) == (
        True,
        False,
    )


@pytest.mark.django_db(transaction=True)
def test_a_rule_about_a_topic_that_is_gone_is_refused_though_the_database_finds_it_last() -> None:
    """It looks as the transaction ends: the page learns of it when everything seemed done."""
    desk = make_desk()
    answer = browser(desk.ada.id).post("/settings/skill-rules", {"skill": str(desk.skill()), "topic": "999999"})
    assert (answer.status_code, requirements()) == (404, [])
