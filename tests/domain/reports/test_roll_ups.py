"""However facts and sums were come by, piece by piece, killed on the way, they are those of a full count."""

from __future__ import annotations

import random
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careline.domain.reports.commands import facts
from careline.domain.reports.commands.facts import count_marked, follow
from careline.domain.reports.queries.behind import BACKLOG, Number, count_behind, numbers_behind
from careline.domain.reports.queries.figures import backlog_of, days_of, sums_of
from careline.domain.reports.rules.asking import Asked
from careline.domain.reports.rules.measures import COUNT, DIMENSIONS, FLOW, MEASURES
from careline.domain.reports.rules.sums import Sum
from careline.domain.staff.rules import Allowed
from careline.kit import db
from tests.domain.reports.histories import (
    BEGIN,
    catch_up,
    count_all_anew,
    forget_cases,
    happen,
    make_cases,
    reconciled,
    standing,
)
from tests.world import World, make_world

COMMITTED = pytest.mark.django_db(transaction=True)
pytestmark = pytest.mark.django_db
ASKED = Asked(BEGIN.date(), BEGIN.date() + timedelta(days=40))


def equal_a_full_count(seed: int, *, cases: int, steps: int) -> None:
    dice = random.Random(seed)
    forget_cases()
    made = make_cases(cases)
    for _ in range(3):
        # Now and then a commit for each step, else one for all of them: readers go by commits.
        with transaction.atomic() if dice.random() < 0.8 else nullcontext():
            happen(made, dice, steps=steps)
        for _ in range(dice.randint(0, 3)):
            follow(at=BEGIN)
            count_marked(limit=dice.randint(1, 9))
    # What changed without being told of is seen at the next happening of the case.
    db.execute("INSERT INTO fact_due SELECT unnest(%s::bigint[]) ON CONFLICT DO NOTHING", [made])
    catch_up(dice)
    by_pieces = standing()
    count_all_anew()
    assert standing() == by_pieces
    assert by_pieces["facts"]


@COMMITTED
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(seed=st.integers(0, 2**32))
def test_piece_by_piece_is_the_same_as_all_at_once(seed: int) -> None:
    if not db.value("SELECT count(*) FROM company_brand"):
        make_world()
    equal_a_full_count(seed, cases=6, steps=15)


@pytest.mark.full
@COMMITTED
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None)
@given(seed=st.integers(0, 2**32))
def test_piece_by_piece_is_the_same_as_all_at_once_often(seed: int) -> None:
    if not db.value("SELECT count(*) FROM company_brand"):
        make_world()
    equal_a_full_count(seed, cases=12, steps=40)


@COMMITTED
def test_a_count_that_is_killed_on_the_way_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    make_world()
    dice = random.Random(3)
    happen(make_cases(6), dice, steps=40)
    follow(at=BEGIN)
    monkeypatch.setattr(facts, "_add", _killed)
    with pytest.raises(KeyboardInterrupt):
        count_marked()
    assert (standing()["facts"], standing()["sums"]) == ([], [])
    monkeypatch.undo()
    catch_up()
    by_pieces = standing()
    count_all_anew()
    assert standing() == by_pieces


def test_other_opening_hours_count_everything_anew() -> None:
    make_world()
    happen(make_cases(5), random.Random(5), steps=30)
    catch_up()
    db.execute("UPDATE company SET time_zone = 'Pacific/Auckland'")
    catch_up()
    moved = standing()
    count_all_anew()
    assert standing() == moved


def test_sums_by_day_and_the_facts_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    world = counted_world()
    ada = world.person(world.ada)
    for dim in ("", *DIMENSIONS):
        kept, stand = days_of(ada, ASKED, list(MEASURES), dim=dim), backlog_of(ada, ASKED, dim=dim)
        with monkeypatch.context() as patched:
            patched.setattr("careline.domain.reports.queries.figures.reaches_all", lambda person: False)
            assert days_of(ada, ASKED, list(MEASURES), dim=dim) == kept
            assert _days_with_any(backlog_of(ada, ASKED, dim=dim)) == _days_with_any(stand)


def test_another_reckoning_by_sql_over_the_raw_history_agrees() -> None:
    counted_world(steps=400)
    assert reconciled() == {FLOW, *MEASURES}


def test_every_number_opens_exactly_its_cases() -> None:
    world = counted_world()
    ada = world.person(world.ada)
    for asked in (ASKED, ASKED.narrowed("priority", "2"), ASKED.narrowed("language", "de").narrowed("priority", "2")):
        sums = sums_of(ada, asked, list(MEASURES))
        for key, measure in MEASURES.items():
            found = sums.get(("", key), Sum())
            behind = numbers_behind(ada, asked, Number(key), limit=1000)
            assert len(behind) == count_behind(ada, asked, Number(key))
            if not measure.weight:
                assert (key, len(behind)) == (key, found.n)
            if measure.kind != COUNT and measure.is_share and measure.key != "nps":
                assert (key, count_behind(ada, asked, Number(key, 1))) == (key, found.total)
        for day, open_then in ((day, n) for (day, _), n in backlog_of(ada, asked).items()):
            assert (day, count_behind(ada, Asked(day, day, asked.only), Number(BACKLOG))) == (day, open_then)


def test_a_lead_counts_only_what_they_may_see() -> None:
    world = counted_world()
    ben = world.person(world.ben)
    assert sums_of(ben, ASKED, ["opened"]) == {}
    ben = replace(ben, grants={**ben.grants, "report:read": (Allowed("team"),)})
    assert sums_of(ben, ASKED, ["opened"])["", "opened"].n == 1
    db.execute("UPDATE conversations_conversation SET team_id = %s", [world.front.pk])
    seen = db.value("SELECT count(*) FROM case_fact WHERE opened_on IS NOT NULL AND NOT is_restricted")
    assert sums_of(ben, ASKED, ["opened"])["", "opened"].n == seen


def test_restricted_cases_are_counted_for_those_who_are_named() -> None:
    world = counted_world()
    ada = world.person(world.ada)
    before = sums_of(ada, ASKED, ["opened"])["", "opened"].n
    open_ones = "SELECT conversation_id FROM case_fact WHERE opened_on BETWEEN %s AND %s AND NOT is_restricted ORDER BY 1 LIMIT 2"
    one, other = (row.conversation_id for row in db.rows(open_ones, [ASKED.since, ASKED.until]))
    db.execute("UPDATE conversations_conversation SET restricted_to = %s WHERE id = %s", [[world.ada.pk], one])
    db.execute("UPDATE conversations_conversation SET restricted_to = %s WHERE id = %s", [[world.ben.pk], other])
    db.execute("INSERT INTO fact_due SELECT unnest(%s::bigint[])", [[one, other]])
    catch_up()
    assert sums_of(ada, ASKED, ["opened"])["", "opened"].n == before - 1


def counted_world(*, steps: int = 120) -> World:
    world = make_world()
    made = make_cases(14)
    happen(made, random.Random(11), steps=steps)
    db.execute("INSERT INTO fact_due SELECT unnest(%s::bigint[]) ON CONFLICT DO NOTHING", [made])
    catch_up()
    return world


def _days_with_any(stand: dict[tuple[object, str], int]) -> dict[tuple[object, str], int]:
    return {cell: n for cell, n in stand.items() if n}


def _killed(changes: object) -> None:
    raise KeyboardInterrupt
