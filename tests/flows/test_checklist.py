"""Steps that belong to a case, and what must be done before it is resolved."""

from datetime import timedelta

import pytest

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.bulk import refused_of
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.checklists import steps_of
from careline.domain.conversations.rules.bulk import BulkWish
from careline.domain.conversations.rules.checklists import BadSteps, Step, steps_in, written
from careline.domain.history.actor import agent
from careline.domain.staff.rules import Forbidden
from careline.flows.bulk_change import ask_for_bulk_change, carry_on
from careline.flows.checklist import add_steps, remove_step, save_checklist, tick
from careline.flows.reply import Draft, reply
from careline.flows.resolve import resolve
from tests.world import NOON, World, make_world

SOON = NOON + timedelta(minutes=5)
CHECK = (Step("Look at the photos"), Step("Ask for the serial number", is_required=True))


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_who_did_a_step_and_when_is_kept(world: World) -> None:
    ben = world.person(world.ben)
    add_steps(ben, world.case, steps=CHECK, by=agent(ben.id), at=NOON)
    first = _steps(world)[0]
    tick(ben, world.case, first.id, is_done=True, by=agent(ben.id), at=SOON)
    assert [(s.text, s.done_by_name, s.done_at) for s in _steps(world)] == [
        ("Look at the photos", "Ben", SOON), ("Ask for the serial number", None, None),
    ]  # fmt: skip
    tick(ben, world.case, first.id, is_done=False, by=agent(ben.id), at=SOON)
    assert [s.done_at for s in _steps(world)] == [None, None]


def test_what_must_be_done_is_done_before_the_case_is_resolved_by_every_way(world: World) -> None:
    ben = world.person(world.ben)
    add_steps(ben, world.case, steps=CHECK, by=agent(ben.id), at=NOON)
    with pytest.raises(Refused):
        resolve(ben, world.case, by=agent(ben.id), at=SOON)
    with pytest.raises(Refused):
        reply(ben, world.case, Draft(text="Done.", resolve=True), by=agent(ben.id), at=SOON)
    key = ask_for_bulk_change(ben, [world.case], BulkWish(state="resolved"), by=agent(ben.id), at=SOON)
    while carry_on(at=SOON):
        pass
    assert [r.code for r in refused_of(key)] == ["refused"]
    tick(ben, world.case, _steps(world)[1].id, is_done=True, by=agent(ben.id), at=SOON)
    resolve(ben, world.case, by=agent(ben.id), at=SOON)
    assert conversation_by_number(world.case).category == "resolved"


def test_a_step_that_is_taken_off_holds_nothing_up(world: World) -> None:
    ben = world.person(world.ben)
    add_steps(ben, world.case, steps=CHECK, by=agent(ben.id), at=NOON)
    assert conversation_by_number(world.case).open_duties == 1
    remove_step(ben, world.case, _steps(world)[1].id, by=agent(ben.id), at=SOON)
    assert conversation_by_number(world.case).open_duties == 0


def test_a_template_gives_its_steps_and_takes_none_back(world: World) -> None:
    ada, ben = world.person(world.ada), world.person(world.ben)
    key = save_checklist(ada, "Warranty", CHECK, by=agent(ada.id), at=NOON)
    add_steps(ben, world.case, template=key, by=agent(ben.id), at=NOON)
    assert save_checklist(ada, "warranty", CHECK[:1], by=agent(ada.id), at=SOON) == key
    assert [(s.text, s.is_required) for s in _steps(world)] == [(s.text, s.is_required) for s in CHECK]


def test_only_who_may_changes_templates_and_only_who_reaches_a_case_ticks(world: World) -> None:
    ben, cleo = world.person(world.ben), world.person(world.cleo)
    with pytest.raises(Forbidden):
        save_checklist(ben, "Warranty", CHECK, by=agent(ben.id), at=NOON)
    with pytest.raises(NotFound):
        add_steps(cleo, world.case, steps=CHECK, by=agent(cleo.id), at=NOON)


def test_a_step_of_another_case_is_not_there(world: World) -> None:
    ben = world.person(world.ben)
    with pytest.raises(NotFound):
        tick(ben, world.case, 4711, is_done=True, by=agent(ben.id), at=NOON)


def test_steps_are_written_one_a_line() -> None:
    assert steps_in("Look\n\n ! Ask for it \n") == (Step("Look"), Step("Ask for it", is_required=True))
    assert written(CHECK) == "Look at the photos\n! Ask for the serial number"
    for words in ("", " \n!", "x" * 301, "\n".join("step" for _ in range(51))):
        with pytest.raises(BadSteps):
            steps_in(words)


def _steps(world: World) -> list:  # type: ignore[type-arg]
    return steps_of(conversation_by_number(world.case).id)
