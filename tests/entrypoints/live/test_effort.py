"""How long somebody is at work on a case is written down when they leave it."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from careline.entrypoints.live.effort import Efforts
from careline.kit import db
from tests.world import NOON

pytestmark = pytest.mark.django_db
CASE, OTHER = SimpleNamespace(id=7, number=7), SimpleNamespace(id=8, number=8)
BEN = 2


def told(*reports: tuple[int, SimpleNamespace, str]) -> list[tuple[int, int]]:
    """(case, seconds) of what was written down after these reports: after how many seconds, of which case, doing what."""
    efforts = Efforts()
    for seconds, case, doing in reports:
        efforts.take(case, who=BEN, doing=doing, at=NOON + timedelta(seconds=seconds))
    found = db.rows("SELECT conversation_id, data FROM history WHERE name = 'conversation.worked' ORDER BY id")
    return [(row.conversation_id, row.data["seconds"]) for row in found]


def test_from_opening_it_to_leaving_it() -> None:
    assert told((0, CASE, "view"), (6, CASE, "reply"), (12, CASE, "view"), (14, CASE, "")) == [(7, 14)]


def test_going_to_another_case_ends_the_first() -> None:
    assert told((0, CASE, "view"), (6, CASE, "view"), (7, OTHER, "view"), (17, OTHER, "")) == [(7, 6), (8, 10)]


def test_idle_time_is_no_work() -> None:
    assert told((0, CASE, "view"), (6, CASE, "view"), (12, CASE, "idle"), (18, CASE, "idle"), (24, CASE, "")) == [
        (7, 12)
    ]


def test_a_closed_lid_is_no_work() -> None:
    assert told((0, CASE, "view"), (6, CASE, "view"), (3600, CASE, "view"), (3606, CASE, "")) == [(7, 6), (7, 6)]


def test_a_farewell_that_comes_after_the_next_case_ends_nothing() -> None:
    assert told((0, CASE, "view"), (6, OTHER, "view"), (7, CASE, ""), (12, OTHER, "")) == [(8, 6)]


def test_a_glance_is_no_work() -> None:
    assert told((0, CASE, "view"), (1, CASE, "")) == []


def test_long_work_is_written_down_on_the_way() -> None:
    found = told(*((beat, CASE, "reply") for beat in range(0, 606, 6)))
    assert found == [(7, 300), (7, 300)]
