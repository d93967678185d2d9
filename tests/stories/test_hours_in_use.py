"""Opening hours that something counts by stay, and say what that is: else it would silently count by others."""

from __future__ import annotations

import pytest

from careline.domain.history.actor import SYSTEM
from careline.domain.sla.commands.policies import add_policy
from careline.domain.sla.rules.policies import Policy, Target
from careline.entrypoints.web.sla.words import in_use_words
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.change_rule import WrittenRule, add_rule
from careline.flows.delete_calendar import SENTENCES, HoursInUse, delete_calendar
from careline.flows.keep_queues import QueueChange, change_queue
from careline.flows.set_availability import set_capacity
from careline.kit import db
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def hours(world: World, name: str) -> int:
    return add_calendar(world.person(world.ada), CalendarChange(name=name, time_zone="UTC"), by=SYSTEM, at=NOON)


def test_whatever_counts_by_opening_hours_is_named_and_nothing_of_it_changes(world: World) -> None:
    hours(world, "Company")
    ada, key = world.person(world.ada), hours(world, "Front desk")
    target = {"first_response": Target(3600, is_business=True)}
    add_policy(Policy(None, "Gold", target, {"priority": [4]}, calendar=key), by=SYSTEM, at=NOON)
    change_queue(
        ada, world.front.pk, QueueChange(calendar=key, untouched_hours=8, untouched_calendar=key), by=SYSTEM, at=NOON
    )
    rule = WrittenRule("At night", "trigger", ["opened"], {}, [{"do": "priority", "to": "high"}], calendar=key)
    add_rule(ada, rule, by=SYSTEM, at=NOON)
    set_capacity(ada, world.ben.pk, units=10, calendar=key, by=SYSTEM, at=NOON)
    with pytest.raises(HoursInUse) as refused:
        delete_calendar(ada, key, by=SYSTEM, at=NOON)
    assert refused.value.uses == [
        ("promise", "Gold"), ("queue", "Front"), ("person", "Ben"), ("rule", "At night"), ("silence", "Front"),
    ]  # fmt: skip
    assert db.value("SELECT count(*) FROM triggers_rule WHERE calendar_id = %s", [key]) == 1


def test_what_nothing_counts_by_goes_and_the_default_ones_stay(world: World) -> None:
    company, other = hours(world, "Company"), hours(world, "Other")
    ada = world.person(world.ada)
    delete_calendar(ada, other, by=SYSTEM, at=NOON)
    with pytest.raises(HoursInUse, match="make others the default first"):
        delete_calendar(ada, company, by=SYSTEM, at=NOON)
    assert [row.id for row in db.rows("SELECT id FROM calendars_calendar ORDER BY id")] == [company]


def test_page_and_api_tell_the_same_of_every_use() -> None:
    told = {kind: in_use_words([(kind, "Front")]) for kind in SENTENCES}
    assert told == {kind: sentence % {"name": "Front"} for kind, sentence in SENTENCES.items()}
