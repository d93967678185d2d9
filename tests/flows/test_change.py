"""What is changed on a case's cover."""

from __future__ import annotations

from careline.domain.conversations.queries.cases import conversation_by_number, tags
from careline.domain.history.actor import agent
from careline.flows.change import Change, change
from tests.world import NOON, World, make_world


def put(world: World, wanted: Change) -> None:
    change(world.person(world.ben), world.case, wanted, by=agent(world.ben.pk), at=NOON)


def tags_of(world: World) -> list[str]:
    case = conversation_by_number(world.case)
    assert case is not None
    return sorted(tag.name for tag in tags() if tag.id in case.tag_ids)


def test_one_more_tag_leaves_those_that_others_have_put_meanwhile(db: None) -> None:
    world = make_world()
    put(world, Change(tags=("bell",)))
    put(world, Change(tag="urgent"))
    put(world, Change(tag="Bell"))
    assert tags_of(world) == ["bell", "urgent"]


def test_one_tag_less_leaves_the_others_and_makes_none(db: None) -> None:
    world = make_world()
    put(world, Change(tags=("bell", "urgent")))
    put(world, Change(untag="BELL"))
    put(world, Change(untag="brake"))
    assert tags_of(world) == ["urgent"]
    assert sorted(tag.name for tag in tags()) == ["bell", "urgent"]
