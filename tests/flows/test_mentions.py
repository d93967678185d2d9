"""Colleagues who are named in notes."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_number, conversation_for
from careline.domain.conversations.rules.mentions import Colleague, named_in
from careline.domain.history.actor import agent
from careline.domain.history.queries import happenings_of_case
from careline.entrypoints.live.audience import topics_of, topics_told
from careline.flows.note import note
from careline.flows.undo import undo
from tests.world import NOON, World, make_world

SOON = NOON + timedelta(minutes=5)
PEOPLE = (
    Colleague(1, "Ada Lindgren", "ada@northwind.example"), Colleague(2, "Ben Okafor", "ben@northwind.example"),
    Colleague(3, "Ben Tan", "bt@northwind.example"), Colleague(4, "سارة", "sara@northwind.example"),
)  # fmt: skip


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@Ada, please", (1,)),
        ("Over to @ada lindgren.", (1,)),
        ("@Ben Tan and @Ada Lindgren", (3, 1)),
        ("@Ben", ()),
        ("@ben@northwind.example knows", (2,)),
        ("write to ada@ada.example", ()),
        ("@Adam", ()),
        ("(@Ada) @Ada", (1,)),
        ("@سارة هل يمكنك", (4,)),
        ("@", ()),
    ],
)
def test_who_is_named_in_a_text(text: str, named: tuple[int, ...]) -> None:
    assert named_in(text, PEOPLE) == named


def test_whoever_is_named_sees_the_case_from_then_on(world: World) -> None:
    cleo = world.person(world.cleo)
    with pytest.raises(NotFound):
        conversation_for(cleo, world.case)
    _notes(world, "@Cleo do you know this bike?")
    assert conversation_for(cleo, world.case).number == world.case
    assert conversation_by_number(world.case).mentioned_ids == [cleo.id]
    told = [h for h in happenings_of_case(conversation_by_number(world.case).id) if h.name == "conversation.mentioned"]
    assert [h.data["agents"] for h in told] == [[cleo.id]]


def test_whoever_is_named_hears_of_the_case_as_well(world: World) -> None:
    _notes(world, "@Cleo do you know this bike?")
    case = conversation_by_number(world.case)
    row = SimpleNamespace(**case._asdict(), subject_kind="conversation", data={})
    assert not topics_of(world.person(world.cleo)).isdisjoint(topics_told(row))


def test_a_note_that_is_taken_back_names_nobody(world: World) -> None:
    _notes(world, "@Cleo do you know this bike?")
    undo(world.person(world.ben), world.case, by=agent(world.ben.pk), at=SOON)
    assert conversation_by_number(world.case).mentioned_ids == []
    with pytest.raises(NotFound):
        conversation_for(world.person(world.cleo), world.case)


def test_nobody_is_named_into_a_case_that_is_for_others_alone(world: World) -> None:
    from careline.domain.conversations.models import Conversation

    Conversation.objects.filter(number=world.case).update(restricted_to=[world.ben.pk])
    _notes(world, "@Cleo do you know this bike?")
    assert conversation_by_number(world.case).mentioned_ids == []


def _notes(world: World, text: str) -> None:
    note(world.person(world.ben), world.case, text=text, by=agent(world.ben.pk), at=SOON)
