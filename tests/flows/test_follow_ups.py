"""Follow-ups: planned, reminded, handed over, ended; and teams that close nothing without one."""

from datetime import timedelta

import pytest

from careline.automation.rules.acts import act
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_by_number
from careline.domain.conversations.rules.bulk import BulkWish
from careline.domain.followups.commands.follow_ups import Plan
from careline.domain.followups.queries.follow_ups import ALL, DONE, DUE, MINE, count_due, follow_ups, open_follow_up
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff.rules import Forbidden, reach_of
from careline.flows.bulk_change import ask_for_bulk_change, carry_on
from careline.flows.change import Change, change
from careline.flows.follow_up import (
    AlreadyPlanned,
    CannotFollowUp,
    change_follow_up,
    conclude_follow_up,
    drop_follow_up,
    follow_leaver,
    follow_up_for,
    keep_closing_rules,
    note_outcome,
    plan_follow_up,
    remind_of_follow_ups,
)
from careline.flows.leave import leave
from careline.flows.reply import Draft, reply
from careline.flows.resolve import NoNextAction, reopen, resolve
from careline.kit import db
from tests.flows.asking import react
from tests.world import NOON, World, make_world

DUE_AT = NOON + timedelta(days=3)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def planned(world: World, **said: object) -> int:
    ben = world.person(world.ben)
    return plan_follow_up(ben, world.case, Plan("call", DUE_AT, reason="Ask.", **said), by=agent(ben.id), at=NOON)  # type: ignore[arg-type]


def test_who_plans_it_owns_it_where_the_case_is_nobodys(world: World) -> None:
    found = follow_up_for(world.person(world.ben), planned(world))
    assert (found.owner_id, found.kind, found.due_at, found.state) == (world.ben.pk, "call", DUE_AT, "open")


def test_planned_twice_makes_one(world: World) -> None:
    planned(world)
    with pytest.raises(AlreadyPlanned):
        planned(world)
    assert db.value("SELECT count(*) FROM followups_followup") == 1


def test_resolving_with_a_follow_up_is_one_act(world: World) -> None:
    ben = world.person(world.ben)
    plan_follow_up(ben, world.case, Plan("mail", DUE_AT), resolves=True, by=agent(ben.id), at=NOON)
    assert conversation_by_number(world.case).category == "resolved"
    assert open_follow_up(conversation_by_number(world.case).id).due_at == DUE_AT


@pytest.mark.parametrize(("plan", "field"), [
    (Plan("carrier pigeon", DUE_AT), "kind"), (Plan("mail", NOON), "due_at"), (Plan("mail", NOON + timedelta(days=731)), "due_at"),
    (Plan("mail", DUE_AT, reason="x" * 2001), "reason"), (Plan("mail", DUE_AT, owner=999_999), "owner"),
])  # fmt: skip
def test_what_cannot_be_planned_names_its_field(world: World, plan: Plan, field: str) -> None:
    ben = world.person(world.ben)
    with pytest.raises(CannotFollowUp) as wrong:
        plan_follow_up(ben, world.case, plan, by=agent(ben.id), at=NOON)
    assert wrong.value.field == field


def test_a_colleague_of_another_team_finds_nothing(world: World) -> None:
    key, cleo = planned(world), world.person(world.cleo)
    for act_on in (
        lambda: follow_up_for(cleo, key),
        lambda: conclude_follow_up(cleo, key, outcome="satisfied", by=agent(cleo.id), at=NOON),
        lambda: plan_follow_up(cleo, world.case, Plan("mail", DUE_AT), by=agent(cleo.id), at=NOON),
    ):
        with pytest.raises(NotFound):
            act_on()


def test_it_stands_where_it_belongs(world: World) -> None:
    planned(world)
    ben, cleo = world.person(world.ben), world.person(world.cleo)

    def shown(person: object, which: str, at: object = NOON) -> int:
        reach = reach_of(person, "followup:read")  # type: ignore[arg-type]
        return len(follow_ups(reach, which, me=person.id, at=at))  # type: ignore[attr-defined, arg-type]

    assert [shown(ben, which) for which in (MINE, DUE, ALL, DONE)] == [1, 0, 1, 0]
    assert [shown(ben, which, DUE_AT) for which in (MINE, DUE)] == [1, 1]
    assert [shown(cleo, which, DUE_AT) for which in (MINE, DUE, ALL, DONE)] == [0, 0, 0, 0]
    assert (count_due(ben.id, at=NOON), count_due(ben.id, at=DUE_AT)) == (0, 1)


def test_its_owner_is_reminded_once_and_again_after_it_was_put_off(world: World) -> None:
    key, ben = planned(world), world.person(world.ben)
    assert [remind_of_follow_ups(at=at) for at in (NOON, DUE_AT, DUE_AT)] == [0, 1, 0]
    later = DUE_AT + timedelta(days=1)
    change_follow_up(ben, key, Plan("call", later, ben.id), by=agent(ben.id), at=DUE_AT)
    assert [remind_of_follow_ups(at=at) for at in (DUE_AT, later)] == [0, 1]
    told = db.rows("SELECT data->>'owner' AS owner FROM history WHERE name = 'follow_up.due'")
    assert [int(row.owner) for row in told] == [ben.id, ben.id]


