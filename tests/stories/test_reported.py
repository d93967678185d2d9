"""A resolved case, a survey, a low score, a recovery, opened again, satisfied: after each step the report says so, and opens its case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from careline.domain.history.actor import agent
from careline.domain.reports.queries.behind import Number, numbers_behind
from careline.domain.reports.queries.reports import report_of
from careline.domain.reports.rules.asking import Asked
from careline.flows.answer_survey import answer_survey
from careline.flows.resolve import reopen, resolve
from careline.kit import db
from tests.domain.reports.histories import catch_up_in_one_transaction as catch_up
from tests.flows.asking import answered_and_resolved, asked, react, with_survey
from tests.world import NOON, World, make_world

pytestmark = pytest.mark.django_db
PERIOD = Asked(NOON.date(), NOON.date() + timedelta(days=6))
HOUR = timedelta(hours=1)


def test_each_step_of_a_case_made_good_stands_in_the_report() -> None:
    world = make_world()
    ben, by = world.person(world.ben), agent(world.ben.pk)
    with_survey()
    answered_and_resolved(world)
    assert told(world, "opened", "resolved", "first_contact", "reopened") == [(1, 1), (1, 1), (1, 1), (1, 0)]

    token = asked(NOON)
    assert told(world, "survey_answered", "satisfied") == [(1, 0), (0, 0)]

    answer_survey(token, {"score": "1"}, language="en", at=NOON + 2 * HOUR)
    last = react(NOON + 2 * HOUR)
    recovery = db.value(
        "SELECT c.number FROM surveys_answer a JOIN conversations_conversation c ON c.id = a.recovery_id"
    )
    assert told(world, "survey_answered", "satisfied", "opened") == [(1, 1), (1, 0), (2, 2)]
    assert behind(world, Number("satisfied", 0)) == [world.case]
    assert behind(world, Number("opened")) == [recovery, world.case]

    reopen(ben, world.case, by=by, at=NOON + 3 * HOUR)
    assert told(world, "resolved", "reopened", "first_contact") == [(0, 0), (1, 1), (1, 0)]
    assert behind(world, Number("reopened", 1)) == [world.case]

    resolve(ben, world.case, by=by, at=NOON + 6 * HOUR)
    answer_survey(token, {"score": "5"}, language="en", at=NOON + 8 * HOUR)
    react(NOON + 8 * HOUR, after=last)
    assert told(world, "resolved", "reopened", "satisfied", "survey_answered") == [(1, 1), (1, 1), (1, 1), (1, 1)]
    assert told(world, "resolution") == [(1, 6 * 3600)]
    assert (behind(world, Number("satisfied", 1)), behind(world, Number("satisfied", 0))) == ([world.case], [])


def told(world: World, *measures: str) -> list[tuple[int, int]]:
    """n and total of each, as the overview has them."""
    catch_up()
    found = {one.measure.key: one.now for one in report_of(world.person(world.ada), "overview", PERIOD).figures}
    return [(found[key].n, found[key].total) for key in measures]


def behind(world: World, number: Number) -> list[int]:
    return numbers_behind(world.person(world.ada), PERIOD, number)
