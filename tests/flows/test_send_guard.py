"""No locks, ever: an answer stops where the thread changed since it was begun, and only then."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from careline.domain.conversations.errors import NotTheAssignee, ThreadChanged
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.history.actor import agent
from careline.domain.staff.models import Agent
from careline.flows.change import Change, change
from careline.flows.note import note
from careline.flows.reply import Draft, reply
from careline.flows.take_back import take_back
from careline.flows.team_rule import keep_team_rule
from tests.world import NOON, World, make_world

SOON = NOON + timedelta(minutes=5)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_an_answer_stops_where_the_customer_wrote_meanwhile(world: World) -> None:
    seen = _newest(world)
    note(world.person(world.ada), world.case, text="I called her.", by=agent(world.ada.pk), at=SOON)
    with pytest.raises(ThreadChanged) as stopped:
        _send(world, world.ben, seen=seen)
    assert stopped.value.messages == [_newest(world)]
    assert _sent(world) == []


def test_it_goes_where_the_writer_has_seen_it_or_wants_it_all_the_same(world: World) -> None:
    seen = _newest(world)
    note(world.person(world.ada), world.case, text="I called her.", by=agent(world.ada.pk), at=SOON)
    _send(world, world.ben, seen=seen, force=True)
    _send(world, world.ben, seen=_newest(world))
    assert len(_sent(world)) == 2


def test_what_was_taken_back_stops_nobody(world: World) -> None:
    seen = _newest(world)
    message = _send(world, world.ada, seen=seen)
    take_back(world.person(world.ada), world.case, message, by=agent(world.ada.pk), at=SOON)
    _send(world, world.ben, seen=seen)
    assert len(_sent(world)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_at_once_exactly_one_goes_through() -> None:
    world = make_world()
    for sent_before in range(3):
        seen, told = _newest(world), []
        both = threading.Barrier(2)

        def sends(who: Agent, seen: int = seen, told: list[str] = told, both: threading.Barrier = both) -> None:
            try:
                both.wait(10)
                _send(world, who, seen=seen)
                told.append("sent")
            except ThreadChanged:
                told.append("stopped")
            finally:
                connection.close()

        people = [threading.Thread(target=sends, args=[who]) for who in (world.ada, world.ben)]
        for one in people:
            one.start()
        for one in people:
            one.join()
        assert sorted(told) == ["sent", "stopped"]
        assert len(_sent(world)) == sent_before + 1


def test_where_the_team_wants_it_only_the_assignee_sends(world: World) -> None:
    keep_team_rule(world.person(world.ada), world.front.pk, only_assignee_sends=True, by=agent(world.ada.pk), at=NOON)
    with pytest.raises(NotTheAssignee):
        _send(world, world.ben, seen=None)
    ben = world.person(world.ben)
    change(ben, world.case, Change(assignee=ben.id), by=agent(ben.id), at=SOON)
    _send(world, world.ben, seen=None)
    assert len(_sent(world)) == 1


def test_the_rule_of_a_team_binds_no_other(world: World) -> None:
    keep_team_rule(world.person(world.ada), world.back.pk, only_assignee_sends=True, by=agent(world.ada.pk), at=NOON)
    _send(world, world.ben, seen=None)
    assert len(_sent(world)) == 1


def _send(world: World, who: Agent, *, seen: int | None, force: bool = False) -> int:
    draft = Draft(text="It is on its way.", seen_message=seen, force=force)
    return reply(world.person(who), world.case, draft, by=agent(who.pk), at=SOON).message


def _newest(world: World) -> int:
    return int(conversation_by_number(world.case).last_message_id)


def _sent(world: World) -> list[int]:
    found = messages_of(conversation_by_number(world.case).id)
    return [m.id for m in found if m.kind == "reply" and m.delivery != "cancelled"]
