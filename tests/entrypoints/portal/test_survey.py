"""The page behind a survey's links: what a program that follows them does, and what a person does."""

from datetime import timedelta

import pytest
from django.test import Client

from careline.entrypoints.portal.pace import Pace
from careline.entrypoints.portal.surveys import answering
from careline.kit import clock, db
from tests.flows.asking import answered_and_resolved, asked, with_survey
from tests.world import NOON, World, make_world

LATER = NOON + timedelta(hours=2)


@pytest.fixture
def token(db: None, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(clock, "now", lambda: LATER)
    world: World = make_world()
    with_survey()
    answered_and_resolved(world)
    return asked(NOON)


def test_a_scanner_that_opens_every_link_gives_no_score(token: str) -> None:
    for method in ("get", "head", "options"):
        for score in range(6):
            getattr(Client(), method)(f"/survey/{token}?answer={score}")
    Client().get(f"/survey/{token}/stop")
    assert db.value("SELECT count(*) FROM surveys_answer") == 0
    assert db.value("SELECT count(*) FROM surveys_optout") == 0


def test_the_answer_of_the_link_is_chosen_and_counts_once_it_is_sent(token: str) -> None:
    page = Client().get(f"/survey/{token}?answer=4")
    words = page.content.decode()
    assert words.count(" checked") == 1
    assert 'value="4" checked' in words
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    sent = Client().post(f"/survey/{token}", {"score": "4", "comment": "Quick.", "shown": ["score", "comment"]})
    assert sent.status_code == 200
    assert [tuple(row) for row in db.rows("SELECT score, comment, language FROM surveys_answer")] == [
        (4, "Quick.", "en")
    ]


@pytest.mark.parametrize("answer", ["9", "<script>", "", "x" * 5000, "\0"])
def test_nonsense_chooses_nothing_and_breaks_nothing(token: str, answer: str) -> None:
    page = Client().get(f"/survey/{token}", {"answer": answer})
    assert (page.status_code, " checked" in page.content.decode(), "<script>" in page.content.decode()) == (
        200,
        False,
        False,
    )
    assert Client().post(f"/survey/{token}", {"score": answer}).status_code == 422
    assert db.value("SELECT count(*) FROM surveys_answer") == 0


def test_a_forged_link_shows_the_page_for_nothing(token: str) -> None:
    for forged in (token[:-1], token.upper(), "1", "a" * 500):
        assert Client().get(f"/survey/{forged}").status_code == 404
        assert Client().post(f"/survey/{forged}", {"score": "1"}).status_code == 404
    assert db.value("SELECT count(*) FROM surveys_answer") == 0


def test_whoever_has_the_link_fills_no_case_with_comments(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "_PACE", Pace(burst=3, a_minute=1))
    said = [Client().post(f"/survey/{token}", {"score": "2", "comment": f"No. {n}"}) for n in range(5)]
    assert [one.status_code for one in said] == [200, 200, 200, 429, 429]
    assert "That was a lot at once." in said[-1].content.decode()
    assert "No. 4" in said[-1].content.decode(), "what was written is still there"
    assert db.value("SELECT count(*) FROM conversations_message WHERE form = 'survey'") == 3


def test_a_mail_program_unsubscribes_by_one_click(token: str) -> None:
    assert Client().post(f"/survey/{token}/stop", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert db.value("SELECT count(*) FROM surveys_optout") == 1


def test_after_its_time_the_answer_stays(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Client().post(f"/survey/{token}", {"score": "4"})
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(days=2))
    assert Client().post(f"/survey/{token}", {"score": "1"}).status_code == 409
    assert db.value("SELECT score FROM surveys_answer") == 4


def test_it_reads_from_right_to_left_where_the_brand_speaks_arabic(token: str) -> None:
    db.execute('UPDATE company SET languages = \'["en", "ar"]\'')
    words = Client().get(f"/survey/{token}?lang=ar").content.decode()
    assert ('dir="rtl"' in words, "ما مدى رضاك" in words) == (True, True)
