"""Macros: several changes in one step, by the same doors as people, all of them or none."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from careline.automation.rules.macros import MacroRefused, preview_macro, run_macro
from careline.domain.channels.inbound import Inbound, Party
from careline.domain.conversations.errors import NotFound, ThreadChanged
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.history.actor import agent
from careline.domain.knowledge.queries.canned import macros_of
from careline.domain.knowledge.rules.actions import BadMacro, actions_from
from careline.domain.staff.rules import Forbidden
from careline.flows.change_macro import WrittenMacro, add_macro
from careline.flows.receive import Carried, receive
from careline.kit import db
from tests.world import NOON, World, make_world

REFUND: list[dict[str, Any]] = [
    {"do": "resolve"},
    {"do": "reply", "texts": {"en": "Dear {{customer.first_name}}, it is on its way.{{cursor}}", "de": "Hallo"}},
    {"do": "assign", "to": "me"},
    {"do": "tag", "names": ["refund", "vip"]},
    {"do": "priority", "to": "high"},
    {"do": "note", "texts": {"en": "Refunded by {{agent.name}}."}},
]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def macro(world: World, actions: list[dict[str, Any]], **more: Any) -> int:
    ben = world.person(world.ben)
    return add_macro(ben, WrittenMacro("Refund", actions, **more), by=agent(ben.id), at=NOON)


def run(world: World, key: int, **more: Any) -> Any:
    ben = world.person(world.ben)
    return run_macro(ben, world.case, key, by=agent(ben.id), at=NOON, **more)


def history() -> int:
    return int(db.value("SELECT count(*) FROM history"))


def test_a_macro_does_all_of_it_in_one_step(world: World) -> None:
    ran = run(world, macro(world, REFUND))
    case = conversation_by_number(world.case)
    assert (case.category, case.assignee_id, case.priority, len(case.tag_ids)) == ("resolved", world.ben.pk, 3, 2)
    assert [(m.kind, m.text) for m in messages_of(case.id)][1:] == [
        ("note", "Refunded by Ben."),
        ("reply", "Dear Carol, it is on its way."),
    ]
    assert ran.message == messages_of(case.id)[-1].id
    [used] = macros_of(world.person(world.ben))
    assert (used.uses, used.own_uses, used.used_at) == (1, 1, NOON)


def test_a_macro_gives_a_status_of_the_companys_own_or_says_that_there_is_none(world: World) -> None:
    run(world, macro(world, [{"do": "status", "to": "waiting"}]))
    assert conversation_by_number(world.case).category == "waiting"
    with pytest.raises(MacroRefused):
        run(world, macro(world, [{"do": "status", "to": "imagined"}]))


def test_a_preview_says_what_would_happen_and_changes_nothing(world: World) -> None:
    key, ben = macro(world, REFUND), world.person(world.ben)
    before, stood = history(), conversation_by_number(world.case)
    steps = preview_macro(ben, world.case, key, by=agent(ben.id), at=NOON)
    assert [(step.does["do"], step.refusal) for step in steps] == [
        (kind, "") for kind in ("assign", "tag", "priority", "note", "reply", "resolve")
    ]
    assert (history(), conversation_by_number(world.case)) == (before, stood)


def test_one_refusal_undoes_everything_and_all_refusals_are_told(world: World) -> None:
    broken = [
        {"do": "tag", "names": ["vip"]},
        {"do": "assign", "to": "999999"},
        {"do": "team", "to": "999999"},
        {"do": "resolve"},
    ]
    key = macro(world, broken)
    before, stood = history(), conversation_by_number(world.case)
    with pytest.raises(MacroRefused) as refused:
        run(world, key)
    assert [action for action, _ in refused.value.reasons] == ["assign", "team"]
    assert (history(), conversation_by_number(world.case)) == (before, stood)
    assert macros_of(world.person(world.ben))[0].uses == 0


def test_a_text_with_an_unknown_variable_is_never_sent(world: World) -> None:
    key = macro(world, [{"do": "reply", "texts": {"en": "Your order {{order.number}}"}}])
    with pytest.raises(MacroRefused, match=r"\{\{order.number\}\}"):
        run(world, key)
    assert len(messages_of(conversation_by_number(world.case).id)) == 1


def test_a_macro_that_answers_stops_where_the_customer_wrote_meanwhile(world: World) -> None:
    key = macro(world, REFUND)
    [first] = messages_of(conversation_by_number(world.case).id)
    more = Inbound(
        sender=Party("carol@example.com", "Carol"), to=[Party(world.mailbox.address)], subject="Re: Where is my bike?", text="Found it",
        visible_text="Found it", sent_at=NOON, external_id="<more@mail.example>", in_reply_to=first.external_id,
        references=[first.external_id], fingerprint="more",
    )  # fmt: skip
    with transaction.atomic():
        assert receive(more, channel=world.mailbox, carried=Carried(), at=NOON).number == world.case
    with pytest.raises(ThreadChanged):
        run(world, key, seen_message=first.id)
    assert conversation_by_number(world.case).tag_ids == []


def test_who_does_not_see_the_case_or_the_macro_runs_nothing(world: World) -> None:
    key, cleo = macro(world, [{"do": "resolve"}]), world.person(world.cleo)
    with pytest.raises(NotFound):
        run_macro(cleo, world.case, key, by=agent(cleo.id), at=NOON)
    ada = world.person(world.ada)
    with pytest.raises(NotFound):
        run_macro(ada, world.case, key, by=agent(ada.id), at=NOON)
    assert conversation_by_number(world.case).category == "open"


def test_macros_for_all_are_written_by_who_may(world: World) -> None:
    with pytest.raises(Forbidden):
        macro(world, [{"do": "resolve"}], audience="all")
    with pytest.raises(Forbidden):
        macro(world, [{"do": "resolve"}], audience="team", team_id=world.front.pk)
    ada = world.person(world.ada)
    add_macro(ada, WrittenMacro("End", [{"do": "resolve"}], audience="all"), by=agent(ada.id), at=NOON)
    assert [row.name for row in macros_of(world.person(world.cleo))] == ["End"]


@pytest.mark.parametrize(
    ("actions", "part"),
    [
        ([], "actions"), ("x", "actions"), ([{"do": "fly"}], "actions[0].do"), ([{"do": ["x"]}], "actions[0].do"),
        ([{"do": "assign", "to": "Ben"}], "actions[0].to"), ([{"do": "snooze", "hours": 0}], "actions[0].hours"),
        ([{"do": "snooze", "hours": True}], "actions[0].hours"), ([{"do": "tag", "names": []}], "actions[0].names"),
        ([{"do": "resolve", "to": 1}], "actions[0].to"), ([{"do": "resolve"}, {"do": "snooze", "hours": 2}], "actions"),
        ([{"do": "priority", "to": "high"}] * 2, "actions"), ([{"do": "reply", "texts": {"en": " "}}], "actions[0].texts"),
    ],
)  # fmt: skip
def test_what_no_macro_can_do_is_refused_where_it_is_written(actions: Any, part: str) -> None:
    with pytest.raises(BadMacro) as refused:
        actions_from(actions)
    assert refused.value.field == part
