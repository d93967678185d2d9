"""Whatever happens in whatever order: nobody over capacity, nobody with what they may not do, nobody idle while matching work waits."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.routing.queries.waiting import waiting_in
from careline.domain.routing.rules.asking import asked_at, stage_of
from careline.domain.routing.rules.hands import against, may_answer
from careline.flows.change import Change, change
from careline.flows.keep_queues import Rule, add_rule
from careline.flows.offer import accept
from careline.flows.resolve import reopen, resolve
from careline.flows.restrict import restrict
from careline.flows.route import desk_of
from careline.flows.take_next import take_next
from careline.kit import db
from tests.flows.routing_desk import Desk, make_desk

pytestmark = pytest.mark.django_db
PEOPLE, MOST_CASES = 4, 12
_some_person = st.integers(0, PEOPLE - 1)
_some_case = st.integers(0, MOST_CASES)


class Queue(RuleBasedStateMachine):
    """Team Front with four people: one who may not answer, three of different size who know different things."""

    desk: Desk

    @initialize(
        strategy=st.sampled_from(["round_robin", "least_loaded", "longest_idle"]), seconds=st.sampled_from([0, 90]),
        most=st.sampled_from([None, 2]), sticky=st.sampled_from([0, 5]),
    )  # fmt: skip
    def opens(self, strategy: str, seconds: int, most: int | None, sticky: int) -> None:
        self.point = transaction.savepoint()
        self.desk = make_desk()
        self.cases = [self.desk.world.case]
        self.german = self.desk.skill()
        add_rule(self.desk.ada, Rule(self.german, 2, topic=None, language="de"), by=SYSTEM, at=self.desk.at)
        hired = [
            ("Dora", 2, "representative"),
            ("Emil", 1, "representative"),
            ("Fay", 3, "representative"),
            ("Quinn", 9, "quality_specialist"),
        ]
        self.people = [
            self.desk.hire(name, units=units, role=role, available=name != "Fay") for name, units, role in hired
        ]
        self.desk.knows(self.people[0], self.german, 1)
        self.desk.push(
            strategy=strategy, accept_seconds=seconds, most_each=most, lower_after_minutes=3, drop_after_minutes=8, sticky_days=sticky,
            sticky_minutes=2,
        )  # fmt: skip
        self.desk.works()

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(is_german=st.booleans())
    def a_mail_comes(self, is_german: bool) -> None:
        number = self.desk.mail()
        if is_german:
            db.execute("UPDATE conversations_conversation SET language = 'de' WHERE number = %s", [number])
        self.cases.append(number)
        self.desk.works()

    @rule(who=_some_person, comes=st.booleans())
    def somebody_comes_or_goes(self, who: int, comes: bool) -> None:
        (self.desk.comes if comes else self.desk.goes)(self.people[who])
        self.desk.works()

    @rule(who=_some_person, level=st.integers(1, 3))
    def somebody_learns(self, who: int, level: int) -> None:
        self.desk.knows(self.people[who], self.german, level)
        self.desk.works()

    @rule(case=_some_case, is_over=st.booleans())
    def a_case_ends_or_opens_again(self, case: int, is_over: bool) -> None:
        (resolve if is_over else reopen)(self.desk.ada, self._number(case), by=SYSTEM, at=self.desk.at)
        self.desk.works()

    @rule(case=_some_case, priority=st.sampled_from(["low", "urgent"]))
    def a_case_becomes_more_or_less_urgent(self, case: int, priority: str) -> None:
        change(self.desk.ada, self._number(case), Change(priority=priority), by=SYSTEM, at=self.desk.at)
        self.desk.works()

    @rule(case=_some_case, who=_some_person)
    def a_case_is_only_for_some(self, case: int, who: int) -> None:
        try:
            restrict(
                self.desk.ada, self._number(case), [self.people[who], self.desk.ada.id], by=SYSTEM, at=self.desk.at
            )
        except Refused:
            return
        self.desk.works()

    @rule(case=_some_case)
    def a_case_is_given_back(self, case: int) -> None:
        number = self._number(case)
        holder = self.desk.assignee(number)
        if holder is not None:
            change(self.desk.ada, number, Change(assignee=None), by=agent(self.desk.ada.id), at=self.desk.at)
        self.desk.works()

    @rule(who=_some_person)
    def somebody_takes_the_next(self, who: int) -> None:
        person = self.desk.person(self.people[who])
        if "conversation:reply" in person.grants:
            try:
                take_next(person, self.desk.world.front.pk, by=agent(person.id), at=self.desk.at)
            except Refused:
                return
        self.desk.works()

    @rule(case=_some_case)
    def an_offer_is_taken_up(self, case: int) -> None:
        number = self._number(case)
        holder = self.desk.assignee(number)
        if holder in self.people:
            accept(self.desk.person(holder), number, by=agent(holder), at=self.desk.at)
        self.desk.works()

    @rule(minutes=st.sampled_from([1, 2, 5]))
    def time_goes_by(self, minutes: int) -> None:
        self.desk.works(minutes)

    @invariant()
    def nobody_has_too_much_or_what_they_may_not_do_or_is_idle(self) -> None:
        if not hasattr(self, "people"):
            return
        front = self.desk.world.front.pk
        desk = desk_of([front], at=self.desk.at)
        terms = desk.terms[front]
        over = [hand.id for hand in desk.hands if hand.load > hand.units]
        assert over == []
        if terms.most_each is not None:
            assert [hand.id for hand in desk.hands if hand.of_team.get(front, 0) > terms.most_each] == []
        hands = {hand.id: hand for hand in desk.hands}
        given = db.rows(
            "SELECT number FROM conversations_conversation WHERE assignee_id = ANY(%s) AND category = 'open'",
            [self.people],
        )
        for row in given:
            case = conversation_by_number(row.number)
            shown = Seen(case)
            assert may_answer(hands[case.assignee_id], shown) or case.restricted_to is not None
        for waiting in waiting_in(desk.terms, desk.weights, desk.conditions, at=self.desk.at, limit=100):
            asks = asked_at(waiting.asks, stage_of(terms, waiting.since, at=self.desk.at))
            if (self.desk.at - waiting.since).total_seconds() < terms.sticky_minutes * 60 and waiting.sticky:
                continue
            idle = [hand.id for hand in desk.hands if not against(hand, waiting, asks, terms, units=waiting.units)]
            assert idle == [], f"case {waiting.id} waits while {idle} could take it"

    def teardown(self) -> None:
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    def _number(self, case: int) -> int:
        return self.cases[case % len(self.cases)]


class Seen:
    """A case as the rules of rights ask for it."""

    def __init__(self, case: Any) -> None:
        self.channel, self.brand, self.team = case.channel_id, case.brand_id, case.team_id
        self.restricted = None if case.restricted_to is None else tuple(case.restricted_to)


def test_nothing_that_happens_leaves_the_queue_in_a_wrong_state() -> None:
    _run(examples=3, steps=12)


@pytest.mark.full
@pytest.mark.timeout(
    1200
)  # the usual two minutes end in the middle of a statement, and then the undoing is what is told of
def test_nothing_of_much_that_happens_leaves_the_queue_in_a_wrong_state() -> None:
    _run(examples=int(os.environ.get("EXAMPLES") or 150), steps=40)


def _run(*, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Queue,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=examples < 10,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,) if examples < 10 else (Phase.generate, Phase.shrink),
        ),
    )  # fmt: skip
