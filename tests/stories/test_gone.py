"""A tag, a status, a person that is gone: whatever named it says so, and how to mend it; nothing silently does nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from careline.domain.conversations.commands.tags import add_tag_name, delete_tag
from careline.domain.desk.queries.gone import gone_from_macros, gone_from_views
from careline.domain.desk.rules import Filter
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff import commands as staff
from careline.flows.change_macro import WrittenMacro, add_macro
from careline.flows.change_rule import WrittenRule, add_rule
from careline.flows.change_view import Wanted, add_view
from careline.kit import db
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.django_db
SENTENCE = "It names what is not there any more: the tag “refund”. Choose another, or take it out."


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def tag(world: World) -> int:
    return add_tag_name("Refund", by=SYSTEM, at=NOON)


@pytest.fixture
def ada(world: World, client: Client) -> Client:
    client.force_login(world.ada)
    return client


def page(client: Client, path: str) -> str:
    answer: Any = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_view_by_a_tag_that_is_gone_says_so_where_it_is_empty_in_its_list_and_above_its_form(
    world: World, tag: int, ada: Client
) -> None:
    who = world.person(world.ada)
    key = add_view(who, Wanted("Money back", {"tags": ["Refund"]}), by=agent(who.id), at=NOON)
    pages = ("/saved-views", f"/saved-views/{key}", f"/views/{key}")
    assert [SENTENCE in page(ada, path) for path in pages] == [False] * 3
    delete_tag(tag, by=SYSTEM, at=NOON)
    assert [SENTENCE in page(ada, path) for path in pages] == [True] * 3


def test_a_rule_by_a_tag_that_is_gone_says_that_it_does_nothing(world: World, tag: int, ada: Client) -> None:
    who = world.person(world.ada)
    rule = WrittenRule(
        "Money back",
        "trigger",
        ["opened"],
        {"all": [{"fact": "tags", "has_any": ["Refund"]}]},
        [{"do": "priority", "to": "high"}],
    )
    add_rule(who, rule, by=agent(who.id), at=NOON)
    assert SENTENCE not in page(ada, "/rules")
    delete_tag(tag, by=SYSTEM, at=NOON)
    assert f"Does nothing. {SENTENCE}" in page(ada, "/rules")


def test_a_macro_that_gives_to_somebody_who_left_names_them(world: World, ada: Client) -> None:
    who = world.person(world.ada)
    add_macro(who, WrittenMacro("To Ben", [{"do": "assign", "to": str(world.ben.pk)}]), by=agent(who.id), at=NOON)
    assert "who has left" not in page(ada, "/replies")
    staff.deactivate(world.ben, by=SYSTEM, at=NOON)
    assert "It names what is not there any more: Ben, who has left." in page(ada, "/replies")


def test_every_kind_of_thing_that_a_view_names_is_looked_for(world: World) -> None:
    filters = {
        "all": Filter(
            tags=("a",), tags_any=("b",), tags_none=("c",), statuses=("lost",), assignee="999", teams=("mine", "998"), topics=("none", "997"),
            channels=(996,), brands=(995,), fields={"plan": "gold"},
        ),
        "none": Filter(statuses=("open",), assignee="me", teams=("none",), channels=(world.mailbox.id,)),
    }  # fmt: skip
    gone = gone_from_views(filters)
    assert gone == {
        "all": (("tag", "a"), ("tag", "b"), ("status", "lost"), ("agent", "999"), ("team", "998"), ("topic", "997"), ("channel", "996"),
                ("brand", "995"), ("field", "plan"))
    }  # fmt: skip


def test_what_a_macro_puts_on_a_case_anew_is_not_missed(world: World) -> None:
    actions = [{"do": "tag", "names": ["new"]}, {"do": "status", "to": "lost"}, {"do": "assign", "to": "me"}]
    assert gone_from_macros({1: actions, 2: actions[:1]}) == {1: (("status", "lost"),)}
    assert db.value("SELECT count(*) FROM conversations_tag WHERE name = 'new'") == 0
