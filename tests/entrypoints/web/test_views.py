"""Saved views on screen: made, counted, copied, put in order, hidden, deleted."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from careline.domain.conversations.commands.fields import NewField, add_field, add_topic
from careline.domain.desk.queries.views import view_of, views_of
from careline.domain.desk.rules import Filter, Span
from careline.domain.history.actor import SYSTEM, agent
from careline.entrypoints.web.inbox import lists
from careline.flows.change import Change, change
from tests.entrypoints.web.conftest import PART
from tests.world import NOON, World, writes_in

URGENT = {"name": "Urgent", "audience": "me", "categories": ["open"], "priorities": ["urgent", "high"], "tags": "bell, horn",
          "assignee": "none",
          "created_way": "within", "created_number": "2", "created_unit": "weeks", "due_within": "0",
          "sort": "priority", "columns": ["tags", "due"]}  # fmt: skip


def test_a_view_is_made_by_its_form_and_opens(three_cases: World, ada: Client) -> None:
    made = ada.post("/saved-views/new", URGENT)
    code = made.headers["Location"].removeprefix("/views/")
    view = view_of(three_cases.person(three_cases.ada), code)
    assert view is not None
    assert (view.name, view.sort, view.columns, view.audience) == ("Urgent", "priority", ("tags", "due"), "me")
    assert view.filter == Filter(("open",), assignee="none", tags=("bell", "horn"), priorities=("urgent", "high"),
                                 created=Span(within=timedelta(weeks=2)), due_within=timedelta())  # fmt: skip
    page = ada.get(f"/saved-views/{code}").content.decode()
    assert 'value="bell, horn"' in page
    assert ada.get(f"/views/{code}").status_code == 200
    assert "without-assignee" in ada.get(f"/views/{code}").content.decode()


def test_a_form_that_is_wrong_loses_nothing(ada: Client) -> None:
    answer = ada.post("/saved-views/new", URGENT | {"name": " ", "tags": "bell"})
    assert (answer.status_code, 'value="bell"' in answer.content.decode()) == (422, True)
    assert ada.post("/saved-views/new", URGENT | {"due_within": "soon"}).status_code == 422
    assert ada.post("/saved-views/new", URGENT | {"assignee": "Ben"}).status_code == 422


def test_the_form_says_how_many_cases_it_holds(three_cases: World, ada: Client) -> None:
    assert (
        "Holds 3 cases now" in ada.post("/saved-views/count", {"categories": ["open"]}, headers=PART).content.decode()
    )
    assert "an id" in ada.post("/saved-views/count", {"assignee": "Ben"}, headers=PART).content.decode()


def test_a_view_asks_for_topics_and_own_fields(world: World, ada: Client) -> None:
    topic = add_topic({"en": "Brakes"}, by=SYSTEM, at=NOON)
    add_field(NewField({"en": "Size"}, kind="choice", choices=[("s", {"en": "Small"})]), by=SYSTEM, at=NOON)
    add_field(NewField({"en": "Frames"}, kind="number"), by=SYSTEM, at=NOON)
    asked = URGENT | {"topics": [str(topic)], "field-size": "s", "field-frames": "3"}
    code = ada.post("/saved-views/new", asked).headers["Location"].removeprefix("/views/")
    view = view_of(world.person(world.ada), code)
    assert view is not None
    assert (view.filter.topics, view.filter.fields) == ((str(topic),), {"size": "s", "frames": 3})
    page = ada.get(f"/saved-views/{code}").content.decode()
    assert re.search(r'<option value="s" selected>Small', page) and 'name="field-frames" value="3"' in page
    wrong = ada.post("/saved-views/new", URGENT | {"field-frames": "many"})
    assert (wrong.status_code, 'value="many"' in wrong.content.decode()) == (422, True)


def test_order_and_what_is_hidden_are_ones_own(world: World, ada: Client, enter: Callable[..., Client]) -> None:
    ada.post("/saved-views", {"code": "spam", "then": "up"})
    ada.post("/saved-views", {"code": "snoozed", "then": "hide"})
    codes = [view.code for view in views_of(world.person(world.ada))]
    assert (codes[-2:], "snoozed" in codes) == (["spam", "all"], False)
    assert "/views/snoozed" not in ada.get("/inbox").content.decode()
    assert "snoozed" in [view.code for view in views_of(world.person(world.ben))]
    ada.post("/saved-views", {"code": "snoozed", "then": "show"})
    assert "snoozed" in [view.code for view in views_of(world.person(world.ada))]


def test_views_of_all_are_changed_by_who_may_and_copied_by_everybody(
    world: World, ada: Client, enter: Callable[..., Client]
) -> None:
    code = ada.post("/saved-views/new", URGENT | {"audience": "all"}).headers["Location"].removeprefix("/views/")
    ben = enter(world.ben)
    assert ben.get(f"/views/{code}").status_code == 200
    assert ben.post(f"/saved-views/{code}", URGENT).status_code == 403
    assert ben.post(f"/saved-views/{code}", {"then": "delete"}).status_code == 403
    assert ben.post("/saved-views/new", URGENT | {"audience": "all"}).status_code == 403
    assert "Urgent (copy)" in ben.get(f"/saved-views/new?copy={code}").content.decode()
    mine = ben.post("/saved-views/new", URGENT).headers["Location"].removeprefix("/views/")
    assert ada.get(f"/views/{mine}").status_code == 404
    assert ada.post(f"/saved-views/{code}", {"then": "delete"}).headers["Location"] == "/saved-views"
    assert ben.get(f"/views/{code}").status_code == 404


@pytest.mark.parametrize("sort", ["due", "updated", "created", "priority", "waiting"])
def test_pages_follow_each_other_in_every_order(
    world: World, ada: Client, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(6):
        number = writes_in(
            f"Number {n}", text="Hello", mailbox=world.mailbox, sender=f"c{n}@example.com", at=NOON
        ).number
        assert number is not None
        if n % 2:
            change(world.person(world.ada), number, Change(priority="urgent"), by=agent(world.ada.pk), at=NOON)
    code = ada.post("/saved-views/new", {"name": "All", "audience": "me", "sort": sort}).headers["Location"]
    monkeypatch.setattr(lists, "SHOWN", 3)
    address, seen = code, []
    for _ in range(5):
        page = ada.get(address).content.decode()
        seen += [part.split('"')[0] for part in page.split('data-number="')[1:]]
        if "after=" not in page:
            break
        address = html.unescape(re.findall(r'href="(/views/[^"]*after=[^"]*)"', page)[0])
    assert sorted(seen) == sorted(str(world.case + n) for n in range(7))
