"""People are told what happened: by the reader, each once, only of what they may see."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from careline.domain.conversations.queries.cases import conversation_by_number, conversation_for
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.history.commands import Happening, move_cursor, record
from careline.domain.history.queries import newest_cursor
from careline.domain.notifications.commands.choosing import choose, mute
from careline.domain.notifications.commands.telling import forget_notifications, see
from careline.domain.notifications.queries.shown import notifications_page, unseen_count
from careline.entrypoints.worker.notifications import NAME, read_on
from careline.flows.change import Change, change
from careline.flows.note import note
from careline.flows.read_case import read_case
from careline.flows.restrict import restrict
from tests.entrypoints.worker.telling import Moment
from tests.world import NOON, World, make_world


@pytest.fixture
def world(transactional_db: None) -> World:
    made, end = make_world(), newest_cursor()
    move_cursor(NAME, tx=end.tx, happening=end.happening, at=NOON)
    return made


@pytest.fixture
def at(moment: Moment) -> datetime:
    return moment.now


@pytest.fixture
def bens(world: World, at: datetime) -> int:
    """Carol's case, given to Ben by Ada; he has seen it."""
    given(world, world.ben, at)
    read_all(at)
    see(world.ben.pk, by=SYSTEM, at=at)
    return world.case


def given(world: World, to: Any, at: datetime, *, who: Any = None) -> None:
    who = who or world.ada
    change(world.person(who), world.case, Change(assignee=to.pk if to else None), by=agent(who.pk), at=at)


def read_all(at: datetime) -> None:
    while read_on(at=at):
        pass


def told(world: World, who: Any, *, unseen: bool = True) -> list[tuple[str, int, int]]:
    """What somebody finds at the bell: kind, count, case."""
    found = notifications_page(world.person(who), unseen=unseen, limit=50)
    return [(row.kind, row.count, row.number) for row in found]


def test_whoever_is_given_a_case_is_told_and_nobody_else(world: World, at: datetime) -> None:
    given(world, world.ben, at)
    read_all(at)
    assert told(world, world.ben) == [("assigned", 1, world.case)]
    assert (told(world, world.ada), told(world, world.cleo)) == ([], [])


def test_who_takes_a_case_is_not_told_so(world: World, at: datetime) -> None:
    given(world, world.ben, at, who=world.ben)
    read_all(at)
    assert told(world, world.ben) == []


def test_answers_join_while_unseen_and_begin_anew_once_the_case_was_read(world: World, bens: int, at: datetime) -> None:
    for n in range(3):
        again(world, f"And {n}", at + timedelta(seconds=n))
    read_all(at)
    assert told(world, world.ben) == [("answered", 3, bens)]
    case = conversation_by_number(bens)
    read_case(world.ben.pk, case.id, case.last_message_id, by=agent(world.ben.pk), at=at)
    assert (told(world, world.ben), told(world, world.ben, unseen=False)[0]) == ([], ("answered", 3, bens))
    again(world, "Still", at)
    read_all(at)
    assert told(world, world.ben) == [("answered", 1, bens)]


def again(world: World, words: str, at: datetime) -> None:
    """Carol writes into her open case."""
    case = conversation_by_number(world.case)
    data = {"case": case.number}
    record(Happening("message.received", "message", 10**6, case.id, case.customer_id, data), by=SYSTEM, at=at)


def test_the_same_happenings_read_twice_tell_once(world: World, bens: int, at: datetime) -> None:
    before = newest_cursor()
    again(world, "Hello", at)
    read_all(at)
    move_cursor(NAME, tx=before.tx, happening=before.happening, at=at)
    read_all(at)
    assert told(world, world.ben) == [("answered", 1, bens)]
    see(world.ben.pk, by=SYSTEM, at=at)
    move_cursor(NAME, tx=before.tx, happening=before.happening, at=at)
    read_all(at)
    assert told(world, world.ben) == []


