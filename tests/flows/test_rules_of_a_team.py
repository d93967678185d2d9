"""Whoever leads a team writes rules for its cases, and neither sees nor touches those of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from careline.automation.rules.trying import preview_rule, try_rule
from careline.domain.conversations.errors import NotFound
from careline.domain.history.actor import SYSTEM, agent
from careline.domain.staff import commands as staff
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Forbidden, Person
from careline.domain.triggers.queries.rules import rule_by_id
from careline.domain.triggers.rules.conditions import BadRule
from careline.flows.change_rule import (
    WrittenRule,
    add_rule,
    change_rule,
    found_rule,
    move_rule,
    remove_rule,
    rules_for,
    switch_rule,
)
from careline.flows.change_schedule import ScheduleForm, add_schedule, found_schedule, schedules_for
from tests.world import NOON, World, make_world, writes_in

pytestmark = pytest.mark.django_db
HIGH = [{"do": "priority", "to": "high"}]


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def lead(world: World) -> Person:
    made = staff.add_agent(
        "dora@northwind.example", name="Dora", role="team_lead", team_ids=(world.front.pk,), by=SYSTEM, at=NOON
    )
    found = person(made.pk)
    assert found is not None
    return found


def of_team(*teams: int) -> dict[str, Any]:
    return {"all": [{"fact": "team", "is": [str(team) for team in teams]}, {"fact": "subject", "has_any": ["bike"]}]}


def bikes(conditions: dict[str, Any], **more: Any) -> WrittenRule:
    return WrittenRule("Bikes", whens=["customer_wrote"], conditions=conditions, actions=HIGH, **more)


def test_a_lead_writes_a_rule_for_their_team_tries_it_and_takes_it_away(world: World, lead: Person) -> None:
    by, front = agent(lead.id), world.front.pk
    key = add_rule(lead, bikes(of_team(front)), by=by, at=NOON)
    assert [row.name for row in rules_for(lead)] == ["Bikes"]
    assert [row.number for row in preview_rule(lead, bikes(of_team(front)), at=NOON)] == [world.case]
    assert try_rule(lead, key, world.case, at=NOON).judged.steps != []
    change_rule(lead, key, replace(bikes(of_team(front)), name="Bells"), by=by, at=NOON)
    switch_rule(lead, key, on=False, by=by, at=NOON)
    switch_rule(lead, key, on=True, by=by, at=NOON)
    assert (rule_by_id(key).name, rule_by_id(key).is_active) == ("Bells", True)
    remove_rule(lead, key, by=by, at=NOON)
    assert rules_for(lead) == []


def test_a_rule_that_would_reach_further_is_not_theirs_to_write(world: World, lead: Person) -> None:
    by, front, back = agent(lead.id), world.front.pk, world.back.pk
    key = add_rule(lead, bikes(of_team(front)), by=by, at=NOON)
    for conditions in ({}, of_team(back), of_team(front, back), {"any": of_team(front)["all"]}):
        with pytest.raises(BadRule) as told:
            add_rule(lead, bikes(conditions), by=by, at=NOON)
        assert told.value.field == "conditions"
        with pytest.raises(BadRule):
            preview_rule(lead, bikes(conditions), at=NOON)
        with pytest.raises(BadRule):
            change_rule(lead, key, bikes(conditions), by=by, at=NOON)
    with pytest.raises(Forbidden):
        move_rule(lead, key, to=1, by=by, at=NOON)
    assert [row.conditions for row in rules_for(lead)] == [of_team(front)]


def test_rules_of_others_are_as_if_they_were_not_there(world: World, lead: Person) -> None:
    ada, by = world.person(world.ada), agent(world.ada.pk)
    others = [add_rule(ada, bikes(conditions), by=by, at=NOON) for conditions in ({}, of_team(world.back.pk))]
    ours = add_rule(ada, bikes(of_team(world.front.pk)), by=by, at=NOON)
    assert ([row.id for row in rules_for(lead)], found_rule(lead, ours).id) == ([ours], ours)
    for key in others:
        for touch in (
            lambda key: found_rule(lead, key),
            lambda key: remove_rule(lead, key, by=agent(lead.id), at=NOON),
            lambda key: switch_rule(lead, key, on=False, by=agent(lead.id), at=NOON),
            lambda key: try_rule(lead, key, world.case, at=NOON),
        ):
            with pytest.raises(NotFound):
                touch(key)
    assert [row.id for row in rules_for(ada)] == [*others, ours]


def test_a_preview_shows_a_lead_no_case_of_another_team(world: World, lead: Person) -> None:
    ada = world.person(world.ada)
    back = writes_in("A bike for Back", text="Hello.", mailbox=replace(world.mailbox, team_id=world.back.pk)).number
    assert {row.number for row in preview_rule(ada, bikes({}), at=NOON)} == {world.case, back}
    assert [row.number for row in preview_rule(lead, bikes(of_team(world.front.pk)), at=NOON)] == [world.case]


def test_a_recurring_case_comes_to_the_leads_own_team(world: World, lead: Person) -> None:
    def weekly(**template: Any) -> ScheduleForm:
        said = {"subject": "Look at the stock", **template}
        return ScheduleForm(
            "Weekly", "FREQ=WEEKLY;BYDAY=MO", date(2026, 11, 23), time(9), "Europe/Berlin", template=said
        )

    by = agent(lead.id)
    for template in ({}, {"team": world.back.pk}):
        with pytest.raises(BadRule) as told:
            add_schedule(lead, weekly(**template), by=by, at=NOON)
        assert told.value.field == "team"
    ours = add_schedule(lead, weekly(team=world.front.pk), by=by, at=NOON)
    theirs = add_schedule(world.person(world.ada), weekly(), by=SYSTEM, at=NOON)
    assert ([row.id for row in schedules_for(lead)], found_schedule(lead, ours).id) == ([ours], ours)
    with pytest.raises(NotFound):
        found_schedule(lead, theirs)
