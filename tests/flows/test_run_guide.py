"""A guide is walked beside Carol's case, and by a customer alone."""

from typing import Any

import pytest
from django.test import Client

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.history.queries import happenings_of_case
from careline.domain.knowledge.queries.guides import guide_by_id, guides, published_guide, run_by_token, runs_of_case
from careline.domain.staff.rules import Forbidden
from careline.flows.keep_guides import WrittenGuide, add_guide, change_guide, publish_guide, withdraw_guide
from careline.flows.run_guide import (
    answer_alone,
    answer_guide,
    back_alone,
    begin_alone,
    keep_named_walk,
    keep_run_on_case,
    note_device,
    start_guide,
    step_back,
    stop_guide,
)
from tests.domain.knowledge.library import published
from tests.domain.knowledge.test_guides import LIGHT, step
from tests.world import NOON, World, make_world, writes_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def lit(world: World, **words: Any) -> int:
    """The guide about the light, published; its id."""
    ada, by = world.person(world.ada), agent(world.ada.pk)
    written = WrittenGuide({"en": "My light does not work"}, steps=LIGHT, **words)
    key = add_guide(ada, written, by=by, at=NOON)
    publish_guide(ada, key, by=by, at=NOON)
    return key


def test_the_path_beside_a_case_is_kept_on_it(world: World) -> None:
    guide, ben, by = lit(world), world.person(world.ben), agent(world.ben.pk)
    run = start_guide(ben, world.case, guide, by=by, at=NOON)
    answer_guide(ben, world.case, run, step="a", answer="yes", by=by, at=NOON)
    answer_guide(ben, world.case, run, step="a", answer="yes", by=by, at=NOON)
    step_back(ben, world.case, run, by=by, at=NOON)
    answer_guide(ben, world.case, run, step="a", answer="no", by=by, at=NOON)
    case = conversation_by_number(world.case)
    assert case is not None
    kept = [(row.path, row.outcome, row.agent_name, row.version) for row in runs_of_case(case.id)]
    assert kept == [([["a", "no"]], "hand_over", "Ben", 1)]
    told = [(one.name, one.data.get("outcome")) for one in happenings_of_case(case.id) if one.name.startswith("guide.")]
    assert told == [("guide.started", None), ("guide.ended", "hand_over")]


def test_who_began_a_version_walks_it_to_its_end(world: World) -> None:
    guide, ada, by = lit(world), world.person(world.ada), agent(world.ada.pk)
    token = begin_alone("my-light-does-not-work", at=NOON)
    change_guide(ada, guide, WrittenGuide({"en": "Light"}, steps=[step("z", ("ok", "solved"))]), by=by, at=NOON)
    assert publish_guide(ada, guide, by=by, at=NOON) == 2
    withdraw_guide(ada, guide, by=by, at=NOON)
    answer_alone(token, step="a", answer="yes", at=NOON)
    back_alone(token, at=NOON)
    answer_alone(token, step="a", answer="no", at=NOON)
    found = run_by_token(token)
    assert (found.path, found.outcome, found.version) == ([["a", "no"]], "hand_over", 1)
    with pytest.raises(NotFound):
        begin_alone("my-light-does-not-work", at=NOON)


def test_what_was_walked_alone_goes_to_the_case_once(world: World) -> None:
    lit(world)
    token, case = begin_alone("my-light-does-not-work", at=NOON), conversation_by_number(world.case)
    answer_alone(token, step="a", answer="no", at=NOON)
    for given in (token, token, "nobody's", ""):
        keep_run_on_case(given, case=case, by=SYSTEM, at=NOON)
    assert case is not None
    assert [(row.path, row.outcome, row.agent_name) for row in runs_of_case(case.id)] == [
        ([["a", "no"]], "hand_over", None)
    ]
    assert [one.name for one in happenings_of_case(case.id)].count("guide.ended") == 1


def test_who_names_the_walk_in_a_letter_brings_it_along(world: World) -> None:
    lit(world)
    token = begin_alone("my-light-does-not-work", at=NOON)
    answer_alone(token, step="a", answer="no", at=NOON)
    text = f"It stays dark: https://help.northwind.example/help/guides/walks/{token}."
    written = writes_in("Dark", text=text, mailbox=world.mailbox)
    case = conversation_by_number(written.number or 0)
    assert case is not None and written.message is not None
    for _twice in range(2):
        keep_named_walk(case.id, written.message, at=NOON)
    assert [(row.path, row.outcome) for row in runs_of_case(case.id)] == [([["a", "no"]], "hand_over")]
    first = conversation_by_number(world.case)
    assert first is not None and runs_of_case(first.id) == []


def test_a_broken_guide_is_kept_but_not_published(world: World) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    key = add_guide(ada, WrittenGuide({"en": "Round"}, steps=[step("a", ("again", "a"))]), by=by, at=NOON)
    with pytest.raises(Refused, match="Step 1 comes back to itself through step 1"):
        publish_guide(ada, key, by=by, at=NOON)
    assert (guide_by_id(key).current, published_guide("round")) == (None, None)
    again = add_guide(ada, WrittenGuide({"en": "Round"}), by=by, at=NOON)
    assert guide_by_id(again).slug == "round-2"
    assert guide_by_id(add_guide(ada, WrittenGuide({"ar": "المصباح"}), by=by, at=NOON)).slug == "guide"


