"""What the worker does by the clock, without being asked."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from careline.domain.conversations.rules.bulk import BulkWish
from careline.domain.history.actor import agent
from careline.entrypoints.worker.timetable import Timetable
from careline.flows.bulk_change import ask_for_bulk_change, carry_on
from careline.kit import clock, db
from tests.world import NOON, World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.parametrize(("after", "words_kept"), [(timedelta(hours=23), True), (timedelta(hours=25), False)])
def test_a_bulk_change_that_can_no_longer_be_undone_keeps_no_words_of_cases(
    world: World, monkeypatch: pytest.MonkeyPatch, after: timedelta, words_kept: bool
) -> None:
    ben = world.person(world.ben)
    key = ask_for_bulk_change(ben, [world.case], BulkWish(priority=4), by=agent(ben.id), at=NOON)
    while carry_on(at=NOON):
        pass
    monkeypatch.setattr(clock, "now", lambda: NOON + after)
    _one_round()
    assert (_before(key) is not None) is words_kept


def _one_round() -> None:
    stop = threading.Event()
    stop.set()
    Timetable("a worker", stop).once()


def _before(key: int) -> Any:
    return db.value("SELECT before FROM conversations_bulkitem WHERE bulk_id = %s", [key])
