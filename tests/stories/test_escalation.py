"""A case reaches somebody who can decide, and the customer keeps their person: by hand, on time, on words, and over a night."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from careline.domain.conversations.errors import AlreadyGone, Refused
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.history.queries import Happened
from careline.domain.routing.queries.ladders import escalations_of, standing_of
from careline.domain.routing.rules.ladders import Ladder, Rung
from careline.domain.sla.commands.promises import ring
from careline.domain.staff import attendance
from careline.domain.staff import commands as staff
from careline.domain.staff.queries import person
from careline.domain.staff.standing_in import report_to
from careline.entrypoints.worker.reactions import REACTIONS
from careline.flows.change import Change, change
from careline.flows.escalate import NobodyMay, TopOfLadder, escalate, lower, take_step_back
from careline.flows.follow_escalation import work_on_escalations
from careline.flows.keep_ladders import keep_ladder
from careline.flows.leave import leave
from careline.flows.reply import Draft, reply
from careline.flows.resolve import reopen, resolve
from careline.flows.restrict import restrict
from careline.flows.tell_by_rule import escalate_by_rule
from careline.kit import db
from tests.stories.desk import Desk, all_at_once
from tests.world import NOON

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LADDER = Ladder(
    "Everything",
    (
        Rung("Specialist", role="specialist", minutes=60),
        Rung("Supervisor", role="supervisor", minutes=60),
        Rung("Manager", role="manager"),
    ),
    late_minutes=30,
    reopenings=2,
)


class Front:
    """Ben has Carol's case; above him stand Sue, a specialist, Vic, a supervisor, and May, who manages."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.world, self.case = desk, desk.world, desk.first
        self.at, self._read = NOON, 0
        self.ben = self.world.ben.pk
        self.sue, self.vic, self.may = (
            self.hire(*one) for one in (("Sue", "specialist"), ("Vic", "supervisor"), ("May", "manager"))
        )
        self.comes(self.ben)
        change(desk.ada, self.case, Change(assignee=self.ben), by=desk.by, at=NOON)
        self.reacts()

    def hire(self, name: str, role: str, *, units: int = 10) -> int:
        made = staff.add_agent(
            f"{name.lower()}@northwind.example",
            name=name,
            role=role,
            team_ids=(self.world.front.pk,),
            by=SYSTEM,
            at=NOON,
        )
        attendance.set_capacity(made.pk, units=units, calendar=None, by=SYSTEM, at=NOON)
        self.comes(made.pk)
        return int(made.pk)

    def comes(self, who: int) -> None:
        attendance.set_state(who, "available", by=agent(who), at=self.at)

    def goes(self, who: int) -> None:
        attendance.set_state(who, "away", reason="meal", by=agent(who), at=self.at)

    def keeps(self, ladder: Ladder = LADDER) -> None:
        keep_ladder(self.desk.ada, ladder, by=self.desk.by, at=self.at)

    def escalates(self, who: int | None = None, **more: Any) -> Any:
        who = who or self.ben
        words = more.pop("words", "She threatens to leave us.")
        return escalate(person(who), self.case, words=words, by=agent(who), at=self.at, **more)

    def reacts(self) -> None:
        for one in happened_after(self._read):  # as the reader does, which sees only what is committed
            self._read = one.id
            for reaction in REACTIONS.get(one.name, ()):
                if reaction.__module__.endswith("follow_escalation"):
                    reaction(one, self.at)

    def works(self, after: timedelta = timedelta(0)) -> None:
        """The worker goes on, so much later."""
        self.at += after
        while ring(at=self.at):
            pass
        self.reacts()
        work_on_escalations(at=self.at)
        self.reacts()

    @property
    def row(self) -> Any:
        return self.desk.case(self.case)

    @property
    def stands(self) -> Any:
        return standing_of(self.row.id)

    @property
    def who_and_where(self) -> tuple[int | None, int]:
        return self.row.assignee_id, self.stands.level if self.stands else 0

    @property
    def steps(self) -> list[tuple[str, int, int | None]]:
        return [(one.reason, one.level, one.agent_id) for one in reversed(escalations_of(self.row.id))]


def happened_after(read: int) -> list[Happened]:
    found = db.rows(
        """SELECT id, tx::text::bigint, at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id,
               data FROM history WHERE id > %s ORDER BY id""",
        [read],
    )
    return [Happened(*row) for row in found]


