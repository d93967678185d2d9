"""Who is on a case besides us."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.commands import participants
from careline.domain.conversations.queries.cases import conversation_by_number, participants_of
from tests.world import World, make_world


def somebody(value: str, role: str, state: str = "active") -> dict[str, Any]:
    return {"kind": "email", "value": value, "name": "", "role": role, "state": state, "customer": None}


def on(world: World) -> list[tuple[str, str, str]]:
    found = conversation_by_number(world.case)
    assert found is not None
    return [(person.value, person.role, person.state) for person in participants_of(found.id)]


def test_who_is_named_twice_in_one_mail_joins_as_the_first_of_the_two(db: None) -> None:
    world = make_world()
    before, case = on(world), conversation_by_number(world.case)
    assert case is not None
    participants.join(case.id, [somebody("dan@example.org", "to"), somebody("dan@example.org", "cc", "suggested")])
    assert on(world) == [*before, ("dan@example.org", "to", "active")]


def test_who_is_on_the_case_already_stays_as_they_are(db: None) -> None:
    world = make_world()
    before, case = on(world), conversation_by_number(world.case)
    assert case is not None
    participants.join(case.id, [somebody(before[0][0], "cc", "suggested")])
    assert on(world) == before