def test_who_is_named_in_a_note_hears_of_that_and_not_of_a_note_too(world: World, bens: int, at: datetime) -> None:
    noted(world, "Look, @Ben", at)
    read_all(at)
    assert told(world, world.ben) == [("mentioned", 1, bens)]
    noted(world, "And this", at)
    read_all(at)
    assert sorted(told(world, world.ben)) == [("mentioned", 1, bens), ("note", 1, bens)]


def test_what_was_taken_back_is_told_no_more(world: World, bens: int, at: datetime) -> None:
    key = noted(world, "Never mind", at)
    case = conversation_by_number(bens)
    read_all(at)
    assert told(world, world.ben) == [("note", 1, bens)]
    record(Happening("message.taken_back", "message", key, case.id, case.customer_id, {}), by=SYSTEM, at=at)
    read_all(at)
    assert told(world, world.ben) == []


def test_a_case_that_went_on_to_somebody_else_is_news_for_them_alone(world: World, at: datetime) -> None:
    given(world, world.ben, at)
    given(world, world.ada, at, who=world.ben)
    read_all(at)
    assert (told(world, world.ben), told(world, world.ada)) == ([], [("assigned", 1, world.case)])


def test_nobody_is_told_of_what_they_may_not_see(world: World, at: datetime) -> None:
    data = {"rule": 1, "agent": world.cleo.pk, "team": None}
    happens(world, "rule.notified", data, at)
    read_all(at)
    assert told(world, world.cleo) == []


def test_what_may_be_seen_no_more_is_shown_no_more(world: World, bens: int, at: datetime) -> None:
    noted(world, "Secret", at)
    read_all(at)
    assert unseen_count(world.person(world.ben)) == 1
    given(world, None, at)
    restrict(world.person(world.ada), bens, [world.ada.pk], by=agent(world.ada.pk), at=at)
    assert (unseen_count(world.person(world.ben)), told(world, world.ben)) == (0, [])


def test_a_muted_case_tells_nothing(world: World, bens: int, at: datetime) -> None:
    noted(world, "One", at)
    read_all(at)
    mute(world.ben.pk, conversation_for(world.person(world.ben), bens), by=agent(world.ben.pk), at=at)
    assert told(world, world.ben) == []
    noted(world, "Two", at)
    read_all(at)
    assert told(world, world.ben) == []


def test_what_nobody_chose_to_hear_is_not_kept(world: World, bens: int, at: datetime) -> None:
    choose(world.ben.pk, {"ways": {"note": []}}, by=agent(world.ben.pk), at=at)
    noted(world, "One", at)
    read_all(at)
    assert told(world, world.ben, unseen=False)[0][0] == "assigned"


def test_a_promise_about_to_break_is_told_until_it_broke(world: World, bens: int, at: datetime) -> None:
    happens(world, "sla.warned", {"kind": "first_answer"}, at)
    read_all(at)
    assert told(world, world.ben) == [("promise_near", 1, bens)]
    happens(world, "sla.broken", {"kind": "first_answer"}, at)
    read_all(at)
    assert told(world, world.ben) == [("promise_broken", 1, bens)]


def test_what_is_older_than_two_days_or_was_brought_in_is_nobody_s_news(world: World, bens: int, at: datetime) -> None:
    again(world, "Long ago", at - timedelta(days=3))
    read_all(at)
    assert told(world, world.ben) == []


def test_notifications_go_after_thirty_days(world: World, bens: int, at: datetime) -> None:
    assert forget_notifications(at=at + timedelta(days=29)) == 0
    assert forget_notifications(at=at + timedelta(days=31)) == 1
    assert told(world, world.ben, unseen=False) == []


def noted(world: World, words: str, at: datetime) -> int:
    return note(world.person(world.ada), world.case, text=words, by=agent(world.ada.pk), at=at)


def happens(world: World, name: str, data: dict[str, Any], at: datetime) -> None:
    case = conversation_by_number(world.case)
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, data), by=SYSTEM, at=at)