@pytest.fixture
def front(desk: Desk) -> Front:
    return Front(desk)


def test_a_case_is_handed_up_with_a_note_and_the_customer_keeps_their_owner(front: Front) -> None:
    raised = front.escalates()
    assert (raised.level, raised.name, raised.agent) == (1, "Specialist", front.sue)
    assert front.who_and_where == (front.sue, 1)
    assert (front.stands.owner_id, front.stands.owner_name, front.row.follower_ids) == (front.ben, "Ben", [front.ben])
    assert [m.text for m in messages_of(front.row.id, limit=9) if m.kind == "note"] == ["She threatens to leave us."]
    front.escalates(front.sue)
    assert (front.who_and_where, front.stands.owner_id) == ((front.vic, 2), front.ben)
    assert front.steps == [("by_hand", 1, front.sue), ("by_hand", 2, front.vic)]


def test_nobody_hands_up_without_saying_why(front: Front) -> None:
    with pytest.raises(Refused, match="Write what"):
        front.escalates(words="  ")
    assert front.who_and_where == (front.ben, 0)


def test_an_angry_customer_reaches_a_supervisor_while_the_specialist_is_at_lunch(front: Front) -> None:
    front.goes(front.sue)
    raised = front.escalates()
    assert (raised.level, raised.agent, front.row.assignee_id) == (2, front.vic, front.vic)
    assert escalations_of(front.row.id)[0].passed == [[1, {"away": 1}]]


def test_nobody_is_given_more_than_they_can_have_by_an_escalation(front: Front) -> None:
    attendance.set_capacity(front.sue, units=0, calendar=None, by=SYSTEM, at=front.at)
    assert front.escalates().agent == front.vic
    assert escalations_of(front.row.id)[0].passed == [[1, {"full": 1}]]


def test_at_night_it_rises_all_the_same_and_goes_to_whoever_comes_first_in_the_morning(front: Front) -> None:
    for who in (front.sue, front.vic, front.may):
        front.goes(who)
    raised = front.escalates()
    assert (raised.agent, raised.level, front.who_and_where) == (None, 1, (front.ben, 1))
    front.works(8 * HOUR)
    assert (front.who_and_where, len(front.steps)) == ((front.ben, 1), 1)
    front.comes(front.vic)
    front.works(HOUR)
    assert (front.who_and_where, front.stands.owner_id) == ((front.vic, 2), front.ben)


def test_an_answer_that_is_half_an_hour_late_brings_a_specialist_and_an_hour_later_a_supervisor(front: Front) -> None:
    front.keeps()
    front.works(24 * HOUR)
    assert front.who_and_where == (front.ben, 0)
    front.works(30 * MINUTE)
    assert front.who_and_where == (front.sue, 1)
    front.works(59 * MINUTE)
    assert front.who_and_where == (front.sue, 1)
    front.works(MINUTE)
    assert front.who_and_where == (front.vic, 2)
    front.works(3 * HOUR)
    front.works(3 * HOUR)
    assert (front.who_and_where, front.steps) == (
        (front.may, 3), [("late", 1, front.sue), ("unanswered", 2, front.vic), ("unanswered", 3, front.may)],
    )  # fmt: skip


def test_what_was_answered_in_time_rises_no_further(front: Front) -> None:
    front.keeps()
    front.works(24 * HOUR)
    front.works(30 * MINUTE)
    reply(person(front.sue), front.case, Draft(text="I am on it."), by=agent(front.sue), at=front.at)
    front.works(5 * HOUR)
    assert (front.who_and_where, front.stands.due_at) == ((front.sue, 1), None)


def test_a_case_opened_again_for_the_second_time_goes_to_a_specialist(front: Front) -> None:
    front.keeps()
    for _ in range(2):
        assert front.who_and_where == (front.ben, 0)
        resolve(front.desk.ada, front.case, by=front.desk.by, at=front.at)
        reopen(front.desk.ada, front.case, by=front.desk.by, at=front.at)
        front.works(MINUTE)
    assert (front.who_and_where, front.steps) == ((front.sue, 1), [("reopened", 1, front.sue)])


