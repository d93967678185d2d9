"""What stands on a row of a list besides the case: the opening time that is left, and who is asked to answer."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from careline.domain.calendars.rules.hours import Period, Span
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.desk.queries import row_marks
from careline.domain.history.actor import agent
from careline.domain.routing.commands.offers import make_offers
from careline.domain.sla.commands.policies import recount
from careline.domain.sla.rules.policies import Policy, Target
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.change_promise import add_promise
from careline.kit import clock, db
from tests.world import NOON, World


@pytest.fixture
def in_hours(world: World) -> World:
    """Three opening hours from noon, with lunch until one: due at four o'clock of this Friday."""
    ada, by = world.person(world.ada), agent(world.ada.pk)
    week = tuple(
        Period(day, Span(opens * 60, closes * 60)) for day in range(5) for opens, closes in ((9, 12), (13, 17))
    )
    calendar = add_calendar(ada, CalendarChange("Office", True, "UTC", week), by=by, at=NOON)
    policy = Policy(None, "Soon", {"first_response": Target(3 * 3600, True)}, {"priority": [2]}, calendar)
    add_promise(ada, policy, by=by, at=NOON)
    while recount(by=by, at=NOON):
        pass
    return world


def test_the_due_mark_tells_the_moment_and_the_opening_time_that_is_left(
    in_hours: World, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minutes, told in ((150, "1 h 30 min of business time left"), (285, "0 h 45 min of business time over")):
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: NOON + timedelta(minutes=minutes))
        found = re.findall(r'title="(First answer due [^"]*)"', ada.get("/inbox").content.decode())
        assert [title.partition("\n")[2] for title in found] == [told]
        assert "16:00" in found[0] or "17:00" in found[0]


def test_what_is_offered_says_to_whom_and_how_long(world: World, ada: Client) -> None:
    case = conversation_by_number(world.case)
    assert case is not None
    db.execute("UPDATE conversations_conversation SET assignee_id = %s WHERE id = %s", [world.ben.pk, case.id])
    make_offers([(case.id, world.ben.pk, world.front.pk, NOON + timedelta(seconds=95))], at=NOON)
    page = ada.get("/inbox").content.decode()
    assert re.findall(r'data-countdown="(\d+)" data-minutes>([\d:]+)<', page) == [("95", "1:35")]
    assert "Offered to Ben" in page


def test_marks_of_a_page_are_one_statement(in_hours: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = conversation_by_number(in_hours.case)
    asked: list[str] = []
    rows, calendars = db.rows, row_marks.calendars
    monkeypatch.setattr(row_marks, "calendars", lambda: asked.append("calendars") or calendars())
    monkeypatch.setattr(db, "rows", lambda sql, *a, **k: asked.append("marks") or rows(sql, *a, **k))
    at = NOON + timedelta(hours=3)
    marks = row_marks.row_marks([case, case, case], at=at)
    assert [mark.open_left for mark in marks.values()] == [3600]
    assert asked == ["marks", "calendars", "marks"]