def test_it_ends_once_with_an_outcome(world: World) -> None:
    key, ben = planned(world), world.person(world.ben)
    with pytest.raises(CannotFollowUp):
        conclude_follow_up(ben, key, outcome="no idea", by=agent(ben.id), at=DUE_AT)
    conclude_follow_up(ben, key, outcome="satisfied", note="All is well.", by=agent(ben.id), at=DUE_AT)
    with pytest.raises(CannotFollowUp):
        conclude_follow_up(ben, key, outcome="reopened", by=agent(ben.id), at=DUE_AT)
    found = follow_up_for(ben, key)
    assert (found.state, found.outcome, found.outcome_note, found.done_by) == (
        "done",
        "satisfied",
        "All is well.",
        ben.id,
    )
    assert remind_of_follow_ups(at=DUE_AT) == 0


def test_reopened_opens_the_case_again(world: World) -> None:
    ben = world.person(world.ben)
    key = plan_follow_up(ben, world.case, Plan("mail", DUE_AT), resolves=True, by=agent(ben.id), at=NOON)
    conclude_follow_up(ben, key, outcome="reopened", by=agent(ben.id), at=DUE_AT)
    assert conversation_by_number(world.case).category == "open"


def test_one_that_is_dropped_makes_room_for_another(world: World) -> None:
    ben = world.person(world.ben)
    drop_follow_up(ben, planned(world), by=agent(ben.id), at=NOON)
    assert planned(world)


def test_what_a_leaver_owed_goes_to_whoever_has_the_case(world: World) -> None:
    ada = world.person(world.ada)
    key = planned(world)
    change(ada, world.case, Change(assignee=world.ada.pk), by=agent(ada.id), at=NOON)
    leave(ada, world.ben.pk, hand_over_to=None, by=agent(ada.id), at=NOON)
    react(NOON)
    assert follow_up_for(ada, key).owner_id == world.ada.pk


def test_what_nobody_can_take_over_stays_as_nobodys(world: World) -> None:
    ada, key = world.person(world.ada), planned(world)
    leave(ada, world.ben.pk, hand_over_to=None, by=agent(ada.id), at=NOON)
    react(NOON)
    assert follow_up_for(ada, key).owner_id is None
    assert follow_leaver.__name__ == "follow_leaver"


def test_a_strict_team_closes_nothing_without_an_outcome_or_a_date(world: World) -> None:
    ada, ben, by = world.person(world.ada), world.person(world.ben), agent(world.ben.pk)
    keep_closing_rules(ada, strict={world.front.pk}, by=agent(ada.id), at=NOON)
    with pytest.raises(NoNextAction) as refused:
        resolve(ben, world.case, by=by, at=NOON)
    assert refused.value.code == "no_next_action"
    with pytest.raises(NoNextAction):
        reply(ben, world.case, Draft("Done.", resolve=True), by=by, at=NOON)
    note_outcome(ben, world.case, outcome="satisfied", resolves=True, by=by, at=NOON)
    assert conversation_by_number(world.case).category == "resolved"
    reopen(ben, world.case, by=by, at=NOON + timedelta(hours=1))
    with pytest.raises(NoNextAction):
        resolve(ben, world.case, by=by, at=NOON + timedelta(hours=2))


def test_a_date_and_an_owner_are_enough_for_a_strict_team(world: World) -> None:
    ada, ben = world.person(world.ada), world.person(world.ben)
    keep_closing_rules(ada, strict={world.front.pk}, by=agent(ada.id), at=NOON)
    planned(world)
    resolve(ben, world.case, by=agent(ben.id), at=NOON)
    assert conversation_by_number(world.case).category == "resolved"


def test_other_teams_close_as_before_and_only_who_may_makes_the_rule(world: World) -> None:
    ada, ben = world.person(world.ada), world.person(world.ben)
    with pytest.raises(Forbidden):
        keep_closing_rules(ben, strict={world.front.pk}, by=agent(ben.id), at=NOON)
    keep_closing_rules(ada, strict={world.back.pk}, by=agent(ada.id), at=NOON)
    resolve(ben, world.case, by=agent(ben.id), at=NOON)
    assert conversation_by_number(world.case).category == "resolved"


def test_many_at_once_meet_the_same_rule(world: World) -> None:
    ada = world.person(world.ada)
    keep_closing_rules(ada, strict={world.front.pk}, by=agent(ada.id), at=NOON)
    key = ask_for_bulk_change(ada, [world.case], BulkWish(state="resolved"), by=agent(ada.id), at=NOON)
    while carry_on(at=NOON):
        pass
    told = db.row("SELECT state, reason FROM conversations_bulkitem WHERE bulk_id = %s", [key])
    assert told is not None
    assert (told.state, told.reason) == ("refused", "Say how it ended, or plan a follow-up with an owner and a date.")


def test_a_rule_plans_one_and_leaves_one_that_is_there(world: World) -> None:
    steps = [
        act(world.case, [{"do": "follow_up", "days": "3"}], rule=7, run=1, answers=None, at=NOON) for _ in range(2)
    ]
    assert steps == [[{"do": "follow_up"}], [{"do": "follow_up"}]]
    rows = db.rows("SELECT kind, due_at, rule_id FROM followups_followup")
    assert [tuple(row) for row in rows] == [("mail", DUE_AT, 7)]
    assert SYSTEM.kind.value == "system"
