"""Who hears of a case by a live event is who reaches it: the topics say the same as the SQL predicate."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_number, conversation_for
from careline.domain.staff.rules import Allowed, Person
from careline.entrypoints.live.audience import people_told, topics_of, topics_told
from careline.kit import db
from tests.world import World, make_world

READ = "conversation:read"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize("team", ["front", "back", None])
@pytest.mark.parametrize("holder", ["ben", "cleo", None])
@pytest.mark.parametrize("restricted", [None, ["ada"], ["ben", "cleo"]])
def test_hearing_is_reaching(world: World, team: str | None, holder: str | None, restricted: list[str] | None) -> None:
    db.execute(
        "UPDATE conversations_conversation SET team_id = %s, assignee_id = %s, restricted_to = %s WHERE number = %s",
        [
            team and getattr(world, team).pk,
            holder and getattr(world, holder).pk,
            restricted and [getattr(world, name).pk for name in restricted],
            world.case,
        ],
    )
    people = everybody(world)
    heard = {name: hears(person, world.case) for name, person in people.items()}
    assert heard == {name: reaches(person, world.case) for name, person in people.items()}


def test_nobody_hears_what_colleagues_do_at_the_door() -> None:
    refused = SimpleNamespace(number=None, subject_kind="agent", name="access.refused", data={})
    assert list(topics_told(refused)) == []


def everybody(world: World) -> dict[str, Person]:
    """The people of the world, and Ben with other grants for reading cases, some narrowed to a channel or a brand."""
    ben, case = world.person(world.ben), conversation_by_number(world.case)
    here, brand = case.channel_id, case.brand_id
    grants = {
        "nothing": (),
        "own": (Allowed("own"),),
        "all here": (Allowed("all", here),),
        "all elsewhere": (Allowed("all", here + 1),),
        "own here": (Allowed("own", here),),
        "team, and its channel": (Allowed("team"), Allowed("team", here)),
        "all of the brand here": (Allowed("all", here, brand),),
        "all of another brand here": (Allowed("all", here, brand + 1),),
    }
    return {
        "Ada": world.person(world.ada),
        "Ben": ben,
        "Cleo": world.person(world.cleo),
        **{name: replace(ben, grants={READ: held} if held else {}) for name, held in grants.items()},
    }


def hears(person: Person, number: int) -> bool:
    case = conversation_by_number(number)
    row: Any = SimpleNamespace(**case._asdict(), subject_kind="conversation", data={})
    only = people_told(row)
    return not topics_of(person).isdisjoint(topics_told(row)) and (only is None or person.id in only)


def reaches(person: Person, number: int) -> bool:
    try:
        conversation_for(person, number)
    except NotFound:
        return False
    return True
