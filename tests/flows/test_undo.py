"""Undo of whatever an agent has just changed on a case."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from careline.domain.conversations.commands import fields
from careline.domain.conversations.errors import AlreadyGone
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.conversations.rules.covers import cover_of
from careline.domain.history.actor import agent
from careline.domain.history.queries import happenings_of_case
from careline.domain.staff.rules import Forbidden, Person, narrowed_to
from careline.flows.change import Change, change
from careline.flows.note import note
from careline.flows.reshape import Shape, reshape
from careline.flows.resolve import reopen, resolve
from careline.flows.set_fields import set_fields, set_topic
from careline.flows.undo import undo
from tests.world import NOON, World, make_world

SOON = NOON + timedelta(minutes=5)
IN_TIME = SOON + timedelta(seconds=12)
TOO_LATE = SOON + timedelta(seconds=14)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def _change(wanted: Change) -> Callable[[World, Person], None]:
    return lambda world, who: change(who, world.case, wanted, by=agent(who.id), at=SOON)


CHANGES: dict[str, Callable[[World, Person], Any]] = {
    "assign": lambda world, who: change(who, world.case, Change(assignee=world.ben.pk), by=agent(who.id), at=SOON),
    "team": lambda world, who: change(who, world.case, Change(team=world.back.pk), by=agent(who.id), at=SOON),
    "tags": _change(Change(tags=("refund", "vip"))),
    "priority": _change(Change(priority="urgent")),
    "subject": _change(Change(subject="The bike is here")),
    "spam": _change(Change(is_spam=True)),
    "snooze": _change(Change(snoozed_until=NOON + timedelta(days=1))),
    "topic": lambda world, who: set_topic(who, world.case, _topic(who), by=agent(who.id), at=SOON),
    "fields": lambda world, who: set_fields(who, world.case, {_field(who): "Worn"}, by=agent(who.id), at=SOON),
    "several": lambda world, who: reshape(
        who,
        world.case,
        Change(tags=("refund",)),
        Shape(status="resolved", has_topic=True, topic=_topic(who)),
        by=agent(who.id),
        at=SOON,
    ),
    "resolve": lambda world, who: resolve(who, world.case, by=agent(who.id), at=SOON),
}


def _topic(who: Person) -> int:
    return fields.add_topic({"en": "Brakes"}, by=agent(who.id), at=NOON)


def _field(who: Person) -> str:
    return fields.add_field(fields.NewField({"en": "Cause"}, "text"), by=agent(who.id), at=NOON)


@pytest.mark.parametrize("kind", CHANGES)
def test_each_change_is_undone_as_if_it_had_not_been(world: World, kind: str) -> None:
    ben, before = world.person(world.ben), _cover(world)
    CHANGES[kind](world, ben)
    assert _cover(world) != before
    undo(ben, world.case, by=agent(ben.id), at=IN_TIME)
    assert _cover(world) == before
    assert [h.data.get("undo") for h in _happenings(world)][-1] is True


def test_the_opening_of_a_resolved_case_is_undone(world: World) -> None:
    ben = world.person(world.ben)
    resolve(ben, world.case, by=agent(ben.id), at=NOON + timedelta(minutes=1))
    before = _cover(world)
    reopen(ben, world.case, by=agent(ben.id), at=SOON)
    undo(ben, world.case, by=agent(ben.id), at=IN_TIME)
    assert _cover(world) == before


def test_what_is_too_late_stays(world: World) -> None:
    ben = world.person(world.ben)
    CHANGES["priority"](world, ben)
    with pytest.raises(AlreadyGone):
        undo(ben, world.case, by=agent(ben.id), at=TOO_LATE)
    assert conversation_by_number(world.case).priority == 4


def test_what_something_came_after_stays(world: World) -> None:
    ben = world.person(world.ben)
    CHANGES["priority"](world, ben)
    _answers_again(world)
    with pytest.raises(AlreadyGone):
        undo(ben, world.case, by=agent(ben.id), at=IN_TIME)
    assert conversation_by_number(world.case).priority == 4


def test_nobody_undoes_what_another_one_did(world: World) -> None:
    ben, ada = world.person(world.ben), world.person(world.ada)
    CHANGES["priority"](world, ben)
    with pytest.raises(AlreadyGone):
        undo(ada, world.case, by=agent(ada.id), at=IN_TIME)


def test_it_is_undone_once(world: World) -> None:
    ben = world.person(world.ben)
    CHANGES["priority"](world, ben)
    undo(ben, world.case, by=agent(ben.id), at=IN_TIME)
    with pytest.raises(AlreadyGone):
        undo(ben, world.case, by=agent(ben.id), at=IN_TIME)


def test_a_token_undoes_no_more_than_it_may_do(world: World) -> None:
    ben = world.person(world.ben)
    CHANGES["assign"](world, ben)
    narrow = narrowed_to(ben, frozenset({"conversation:read", "conversation:label"}))
    with pytest.raises(Forbidden):
        undo(narrow, world.case, by=agent(ben.id), at=IN_TIME)
    assert conversation_by_number(world.case).assignee_id == ben.id


def test_a_change_that_changes_nothing_leaves_the_undo_of_the_one_before(world: World) -> None:
    ben, before = world.person(world.ben), _cover(world)
    CHANGES["priority"](world, ben)
    CHANGES["priority"](world, ben)
    undo(ben, world.case, by=agent(ben.id), at=IN_TIME)
    assert _cover(world) == before


def test_a_note_is_taken_back_with_its_words(world: World) -> None:
    ben = world.person(world.ben)
    case = conversation_by_number(world.case)
    note(ben, world.case, text="She called twice.", by=agent(ben.id), at=SOON)
    assert undo(ben, world.case, by=agent(ben.id), at=IN_TIME).text == "She called twice."
    after = conversation_by_number(world.case)
    assert (after.message_count, after.last_message_id, after.category) == (1, case.last_message_id, "open")
    assert [(m.kind, m.delivery) for m in messages_of(case.id)] == [("incoming", None), ("note", "cancelled")]


def _cover(world: World) -> dict[str, Any]:
    return cover_of(conversation_by_number(world.case))


def _happenings(world: World) -> list[Any]:
    """Without what its promises do by it: they follow the case, there and back."""
    found = happenings_of_case(conversation_by_number(world.case).id)
    return [happened for happened in found if not happened.name.startswith("sla.")]


def _answers_again(world: World) -> None:
    note(world.person(world.ada), world.case, text="Wait.", by=agent(world.ada.pk), at=SOON)
