"""What is looked for in vain is seen and answered; articles go into answers; a solved case becomes an article without its people."""

import json

import pytest
from django.test import Client

from careline.domain.company.queries import default_brand
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import agent
from careline.domain.history.queries import happenings_of_case
from careline.domain.knowledge.queries.finding import articles_for
from careline.domain.knowledge.rules.without_people import without_people
from careline.entrypoints.portal.finding import looking
from careline.flows.article_from_case import propose_article
from careline.flows.insert_article import insert_article
from careline.flows.reply import Draft, reply
from careline.flows.resolve import resolve
from careline.kit import clock
from tests.domain.knowledge.library import indexed, published
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    looking.PACE.forget()
    return make_world()


def as_ada(world: World) -> Client:
    browser = Client()
    browser.force_login(world.ada)
    return browser


def test_what_was_looked_for_in_vain_is_answered_by_an_article(world: World) -> None:
    tyre = published("Mending a flat tyre", "Glue a patch on the hole.")
    indexed()
    for words in ("Puncture!", "puncture", "hole"):
        Client().get("/help/search", {"q": words})
    browser = as_ada(world)
    page = browser.get("/gaps").content.decode()
    assert (">2<" in page, page.count('class="main cut"')) == (True, 2)
    behind = browser.get("/gaps/searches?words=puncture").content.decode()
    assert (behind.count("Help centre"), "Mending a flat tyre" in behind) == (2, True)
    assert browser.post("/gaps", {"words": "puncture", "article": tyre, "language": "en"}).status_code == 302
    indexed()
    assert 'words=puncture"' not in browser.get("/gaps").content.decode().lower()
    found = articles_for("a puncture", brand=default_brand().pk, language="en", languages=("en",))
    assert [row.article_id for row in found.articles] == [tyre]
    assert browser.delete("/gaps?words=hole").headers["HX-Redirect"] == "/gaps"
    assert "Everything that was looked for was found." in browser.get("/gaps").content.decode()


def test_an_article_in_an_answer_stands_on_the_case(world: World) -> None:
    tyre = published("Where is my bike", "Look into the order.", summary="Parcels and days")
    ours = published("Goodwill", "Give them what they want.", audience="staff")
    indexed()
    ben, by = world.person(world.ben), agent(world.ben.pk)
    browser = Client(headers={"HX-Request": "true"})
    browser.force_login(world.ben)
    offered = browser.get(f"/conversations/{world.case}/articles").content.decode()
    assert (f'data-id="{tyre}"' in offered, f'data-id="{ours}"' in offered) == (True, False)
    assert f'data-id="{ours}"' in browser.get(f"/conversations/{world.case}/articles?q=goodw").content.decode()
    put = browser.post(f"/conversations/{world.case}/articles/{tyre}", {"how": "link"})
    assert json.loads(put.content)["text"].endswith("/help/en/where-is-my-bike")
    insert_article(ben, world.case, tyre, how="link", by=by, at=NOON)
    assert insert_article(ben, world.case, ours, how="text", by=by, at=NOON).text == "Give them what they want."
    with pytest.raises(Refused, match="Customers can't read this article"):
        insert_article(ben, world.case, ours, how="link", by=by, at=NOON)
    case = conversation_by_number(world.case)
    assert case is not None
    told = [one.data for one in happenings_of_case(case.id) if one.name == "article.inserted"]
    assert told == [
        {"article": tyre, "how": "link", "language": "en"}, {"article": ours, "how": "text", "language": "en"}
    ]  # fmt: skip


def test_a_solved_case_becomes_a_draft_without_its_people(world: World) -> None:
    ada, by, now = world.person(world.ada), agent(world.ada.pk), clock.now()
    with pytest.raises(Refused, match="Only a resolved case"):
        propose_article(ada, world.case)
    words = "Dear Carol,\n\nyour bike left us, Ben packed it. Call +49 30 1234567.\n\nIt comes within 5 days.\n\nBest regards\nAda"
    reply(ada, world.case, Draft(text=words), by=by, at=now)
    resolve(ada, world.case, by=by, at=now)
    browser = as_ada(world)
    assert "Solved without an article" in browser.get("/gaps").content.decode()
    assert "Where is my bike?" in browser.get("/gaps/cases").content.decode()
    found = propose_article(ada, world.case)
    assert (found.title, found.summary) == ("Where is my bike?", "I ordered it a week ago.")
    assert found.text == "your bike left us, … packed it. Call ….\n\nIt comes within 5 days."
    assert (
        "Carol"
        not in browser.get(f"/conversations/{world.case}/article/new")
        .content.decode()
        .partition("<form")[2]
        .partition("</form>")[0]
    )


@pytest.mark.parametrize(
    ("written", "stays"),
    [
        ("Hi Ben,\n\nit works.\n\nThanks\nCarol Jensen\n12 Long Street", "it works."),
        ("Write to carol.j@example.com or www.example.com/x?id=7", "Write to … or …"),
        ("Order 2026-1001-77 came, IBAN DE89 3704 0044 0532 0130 00.", "Order … came, IBAN …."),
        ("Carol's bell; CAROL said: will it ring?", "… bell; … said: will it ring?"),
        ("Hallo Frau Jensen,\nbitte 2 Tropfen Öl.\n\nViele Grüße\nBen", "bitte 2 Tropfen Öl."),
        ("Die Bahnhofstraße 12 ist nah, es sind 30 Tage.", "Die … ist nah, es sind 30 Tage."),
        ("عزيزتي كارول،\nضعي قطرة زيت.\n\nمع التحيات", "ضعي قطرة زيت."),
        ("Tighten to 5 Nm; the gap is 1.5 mm.", "Tighten to 5 Nm; the gap is 1.5 mm."),
        ("", ""),
    ],
)
def test_people_go_out_of_a_text_by_rule(written: str, stays: str) -> None:
    assert without_people(written, names=["Carol Jensen", "Ben", "carol.j"]) == stays
