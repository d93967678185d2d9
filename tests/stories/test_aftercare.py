"""A resolved case, a survey, a low score, a recovery, opened again, satisfied: each step as customers and agents do it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.followups.queries.follow_ups import outcomes_between
from careline.domain.staff.rules import reach_of
from careline.domain.surveys.queries.answers import answers, asked_between, scores_between
from careline.kit import clock, db
from tests.flows.asking import answered_and_resolved, asked, react, with_survey
from tests.world import NOON, World, make_world

TOMORROW = NOON + timedelta(days=1)
SPAN = {"since": NOON, "until": NOON + timedelta(days=9)}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_a_low_score_is_made_good_and_each_step_can_be_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with_survey()
    answered_and_resolved(world)
    token = asked(NOON)
    monkeypatch.setattr(clock, "now", lambda: TOMORROW)
    assert Client().post(f"/survey/{token}", {"score": "1", "comment": "Nobody listened."}).status_code == 200
    react(TOMORROW)

    ada = Client()
    ada.force_login(world.ada)
    monkeypatch.setattr(clock, "now", lambda: TOMORROW + timedelta(minutes=1))
    page = ada.get("/surveys?which=low").content.decode()
    assert "Nobody listened." in page
    bars = re.findall(r'href="(/surveys\?kind=csat[^"#]+)#answers">(1 answer)<', page)
    assert bars == [("/surveys?kind=csat&amp;score=1", "1 answer")]
    behind = [ada.get(f"/surveys?kind=csat&score={score}").content.decode() for score in (1, 2)]
    assert ["Nobody listened." in one for one in behind] == [True, False]
    recovery = db.value(
        "SELECT c.number FROM surveys_answer a JOIN conversations_conversation c ON c.id = a.recovery_id"
    )
    beside = ada.get(f"/conversations/{recovery}/aftercare", headers={"HX-Request": "true"}).content.decode()
    assert f'href="/conversations/{recovery}"' in beside
    key = db.value("SELECT id FROM followups_followup WHERE kind = 'recovery'")
    assert ada.post(f"/follow-ups/{key}/outcome", {"outcome": "reopened", "note": "She called."}).status_code == 302
    sent = {
        "act": "plan",
        "kind": "call",
        "day": (TOMORROW + timedelta(days=2)).date().isoformat(),
        "owner": str(world.ada.pk),
        "resolve": "1",
    }
    assert ada.post(f"/conversations/{recovery}/follow-up", sent).status_code == 302
    again = db.value("SELECT id FROM followups_followup WHERE state = 'open'")
    assert ada.post(f"/follow-ups/{again}/outcome", {"outcome": "satisfied"}).status_code == 302

    react(TOMORROW)
    reach = reach_of(world.person(world.ada), "survey:read")
    assert conversation_by_number(recovery).category == "resolved"
    assert [(row.score, row.recovery_number, row.recovered) for row in answers(reach)] == [(1, recovery, "reopened")]
    assert [tuple(row) for row in scores_between(reach, **SPAN)] == [("csat", 1, 1)]
    assert [tuple(row) for row in asked_between(reach, **SPAN)] == [("csat", 1, 1)]
    assert [tuple(row) for row in outcomes_between(reach, **SPAN)] == [
        ("call", "satisfied", 1),
        ("recovery", "reopened", 1),
    ]
