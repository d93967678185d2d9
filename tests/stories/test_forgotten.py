"""No customer is forgotten: what nobody touches for three days comes up by itself, once for each silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from careline.domain.desk.queries.lists import rows_of
from careline.domain.desk.rules import DEFAULT_VIEWS
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.sla.commands.silence import note_silences
from careline.domain.sla.rules.silence import UNTOUCHED, is_forgotten
from careline.flows.change import Change, change
from careline.kit import db
from tests.world import NOON, World, make_world

MOMENT = timedelta(seconds=1)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def told() -> list[int]:
    return [
        row.subject_key for row in db.rows("SELECT subject_key FROM history WHERE name = 'case.forgotten' ORDER BY id")
    ]


def test_a_case_that_nobody_touches_comes_up_once_and_again_after_the_next_silence(world: World) -> None:
    late = NOON + UNTOUCHED + MOMENT
    assert (note_silences(by=SYSTEM, at=NOON + UNTOUCHED), told()) == (0, [])
    assert (note_silences(by=SYSTEM, at=late), note_silences(by=SYSTEM, at=late + UNTOUCHED)) == (1, 0)
    assert told() == [world.case]
    change(world.person(world.ada), world.case, Change(priority="high"), by=agent(world.ada.pk), at=late + UNTOUCHED)
    assert note_silences(by=SYSTEM, at=late + UNTOUCHED + MOMENT) == 0
    assert (note_silences(by=SYSTEM, at=late + 2 * UNTOUCHED + MOMENT), told()) == (1, [world.case] * 2)


def test_what_sleeps_or_waits_for_the_customer_is_not_forgotten(world: World) -> None:
    ada, late = world.person(world.ada), NOON + 2 * UNTOUCHED
    change(ada, world.case, Change(snoozed_until=late + MOMENT), by=agent(ada.id), at=NOON)
    assert note_silences(by=SYSTEM, at=late) == 0
    assert [is_forgotten(category, NOON, None, at=late) for category in ("open", "waiting", "resolved")] == [
        True,
        False,
        False,
    ]


def test_the_view_shows_what_is_forgotten_and_nothing_else(world: World) -> None:
    view = next(view for view in DEFAULT_VIEWS if view.code == "untouched")
    ada = world.person(world.ada)
    shown = [len(rows_of(view.filter, ada, at=NOON + UNTOUCHED + after).rows) for after in (timedelta(), MOMENT)]
    assert shown == [0, 1]
