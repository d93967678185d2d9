"""Each part of an act asks for its own verb: who may do one thing does not get the next one with it."""

from collections.abc import Callable
from typing import Any

import pytest

from careline.domain.channels.queries import channels
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.history.actor import agent
from careline.domain.staff.rules import Forbidden, Person, narrowed_to
from careline.flows.change import Change, change
from careline.flows.open_case import Opening, open_case
from careline.flows.reply import Draft, reply
from careline.flows.resolve import resolve
from careline.kit import db
from tests.world import NOON, World, make_world

STRANGER = Recipient("dan@example.org", "Dan")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def ben_with(world: World) -> Callable[..., Person]:
    """Ben by a token with these scopes alone, and what is needed to see a case."""

    def narrowed(*verbs: str) -> Person:
        return narrowed_to(world.person(world.ben), frozenset({"conversation:read", *verbs}))

    return narrowed


@pytest.mark.parametrize(
    "labels", [{"tags": ("refund",)}, {"priority": "urgent"}, {"subject": "Other"}, {"is_spam": True}, {"without_hint": True}]
)  # fmt: skip
def test_who_may_assign_does_not_label_by_it(world: World, ben_with: Callable[..., Person], labels: Any) -> None:
    ben, before = ben_with("conversation:assign"), state_of(world.case)
    with pytest.raises(Forbidden, match="conversation:label"):
        change(ben, world.case, Change(assignee=world.ben.pk, **labels), by=agent(ben.id), at=NOON)
    assert state_of(world.case) == before


def test_who_may_label_does_not_assign_by_it(world: World, ben_with: Callable[..., Person]) -> None:
    ben, before = ben_with("conversation:label"), state_of(world.case)
    with pytest.raises(Forbidden, match="conversation:assign"):
        change(ben, world.case, Change(team=world.back.pk, priority="high"), by=agent(ben.id), at=NOON)
    assert state_of(world.case) == before


def test_who_may_answer_does_not_resolve_by_it(world: World, ben_with: Callable[..., Person]) -> None:
    ben, before = ben_with("conversation:reply"), state_of(world.case)
    with pytest.raises(Forbidden, match="conversation:resolve"):
        reply(ben, world.case, Draft(text="It is here.", resolve=True), by=agent(ben.id), at=NOON)
    assert state_of(world.case) == before


def test_what_forbids_to_resolve_forbids_it_with_an_answer_too(world: World) -> None:
    ben = world.person(world.ben)
    db.execute("UPDATE conversations_conversation SET pending_approvals = 1 WHERE number = %s", [world.case])
    before = state_of(world.case)
    with pytest.raises(Refused, match="approval"):
        resolve(ben, world.case, by=agent(ben.id), at=NOON)
    with pytest.raises(Refused, match="approval"):
        reply(ben, world.case, Draft(text="It is here.", resolve=True), by=agent(ben.id), at=NOON)
    assert state_of(world.case) == before


@pytest.mark.parametrize(("kind", "verb"), [("reply", "conversation:reply"), ("note", "conversation:note")])
def test_who_may_open_cases_writes_to_nobody_by_it(world: World, ben_with: Callable[..., Person], kind: str, verb: str) -> None:  # fmt: skip
    ben = ben_with("conversation:create")
    opening = Opening(kind, channel=channels()[0], sender=STRANGER, subject="Hello", text="Buy this")
    with pytest.raises(Forbidden, match=verb):
        open_case(ben, opening, by=agent(ben.id), at=NOON)
    assert db.value("SELECT count(*) FROM conversations_conversation") == 1


def test_who_may_open_cases_hands_in_what_a_customer_said(world: World, ben_with: Callable[..., Person]) -> None:
    ben = ben_with("conversation:create")
    opening = Opening("incoming", channel=channels()[0], sender=STRANGER, subject="Hello", text="My bell is broken")
    number = open_case(ben, opening, by=agent(ben.id), at=NOON)
    assert conversation_by_number(number).subject == "Hello"


def state_of(number: int) -> Any:
    case = conversation_by_number(number)
    return case, [message.id for message in messages_of(case.id)]
