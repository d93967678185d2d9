"""Work finds its people, as a team lived through it; the worker's steps are called one after the other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from careline.domain.calendars.rules.hours import Period, Span
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.attendance import attendance_of, set_state
from careline.domain.staff.models import Agent
from careline.domain.staff.rules import Forbidden
from careline.domain.staff.sessions import begin_session, end_session
from careline.flows.change import Change, change
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.explain_routing import explain_routing
from careline.flows.keep_queues import Rule, add_rule
from careline.flows.keep_skills import ask_for_skill, remove_skill
from careline.flows.leave import leave
from careline.flows.offer import accept
from careline.flows.reply import Draft, reply
from careline.flows.resolve import reopen, resolve
from careline.flows.set_availability import set_availability
from careline.flows.take_next import Full, take_next
from careline.kit import db
from tests.flows.routing_desk import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_nobody_is_given_anything_unasked_as_long_as_a_queue_is_not_told_to(desk: Desk) -> None:
    dora = desk.hire("Dora")
    first = desk.mail()
    assert (desk.works(), desk.assignee(first), desk.cases_of(dora)) == (0, None, [])


def test_a_mail_goes_to_whoever_is_there(desk: Desk) -> None:
    dora = desk.hire("Dora")
    desk.hire("Emil", available=False)
    desk.push()
    desk.works()
    number = desk.mail()
    assert (desk.works(), desk.assignee(number)) == (1, dora)
    said = db.row(
        "SELECT actor_kind, via, data FROM history WHERE name = 'conversation.assigned' ORDER BY id DESC LIMIT 1"
    )
    front = desk.world.front.pk
    assert said == (
        "rule",
        "routing",
        {"assignee": dora, "team": front, "assignee_before": None, "team_before": front, "why": "least_loaded"},
    )


def test_what_waits_goes_out_when_somebody_comes(desk: Desk) -> None:
    desk.push()
    number = desk.mail()
    assert desk.works() == 0
    dora = desk.hire("Dora")
    assert (desk.works(), desk.cases_of(dora)) == (2, [desk.world.case, number])


def test_what_waits_goes_out_when_hands_are_free_again(desk: Desk) -> None:
    desk.push()
    dora = desk.hire("Dora", units=1)
    desk.works()
    later = desk.mail()
    assert (desk.works(), desk.cases_of(dora)) == (0, [desk.world.case])
    reply(desk.person(dora), desk.world.case, Draft(text="On its way."), by=agent(dora), at=desk.at)
    assert (desk.works(), desk.assignee(later)) == (1, dora)


def test_urgent_work_goes_out_before_what_is_older(desk: Desk) -> None:
    desk.push()
    older, urgent = desk.mail(), desk.mail()
    change(desk.ada, urgent, Change(priority="urgent"), by=SYSTEM, at=desk.at)
    change(desk.ada, desk.world.case, Change(priority="low"), by=SYSTEM, at=desk.at)
    dora = desk.hire("Dora", units=1)
    desk.works()
    assert desk.cases_of(dora) == [urgent]
    desk.sized(dora, 2)
    desk.works()
    assert desk.cases_of(dora) == [older, urgent]


def test_a_case_waits_for_somebody_who_knows_enough_and_asks_for_less_after_a_while(desk: Desk) -> None:
    german = desk.skill()
    dora = desk.hire("Dora")
    desk.knows(dora, german, 1)
    add_rule(desk.ada, Rule(german, 2, channel=desk.world.mailbox.id), by=SYSTEM, at=desk.at)
    desk.push(lower_after_minutes=5)
    assert desk.works() == 0
    assert desk.works(4) == 0
    number = desk.mail()
    assert desk.works(1) == 1
    assert (desk.cases_of(dora), desk.assignee(number)) == ([desk.world.case], None)
    assert desk.works(4) == 1


def test_somebody_who_learns_what_was_missing_gets_what_waited(desk: Desk) -> None:
    german = desk.skill()
    dora = desk.hire("Dora")
    add_rule(desk.ada, Rule(german, 1, True, team=desk.world.front.pk), by=SYSTEM, at=desk.at)
    desk.push(drop_after_minutes=1)
    assert desk.works(60) == 0
    desk.knows(dora, german, 1)
    assert (desk.works(), desk.cases_of(dora)) == (1, [desk.world.case])


def test_whoever_does_not_answer_in_time_loses_it_to_the_next_and_is_away_the_second_time(desk: Desk) -> None:
    desk.push(accept_seconds=60)
    dora = desk.hire("Dora")
    desk.works()
    assert desk.cases_of(dora) == [desk.world.case]
    emil = desk.hire("Emil")
    desk.works(1)
    assert (desk.cases_of(dora), desk.cases_of(emil)) == ([], [desk.world.case])
    accept(desk.person(emil), desk.world.case, by=agent(emil), at=desk.at)
    desk.works(5)
    assert desk.cases_of(emil) == [desk.world.case]
    desk.goes(emil)
    number = desk.mail()
    desk.works()
    assert desk.assignee(number) == dora
    desk.works(1)
    assert desk.assignee(number) is None
    assert db.row("SELECT state, reason FROM staff_attendance WHERE agent_id = %s", [dora]) == (
        "away",
        "did_not_answer",
    )


def test_an_answer_accepts(desk: Desk) -> None:
    desk.push(accept_seconds=60)
    dora = desk.hire("Dora")
    desk.works()
    reply(desk.person(dora), desk.world.case, Draft(text="On its way."), by=agent(dora), at=desk.at)
    desk.works()
    reopen(desk.person(dora), desk.world.case, by=agent(dora), at=desk.at)
    desk.works(5)
    assert desk.cases_of(dora) == [desk.world.case]


def test_what_was_missed_may_wait_until_somebody_takes_it(desk: Desk) -> None:
    desk.push(accept_seconds=60, when_missed="queue")
    desk.hire("Dora")
    desk.works()
    desk.hire("Emil")
    desk.works(2)
    desk.works(60)
    assert desk.assignee(desk.world.case) is None


def test_whoever_gives_a_case_back_is_left_alone_with_it(desk: Desk) -> None:
    desk.push()
    dora = desk.hire("Dora")
    desk.works()
    change(desk.person(dora), desk.world.case, Change(assignee=None), by=agent(dora), at=desk.at)
    assert (desk.works(), desk.assignee(desk.world.case)) == (0, None)
    emil = desk.hire("Emil")
    assert (desk.works(), desk.cases_of(emil)) == (1, [desk.world.case])


def test_a_customer_comes_back_to_whoever_answered_them(desk: Desk) -> None:
    dora, emil = desk.hire("Dora"), desk.hire("Emil")
    change(desk.ada, desk.world.case, Change(assignee=emil), by=SYSTEM, at=desk.at)
    reply(desk.person(emil), desk.world.case, Draft(text="On its way."), by=agent(emil), at=desk.at)
    desk.at += timedelta(days=1)
    desk.push(sticky_days=7, sticky_minutes=10)
    again, other = desk.mail(), desk.mail(sender="dan@example.org")
    desk.works()
    assert (desk.assignee(again), desk.assignee(other)) == (emil, dora)
    desk.goes(emil)
    desk.works()
    third = desk.mail()
    assert (desk.works(), desk.works(9), desk.works(1)) == (0, 0, 1)
    assert desk.assignee(third) == dora


def test_what_somebody_leaves_behind_finds_new_people(desk: Desk) -> None:
    desk.push()
    dora = desk.hire("Dora", units=1000)
    numbers = [desk.world.case, *(desk.mail() for _ in range(30))]
    desk.works()
    assert desk.cases_of(dora) == numbers
    emil = desk.hire("Emil", units=20)
    leave(desk.ada, dora, hand_over_to=None, by=agent(desk.ada.id), at=desk.at)
    desk.works()
    assert (desk.cases_of(dora), len(desk.cases_of(emil))) == ([], 20)


def test_a_resolved_case_that_opens_again_is_routed_again(desk: Desk) -> None:
    desk.push()
    resolve(desk.ada, desk.world.case, by=SYSTEM, at=desk.at)
    dora = desk.hire("Dora")
    assert desk.works() == 0
    reopen(desk.ada, desk.world.case, by=SYSTEM, at=desk.at)
    assert (desk.works(), desk.cases_of(dora)) == (1, [desk.world.case])


def test_nobody_of_another_team_is_given_it_and_who_may_not_answer_neither(desk: Desk) -> None:
    desk.push()
    desk.hire("Dora", team=desk.world.back)
    desk.hire("Quinn", role="quality_specialist")
    assert (desk.works(), desk.assignee(desk.world.case)) == (0, None)


def test_a_resolved_case_comes_back_to_its_owner_only_where_they_are_there_and_have_room(desk: Desk) -> None:
    desk.push()
    dora = desk.hire("Dora", units=1)
    desk.works()
    resolve(desk.ada, desk.world.case, by=SYSTEM, at=desk.at)
    number = desk.mail()
    desk.works()
    emil = desk.hire("Emil")
    desk.works()
    reopen(desk.ada, desk.world.case, by=SYSTEM, at=desk.at)
    desk.works()
    assert (desk.cases_of(dora), desk.cases_of(emil)) == ([number], [desk.world.case])


def test_a_customer_who_answers_somebody_who_went_home_is_answered_by_who_is_there(desk: Desk) -> None:
    desk.push()
    dora = desk.hire("Dora")
    desk.works()
    reply(desk.person(dora), desk.world.case, Draft(text="Which bike?"), by=agent(dora), at=desk.at)
    desk.works()
    desk.goes(dora)
    emil = desk.hire("Emil")
    reopen(desk.ada, desk.world.case, by=SYSTEM, at=desk.at)
    desk.works()
    assert desk.cases_of(dora) == [desk.world.case]
    reply(desk.person(dora), desk.world.case, Draft(text="Which one?"), by=agent(dora), at=desk.at)
    set_state(dora, "away", reason="signed_out", by=SYSTEM, at=desk.at)
    desk.works()
    reopen(desk.ada, desk.world.case, by=SYSTEM, at=desk.at)
    desk.works()
    assert desk.cases_of(emil) == [desk.world.case]


def test_whoever_is_outside_their_hours_gets_nothing_until_they_begin(desk: Desk) -> None:
    hours = CalendarChange(name="Days", time_zone="UTC", periods=(Period(4, Span(13 * 60, 17 * 60)),))
    calendar = add_calendar(desk.ada, hours, by=SYSTEM, at=desk.at)
    desk.push(calendar=calendar)
    dora = desk.hire("Dora")
    assert (desk.works(), desk.works(59), desk.works(1)) == (0, 0, 1)
    assert desk.cases_of(dora) == [desk.world.case]


def test_who_says_outside_their_hours_that_they_are_there_is_given_work(desk: Desk) -> None:
    hours = CalendarChange(name="Days", time_zone="UTC", periods=(Period(4, Span(13 * 60, 17 * 60)),))
    desk.push(calendar=add_calendar(desk.ada, hours, by=SYSTEM, at=desk.at))
    dora = desk.hire("Dora", available=False)
    set_availability(desk.person(dora), dora, "available", by=agent(dora), at=desk.at)
    assert (desk.works(), desk.cases_of(dora)) == (1, [desk.world.case])


def test_takes_the_next_by_the_same_order_and_says_when_hands_are_full(desk: Desk) -> None:
    dora = desk.hire("Dora", units=1, available=False)
    number = desk.mail()
    change(desk.ada, number, Change(priority="urgent"), by=SYSTEM, at=desk.at)
    front = desk.world.front.pk
    assert take_next(desk.person(dora), front, by=agent(dora), at=desk.at) == number
    with pytest.raises(Full):
        take_next(desk.person(dora), front, by=agent(dora), at=desk.at)
    with pytest.raises(Forbidden):
        take_next(desk.person(dora), desk.world.back.pk, by=agent(dora), at=desk.at)


def test_says_why_it_came_and_why_it_still_waits(desk: Desk) -> None:
    german = desk.skill()
    add_rule(desk.ada, Rule(german, 2, team=desk.world.front.pk), by=SYSTEM, at=desk.at)
    dora, emil = desk.hire("Dora"), desk.hire("Emil")
    desk.knows(emil, german, 2)
    desk.goes(emil)
    desk.push()
    desk.works()
    told = explain_routing(desk.ada, desk.world.case, at=desk.at)
    assert told.waits is not None
    assert (told.decision, told.waits.free, told.waits.excluded) == (None, 0, {f"lacks:{german}:2": 2, "away": 1})
    desk.knows(dora, german, 5)
    desk.works()
    told = explain_routing(desk.ada, desk.world.case, at=desk.at)
    assert told.waits is None
    assert (told.decision.agent_id, told.decision.why, told.decision.candidates) == (dora, "least_loaded", 1)
    assert told.decision.excluded == {f"lacks:{german}:2": 1, "away": 1}


def test_a_skill_that_is_asked_for_by_hand_counts_and_one_that_goes_is_asked_for_no_more(desk: Desk) -> None:
    german = desk.skill()
    dora = desk.hire("Dora")
    ask_for_skill(desk.ada, desk.world.case, german, level=3, is_mandatory=True, by=SYSTEM, at=desk.at)
    desk.push()
    assert desk.works() == 0
    remove_skill(desk.ada, german, by=SYSTEM, at=desk.at)
    assert (desk.works(), desk.cases_of(dora)) == (1, [desk.world.case])


def test_signing_in_and_out_says_whether_somebody_is_there(desk: Desk) -> None:
    dora = desk.hire("Dora", available=False)
    made = Agent.objects.get(pk=dora)
    session = begin_session(made, how="password", device="", place="", by=agent(dora), at=desk.at)
    desk.works()
    states = [attendance_of(dora).state]
    end_session(session, agent_id=dora, by=agent(dora), at=desk.at)
    desk.works()
    now = attendance_of(dora)
    assert [*states, now.state, now.reason] == ["available", "away", "signed_out"]


def test_a_clock_that_is_set_back_or_jumps_ahead_takes_nothing_away_twice_and_leaves_nothing_lying(desk: Desk) -> None:
    people = [desk.hire("Dora", units=3), desk.hire("Emil", units=3)]
    desk.push(accept_seconds=60)
    numbers = [desk.world.case, *(desk.mail() for _ in range(3))]
    desk.works()
    given = {number: desk.assignee(number) for number in numbers}
    assert sorted(given.values()) == sorted(people * 2)
    desk.at -= timedelta(hours=5)
    desk.works()
    assert {number: desk.assignee(number) for number in numbers} == given
    late = desk.mail(sender="erin@example.com")
    desk.works()
    assert (desk.assignee(late) in people, sorted(len(desk.cases_of(who)) for who in people)) == (True, [2, 3])
    for number in numbers:
        accept(desk.person(given[number]), number, by=agent(given[number]), at=desk.at)
    desk.works(60 * 24 * 40)
    assert {number: desk.assignee(number) for number in numbers} == given
    assert sum(len(desk.cases_of(who)) for who in people) + (desk.assignee(late) is None) == 5