def test_two_rules_that_hear_the_same_word_raise_it_once(front: Front) -> None:
    for rule in (7, 8):
        escalate_by_rule(front.row, by=agent(rule), at=front.at)
    front.works()
    assert front.steps == [("rule", 1, front.sue)]


def test_whose_superior_is_away_has_their_deputy_to_ask(front: Front) -> None:
    front.keeps(Ladder("Everything", (Rung("Your lead", "superior"), Rung("Manager", role="manager"))))
    report_to(front.world.ben, superior_id=front.vic, by=SYSTEM, at=front.at)
    assert (front.escalates().agent, front.stands.name) == (front.vic, "Your lead")


def test_a_full_team_gets_it_into_its_queue(front: Front) -> None:
    front.keeps(Ladder("Everything", (Rung("Back office", "team", team=front.world.back.pk),)))
    attendance.set_state(front.world.cleo.pk, "available", by=SYSTEM, at=front.at)
    attendance.set_capacity(front.world.cleo.pk, units=0, calendar=None, by=SYSTEM, at=front.at)
    raised = front.escalates()
    assert (raised.agent, raised.team, front.row.team_id, front.row.assignee_id) == (
        None, front.world.back.pk, front.world.back.pk, None,
    )  # fmt: skip


def test_a_restricted_case_goes_to_named_people_only_else_the_reason_is_said(front: Front) -> None:
    restrict(front.desk.ada, front.case, [front.ben], by=front.desk.by, at=front.at)
    with pytest.raises(NobodyMay, match="named people only"):
        front.escalates()
    assert front.who_and_where == (front.ben, 0)
    escalate_by_rule(front.row, by=agent(7), at=front.at)
    front.works()
    assert (front.who_and_where, escalations_of(front.row.id)[0].passed) == (
        (front.ben, 0), [[1, {"may_not_reply": 1}], [2, {"may_not_reply": 1}], [3, {"may_not_reply": 1}]],
    )  # fmt: skip
    restrict(front.desk.ada, front.case, [front.ben, front.vic], by=front.desk.by, at=front.at)
    assert front.escalates().agent == front.vic


def test_there_is_nothing_above_the_manager(front: Front) -> None:
    assert front.escalates(level=3).agent == front.may
    with pytest.raises(TopOfLadder):
        front.escalates(front.may)


def test_whoever_handed_it_up_by_mistake_has_it_back(front: Front) -> None:
    front.escalates()
    take_step_back(person(front.ben), front.case, by=agent(front.ben), at=front.at)
    assert front.who_and_where == (front.ben, 0)
    with pytest.raises(AlreadyGone):
        take_step_back(person(front.ben), front.case, by=agent(front.ben), at=front.at)


def test_an_undo_after_somebody_went_on_with_it_changes_nothing(front: Front) -> None:
    front.escalates()
    change(front.desk.ada, front.case, Change(priority="urgent"), by=front.desk.by, at=front.at)
    with pytest.raises(AlreadyGone):
        take_step_back(person(front.ben), front.case, by=agent(front.ben), at=front.at)
    assert front.who_and_where == (front.sue, 1)


def test_brought_down_again_it_is_its_owners(front: Front) -> None:
    front.escalates(level=2)
    lower(person(front.vic), front.case, by=agent(front.vic), at=front.at)
    assert front.who_and_where == (front.ben, 0)
    names = [
        row.name
        for row in db.rows(
            "SELECT name FROM history WHERE name IN ('escalation.raised', 'escalation.lowered') ORDER BY id"
        )
    ]
    assert names == ["escalation.raised", "escalation.lowered"]


def test_somebody_leaves_at_noon_and_the_customer_gets_another_owner_with_the_next_step(front: Front) -> None:
    front.escalates()
    leave(front.desk.ada, front.ben, hand_over_to=None, by=front.desk.by, at=front.at)
    assert (front.row.assignee_id, front.stands.owner_name) == (front.sue, None)
    front.escalates(front.sue)
    assert (front.row.assignee_id, front.stands.owner_name) == (front.vic, "Sue")


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_raise_it_once(busy_desk: Desk) -> None:
    front = Front(busy_desk)
    front.keeps()
    front.works(24 * HOUR)
    moment: datetime = front.at + HOUR
    assert sorted(all_at_once(*[lambda: work_on_escalations(at=moment)] * 2)) == [0, 1]
    assert front.steps == [("late", 1, front.sue)]
