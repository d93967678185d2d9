"""What happens on a case stands in its fact soon after, and in the sums of its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from careline.domain.history.actor import agent
from careline.domain.reports.commands.facts import count_marked, follow, go_on_recounting
from careline.domain.reports.models import CaseFact
from careline.flows.merge import merge
from careline.flows.reply import Draft, reply
from careline.flows.resolve import reopen, resolve
from careline.kit import db
from tests.world import NOON, make_world, writes_in

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


def test_an_answered_and_resolved_case_is_measured() -> None:
    world = make_world()
    ben, by = world.person(world.ben), agent(world.ben.pk)
    reply(ben, world.case, Draft(text="It is on its way."), by=by, at=NOON + HOUR)
    resolve(ben, world.case, by=by, at=NOON + 3 * HOUR)
    catch_up()
    fact = fact_of_case(world.case)
    assert (fact["first_response_seconds"], fact["resolution_seconds"]) == (3600, 3 * 3600)
    assert (fact["replies"], fact["is_first_contact"], fact["is_reopened"]) == (1, 1, 0)
    assert (fact["opened_on"], fact["resolved_on"]) == (date(2026, 11, 20), date(2026, 11, 20))
    assert (fact["csat_score"], fact["handle_seconds"]) == (None, None)


def test_a_case_that_comes_back_is_reopened_and_its_sums_move_to_the_later_day() -> None:
    world = make_world()
    ben, by = world.person(world.ben), agent(world.ben.pk)
    resolve(ben, world.case, by=by, at=NOON + HOUR)
    catch_up()
    assert sums("resolved") == {date(2026, 11, 20): 1}
    reopen(ben, world.case, by=by, at=NOON + 30 * HOUR)
    resolve(ben, world.case, by=by, at=NOON + 50 * HOUR)
    catch_up()
    assert sums("resolved") == {date(2026, 11, 22): 1}
    assert sums("reopened") == {date(2026, 11, 20): 1}
    assert sums("flow") == {date(2026, 11, 20): 0, date(2026, 11, 21): 1, date(2026, 11, 22): -1}


def test_a_merged_case_is_not_counted() -> None:
    world = make_world()
    ada = world.person(world.ada)
    second = writes_in("Again", text="Where is it?", mailbox=world.mailbox, at=NOON + HOUR).number
    assert second is not None
    catch_up()
    assert sums("opened") == {date(2026, 11, 20): 2}
    merge(ada, second, into=world.case, by=agent(world.ada.pk), at=NOON + 2 * HOUR)
    catch_up()
    assert sums("opened") == {date(2026, 11, 20): 1}
    assert fact_of_case(second)["why_not"] == "merged"


def test_a_fact_says_every_column_of_its_table() -> None:
    world = make_world()
    catch_up()
    assert set(fact_of_case(world.case)) == {field.column for field in CaseFact._meta.concrete_fields}


def catch_up() -> None:
    while follow(at=NOON) or count_marked() or go_on_recounting(at=NOON):
        pass


def fact_of_case(number: int) -> dict[str, Any]:
    found = db.row("SELECT * FROM case_fact WHERE number = %s", [number])
    assert found is not None
    return dict(found._asdict())


def sums(measure: str) -> dict[date, int]:
    found = db.rows("SELECT day, total FROM fact_day WHERE dim = '' AND measure = %s ORDER BY day", [measure])
    return {row.day: row.total for row in found}
