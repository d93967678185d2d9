"""Customers find articles by their own words, also misspelt ones; what they looked for is noted without their names."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from careline.domain.company.queries import default_brand
from careline.domain.history.actor import SYSTEM
from careline.domain.knowledge.commands import versions
from careline.domain.knowledge.commands.searches import add_phrase, forget_searches
from careline.domain.knowledge.queries.finding import articles_for
from careline.domain.reports.queries.ratios import searches_made
from careline.domain.reports.rules.asking import Asked
from careline.entrypoints.portal.finding import looking, suggesting
from careline.entrypoints.portal.pace import Pace
from careline.kit import db
from tests.domain.knowledge.library import indexed, published
from tests.made_once import made_once
from tests.world import NOON, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf() -> dict[str, int]:
    suggesting.PACE.forget()
    looking.PACE.forget()
    return filled()


@made_once
def filled() -> dict[str, int]:
    make_world()
    keys = {
        "tyre": published(
            "Mending a flat tyre", "Take the wheel out, find the hole in the tube and glue a patch on it."
        ),
        "brake": published(
            "The brakes squeal",
            "Clean the discs with alcohol. Worn pads are changed in the workshop.",
            summary="Noise when braking",
        ),
        "return": published("Sending something back", "You have 30 days to return what you bought. We pay the parcel."),
        "staff": published("Goodwill on brakes", "Brakes that squeal are replaced without a word.", audience="staff"),
        "lock": published(
            "Das Schloss klemmt", "Etwas Öl in das Fahrradschloss geben und den Schlüssel drehen.", language="de"
        ),
        "light": published("ライトが点かない", "電池を交換してください。", language="ja"),
    }
    published("Bremsen quietschen", "Die Bremsscheiben mit Alkohol reinigen.", language="de", of=keys["brake"])
    indexed()
    return keys


def found(text: str, language: str = "en", **asked: Any) -> list[int]:
    rows = articles_for(text, brand=default_brand().pk, language=language, languages=("en", "de"), **asked).articles
    return [row.article_id for row in rows]


def test_a_question_in_ones_own_words_finds_its_article(shelf: dict[str, int]) -> None:
    assert found("how do I mend the hole in my tyre please?")[0] == shelf["tyre"]
    assert found("My brakes are squealing terribly!")[0] == shelf["brake"]
    assert found("returned parcels")[0] == shelf["return"]


def test_misspelt_words_are_mended(shelf: dict[str, int]) -> None:
    rows = articles_for("breaks sqeual", brand=default_brand().pk, language="en", languages=("en",))
    assert ([row.article_id for row in rows.articles], rows.mended["sqeual"]) == ([shelf["brake"]], "squeal")
    assert found("Schlos klemt", "de")[0] == shelf["lock"]
    assert found("Schluessel", "de") == [shelf["lock"]]


def test_a_long_word_is_taken_apart_where_nobody_knows_it(shelf: dict[str, int]) -> None:
    assert found("Bremsscheibenreinigen", "de") == [shelf["brake"]]


def test_the_readers_language_comes_first_and_others_still_help(shelf: dict[str, int]) -> None:
    rows = articles_for("bremsen alkohol", brand=default_brand().pk, language="de", languages=("de", "en")).articles
    assert [(row.article_id, row.language) for row in rows] == [(shelf["brake"], "de")]
    assert found("hole in the tube", "de")[0] == shelf["tyre"]
    assert found("電池", "ja") == [shelf["light"]]


def test_while_typing_the_last_word_may_go_on(shelf: dict[str, int]) -> None:
    assert found("squ", is_typing=True) == [shelf["brake"]]
    assert found("squ") == []
    assert found("sq", is_typing=True) == []


def test_what_is_for_us_alone_is_never_found_by_customers(shelf: dict[str, int]) -> None:
    assert shelf["staff"] not in found("goodwill brakes squeal")
    assert shelf["staff"] in found("goodwill brakes squeal", audience=None)


def test_words_that_nothing_holds_are_no_answer(shelf: dict[str, int]) -> None:
    for nothing in ("zeppelin insurance in Tokyo", "the of and", "", "  ", "?!", "x" * 5_000, "'; DROP TABLE--"):
        assert found(nothing) == [], nothing


def test_what_was_withdrawn_or_rewritten_is_found_by_its_words_no_more(shelf: dict[str, int]) -> None:
    versions.withdraw(shelf["tyre"], "en", by=SYSTEM, at=NOON)
    published("Discs that rub", "Loosen the calliper.", of=shelf["brake"])
    indexed()
    assert (found("patch tube hole"), found("squeal"), found("calliper")) == ([], [], [shelf["brake"]])
    assert db.value("SELECT count(*) FROM knowledge_findingword WHERE word = 'patch'") == 0


def test_an_article_learns_words_it_does_not_hold(shelf: dict[str, int]) -> None:
    assert found("puncture") == []
    add_phrase(shelf["tyre"], language="en", words="puncture", by=SYSTEM, at=NOON)
    indexed()
    assert found("punctures") == [shelf["tyre"]]


def test_suggestions_while_typing_are_one_search_without_addresses(shelf: dict[str, int]) -> None:
    browser = Client(enforce_csrf_checks=True)
    answers = [
        browser.get("/help/suggestions", {"q": words, "lang": "en"})
        for words in ("bra", "brakes", "brakes squeal carol@example.com 4929123456781234")
    ]
    tokens = {json.loads(answer.content)["token"] for answer in answers}
    assert (len(tokens), answers[-1].headers["Access-Control-Allow-Origin"]) == (1, "*")
    items = json.loads(answers[1].content)["items"]
    assert [(one["title"], one["snippet"]) for one in items] == [("The brakes squeal", "Noise when braking")]
    token = tokens.pop()
    assert browser.get(items[0]["url"]).headers["Location"] == "/help/en/the-brakes-squeal"
    assert browser.post(f"/help/suggestions/{token}/solved").status_code == 204
    assert browser.post("/help/suggestions/none/solved").status_code == 404
    assert browser.post(f"/help/suggestions/{token}/delighted").status_code == 404
    rows = db.rows("SELECT words, opened, outcome, place FROM knowledge_search")
    assert [tuple(row) for row in rows] == [("brakes squeal", [shelf["brake"]], "solved", "suggestion")]
    assert browser.options("/help/suggestions").status_code == 204
    assert browser.get(f"/help/found/{token}/{shelf['staff']}").status_code == 404


def test_only_who_says_that_it_helped_is_counted_as_answered(shelf: dict[str, int]) -> None:
    browser = Client()
    for words, outcome in (("brakes squeal", "solved"), ("flat tyre", "not_solved"), ("alcohol for discs", "")):
        told = json.loads(browser.get("/help/suggestions", {"q": words, "lang": "en"}).content)
        browser.get(told["items"][0]["url"])
        if outcome:
            browser.post(f"/help/suggestions/{told['token']}/{outcome}")
    day = db.value("SELECT min(at)::date FROM knowledge_search")
    assert searches_made(Asked(day - timedelta(days=1), day + timedelta(days=1))) == (3, 1)


def test_who_asks_too_often_waits(shelf: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggesting, "PACE", Pace(burst=3, a_minute=1))
    browser = Client()
    answers = [browser.get("/help/suggestions?q=") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert (answers[-1].headers["Retry-After"], json.loads(answers[-1].content)) == ("5", {"detail": "Too many calls."})


def test_the_search_page_marks_what_was_asked_and_takes_an_answer(shelf: dict[str, int]) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.get("/help/search", {"q": "alcohol <b>discs</b>"}).content.decode()
    assert ("<mark>alcohol</mark>" in page, "<b>discs" in page, "1 article may help" in page) == (True, False, True)
    token = db.value("SELECT token FROM knowledge_search")
    told = browser.post(f"/help/searches/{token}", {"outcome": "not_solved"})
    assert (told.status_code, db.value("SELECT outcome FROM knowledge_search")) == (200, "not_solved")
    nothing = browser.get("/help/search", {"q": "zeppelin"}).content.decode()
    assert "Nothing here answers that." in nothing
    assert browser.get("/help/search").status_code == 200


def test_searches_are_forgotten_after_ninety_days(shelf: dict[str, int]) -> None:
    Client().get("/help/search", {"q": "brakes"})
    db.execute("UPDATE knowledge_search SET at = at - interval '91 days'")
    from careline.kit import clock

    assert forget_searches(at=clock.now()) == 1
