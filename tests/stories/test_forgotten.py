"""No customer is forgotten: what nobody touches for as long as its team allows comes up by itself, once for each silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from careline.domain.calendars.rules.hours import Period, Span
from careline.domain.desk.queries.counts import counts_of
from careline.domain.desk.queries.lists import rows_of
from careline.domain.desk.queries.row_marks import row_marks
from careline.domain.desk.queries.views import views_of
from careline.domain.desk.rules import DEFAULT_VIEWS
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.sla.commands.silence import note_silences
from careline.domain.sla.queries.silence import bounds, silence_of
from careline.domain.sla.rules.silence import UNTOUCHED, USUAL, Silence, is_forgotten
from careline.flows.change import Change, change
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.delete_calendar import HoursInUse, delete_calendar
from careline.flows.keep_queues import QueueChange, change_queue
from careline.kit import db
from tests.world import NOON, World, make_world

MOMENT, HOUR = timedelta(seconds=1), timedelta(hours=1)
VIEW = next(view for view in DEFAULT_VIEWS if view.code == "untouched").filter


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def told() -> list[int]:
    return [
        row.subject_key for row in db.rows("SELECT subject_key FROM history WHERE name = 'case.forgotten' ORDER BY id")
    ]


def allow(world: World, hours: int | None, calendar: int | None = None) -> None:
    wanted = QueueChange(untouched_hours=hours, untouched_calendar=calendar)
    change_queue(world.person(world.ada), world.front.pk, wanted, by=agent(world.ada.pk), at=NOON)


def make_hours(world: World, name: str) -> int:
    """Nine to five on working days."""
    days = tuple(Period(day, Span(9 * 60, 17 * 60)) for day in range(5))
    wanted = CalendarChange(name=name, time_zone="UTC", periods=days)
    return add_calendar(world.person(world.ada), wanted, by=SYSTEM, at=NOON)


def seen(world: World, at: Any) -> tuple[int, int, bool]:
    """In the view, beside its name, and by the bell on the row: one truth."""
    ada = world.person(world.ada)
    every = rows_of(DEFAULT_VIEWS[2].filter, ada, at=at).rows
    bell = any(mark.is_forgotten for mark in row_marks(every, at=at).values())
    return len(rows_of(VIEW, ada, at=at).rows), counts_of({"untouched": VIEW}, ada, at=at)["untouched"], bell


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
    before = bounds({}, at=late).usual
    found = [is_forgotten(category, NOON, None, before=before, at=late) for category in ("open", "waiting", "resolved")]
    assert found == [True, False, False]


def test_the_view_shows_what_is_forgotten_and_nothing_else(world: World) -> None:
    assert [seen(world, NOON + UNTOUCHED + after) for after in (timedelta(), MOMENT)] == [(0, 0, False), (1, 1, True)]


def test_a_team_says_after_how_many_hours_its_cases_are_forgotten(world: World) -> None:
    allow(world, 8)
    assert [seen(world, NOON + 8 * HOUR + after) for after in (timedelta(), MOMENT)] == [(0, 0, False), (1, 1, True)]
    assert (note_silences(by=SYSTEM, at=NOON + 8 * HOUR), note_silences(by=SYSTEM, at=NOON + 9 * HOUR)) == (0, 1)
    allow(world, None)
    assert (silence_of(world.front.pk), seen(world, NOON + 9 * HOUR)) == (USUAL, (0, 0, False))


def test_hours_of_open_time_do_not_run_over_a_weekend(world: World) -> None:
    """From noon on a Friday five hours until five, and three from nine on Monday."""
    calendar = make_hours(world, "Front desk")
    allow(world, 8, calendar)
    sunday, monday = NOON + 48 * HOUR, NOON + 72 * HOUR
    assert [seen(world, at) for at in (sunday, monday - HOUR, monday + HOUR)] == [
        (0, 0, False),
        (0, 0, False),
        (1, 1, True),
    ]


def test_the_untouched_view_is_named_by_what_its_viewers_teams_allow(world: World) -> None:
    allow(world, 8)
    held = [next(view for view in views_of(who) if view.code == "untouched").silences for who in people(world)]
    assert held == [(Silence(8),), (Silence(8), USUAL)]


def people(world: World) -> tuple[Any, Any]:
    """Somebody of the team, and somebody of none."""
    ben = world.person(world.ben)
    return ben, replace(ben, team_ids=())


def test_opening_hours_that_decide_who_is_forgotten_do_not_go_unasked(world: World) -> None:
    make_hours(world, "Company")
    calendar = make_hours(world, "Front desk")
    allow(world, 8, calendar)
    with pytest.raises(HoursInUse, match="team “Front”"):
        delete_calendar(world.person(world.ada), calendar, by=agent(world.ada.pk), at=NOON)
    assert silence_of(world.front.pk) == Silence(8, calendar)