def test_nobody_walks_beside_a_case_of_others(world: World) -> None:
    guide, cleo, by = lit(world), world.person(world.cleo), agent(world.cleo.pk)
    with pytest.raises(NotFound):
        start_guide(cleo, world.case, guide, by=by, at=NOON)
    with pytest.raises(Forbidden):
        add_guide(cleo, WrittenGuide({"en": "Mine"}), by=by, at=NOON)
    ada = world.person(world.ada)
    run = start_guide(ada, world.case, guide, by=by, at=NOON)
    with pytest.raises(NotFound):
        stop_guide(cleo, world.case, run, by=by, at=NOON)


def test_the_device_is_asked_once_and_kept_on_the_customer(world: World) -> None:
    lit(world, asks_device=True)
    ben, by = world.person(world.ben), agent(world.ben.pk)
    note_device(ben, world.case, device="Comet 3", version="2.1", by=by, at=NOON)
    browser = Client(headers={"HX-Request": "true"})
    browser.force_login(world.ben)
    page = browser.get(f"/conversations/{world.case}/guides").content.decode()
    assert "Device: Comet 3 2.1" in page


def test_a_customer_walks_alone_without_script_or_cookie(world: World) -> None:
    lit(world)
    browser = Client(enforce_csrf_checks=True)
    first = browser.get("/help/guides/my-light-does-not-work")
    assert (first.status_code, "Does it light up?" in first.content.decode()) == (200, True)
    assert guides()[0].runs == 0
    begun = browser.post("/help/guides/my-light-does-not-work", {"answer": "a.yes"})
    assert (begun.status_code, begun.headers["Location"][:18]) == (302, "/help/guides/walks")
    place = begun.headers["Location"]
    assert browser.post(place, {"answer": "a.no"}).status_code == 422
    assert browser.post(place, {"answer": "b.works"}).headers["Location"] == place
    end = browser.get(place)
    assert (">Solved<" in end.content.decode(), end.headers["Cache-Control"]) == (True, "no-store")
    assert (guides()[0].runs, guides()[0].solved) == (1, 1)
    for nowhere in ("/help/guides/none", "/help/guides/walks/none"):
        assert browser.get(nowhere).status_code == 404
        assert browser.post(nowhere, {"answer": "a.yes"}).status_code == 404


def test_a_guide_of_our_own_is_no_customers_business(world: World) -> None:
    lit(world, audience="staff")
    browser = Client()
    assert browser.get("/help/guides/my-light-does-not-work").status_code == 404
    assert browser.post("/help/guides/my-light-does-not-work", {"answer": "a.yes"}).status_code == 404
    assert "My light" not in browser.get("/help/guides").content.decode()


def test_a_guide_is_written_on_its_page_step_by_step(world: World) -> None:
    browser = Client()
    browser.force_login(world.ada)
    form = {
        "title.en": "My bell <b>rings</b>", "audience": "public", "s.a.ask.en": "Does it ring?", "a.a.x.say.en": "Yes", "to.a.x": "solved",
        "a.a.y.say.en": "No", "to.a.y": "step:b", "s.b.ask.en": "Is it there?", "a.b.x.say.en": "No", "to.b.x": "hand_over",
    }  # fmt: skip
    kept = browser.post("/guides/new", form)
    place = kept.headers["Location"]
    page = browser.get(place).content.decode()
    assert ("Every answer leads on" in page, "My bell &lt;b&gt;" in page) == (True, True)
    assert browser.post(place, form | {"then": "publish"}).status_code == 302
    assert published_guide("my-bell-b-rings-b").steps[0]["answers"][1] == {"key": "y", "say": {"en": "No"}, "to": "b"}
    more = browser.post("/guides/steps?act=add-answer&step=b", form).content.decode()
    assert more.count('role="group"') == 4
    moved = browser.post("/guides/steps?act=up&step=b", form).content.decode()
    assert moved.index("Is it there?") < moved.index(">Does it ring?<")
    refused = browser.post(place, form | {"to.b.x": "", "then": "publish"})
    assert (refused.status_code, "An answer of step 2 leads nowhere." in refused.content.decode()) == (422, True)


def test_a_guide_may_end_with_an_article_that_customers_can_read(world: World) -> None:
    bulb, ours = published("Changing the bulb", "Turn it."), published("Spare bulbs", "Shelf 4.", audience="staff")
    ends = [
        {"key": key, "say": {"en": key}, "end": "article", "article": str(article)}
        for key, article in (("bulb", bulb), ("ours", ours))
    ]  # fmt: skip
    ada, by = world.person(world.ada), agent(world.ada.pk)
    written = WrittenGuide({"en": "Bulb"}, steps=[{"key": "a", "ask": {"en": "Which?"}, "hint": {}, "answers": ends}])
    key = add_guide(ada, written, by=by, at=NOON)
    publish_guide(ada, key, by=by, at=NOON)
    ended = []
    for answer in ("bulb", "ours"):
        token = begin_alone("bulb", at=NOON)
        answer_alone(token, step="a", answer=answer, at=NOON)
        ended.append(Client().get(f"/help/guides/walks/{token}").content.decode())
    assert ["/help/en/changing-the-bulb" in page for page in ended] == [True, False]
    assert "Spare bulbs" not in ended[1]
    browser = Client()
    browser.force_login(world.ada)
    assert f'value="article:{bulb}" selected' in browser.get(f"/guides/{key}").content.decode()
