"""What the clocks of a case do as the case goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from careline.domain.sla.rules.clocks import Clock, Terms
from careline.domain.sla.rules.keeping import Kept, Standing, kept, next_due
from careline.domain.sla.rules.measures import ON_THE_WALL, Measure
from careline.domain.sla.rules.policies import BUILT_IN, Policy, Target

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FRESH = Standing("open", NOON, has_response=False, created_at=NOON)
GOLD = Policy(
    7, "Gold", {"acknowledgement": Target(600), "first_response": Target(3600), "next_response": Target(7200),
                "resolution": Target(8 * 3600)},
)  # fmt: skip


def test_a_new_case_is_answered_within_a_day_unless_somebody_promised_otherwise() -> None:
    told = _kept(FRESH, {}, BUILT_IN, NOON)
    assert _steps(told) == [("started", "first_response", "")]
    assert next_due(told.clocks.values()) == (NOON + 24 * HOUR, "first_response")


def test_all_that_was_promised_begins_at_once() -> None:
    told = _kept(FRESH, {}, GOLD, NOON)
    assert [kind for _, kind, _ in _steps(told)] == ["acknowledgement", "first_response", "resolution"]
    assert next_due(told.clocks.values()) == (NOON + timedelta(minutes=10), "acknowledgement")


def test_asked_twice_it_changes_nothing() -> None:
    first = _kept(FRESH, {}, GOLD, NOON)
    assert _steps(_kept(FRESH, first.clocks, GOLD, NOON + timedelta(minutes=1))) == []


def test_an_answer_keeps_the_promise_and_the_solution_waits_with_the_customer() -> None:
    first = _kept(FRESH, {}, GOLD, NOON)
    answered = replace(FRESH, category="waiting", waiting_since=None, has_response=True)
    told = _kept(answered, first.clocks, GOLD, NOON + timedelta(minutes=5))
    assert _steps(told) == [
        ("met", "acknowledgement", ""), ("met", "first_response", ""), ("paused", "resolution", "waits_for_customer"),
    ]  # fmt: skip
    assert (told.clocks["resolution"].left, next_due(told.clocks.values())) == (8 * 3600 - 300, (None, ""))


def test_the_next_question_runs_a_clock_of_its_own_and_the_solution_goes_on() -> None:
    answered = replace(FRESH, category="waiting", waiting_since=None, has_response=True)
    paused = _kept(answered, _kept(FRESH, {}, GOLD, NOON).clocks, GOLD, NOON + timedelta(minutes=5))
    asked = replace(FRESH, waiting_since=NOON + 3 * HOUR, has_response=True)
    told = _kept(asked, paused.clocks, GOLD, NOON + 3 * HOUR)
    assert _steps(told) == [("started", "next_response", ""), ("resumed", "resolution", "")]
    assert told.clocks["resolution"].due_at == NOON + 3 * HOUR + timedelta(seconds=8 * 3600 - 300)
    assert told.clocks["next_response"].due_at == NOON + 5 * HOUR


def test_an_answer_taken_back_was_never_given() -> None:
    first = _kept(FRESH, {}, GOLD, NOON)
    answered = replace(FRESH, category="waiting", waiting_since=None, has_response=True)
    met = _kept(answered, first.clocks, GOLD, NOON + timedelta(minutes=12))
    told = _kept(FRESH, met.clocks, GOLD, NOON + timedelta(minutes=12, seconds=8))
    assert ("resumed", "first_response", "undone") in _steps(told)
    assert told.clocks["first_response"].due_at == first.clocks["first_response"].due_at


def test_a_late_answer_broke_the_promise_at_the_moment_it_was_due() -> None:
    first = _kept(FRESH, {}, BUILT_IN, NOON)
    answered = replace(FRESH, category="waiting", waiting_since=None, has_response=True)
    told = _kept(answered, first.clocks, BUILT_IN, NOON + 30 * HOUR)
    assert [(step.name, step.at) for step in told.steps] == [
        ("warned", NOON + 24 * HOUR * 0.8), ("broken", NOON + 24 * HOUR), ("met", NOON + 30 * HOUR),
    ]  # fmt: skip


def test_what_was_resolved_needs_no_answer_any_more() -> None:
    first = _kept(FRESH, {}, GOLD, NOON)
    told = _kept(replace(FRESH, category="resolved", waiting_since=None), first.clocks, GOLD, NOON + HOUR / 2)
    assert ("cancelled", "first_response", "resolved") in _steps(told)
    assert ("met", "resolution", "") in _steps(told)


def test_a_case_opened_again_goes_on_with_what_was_left() -> None:
    first = _kept(FRESH, {}, GOLD, NOON)
    resolved = _kept(replace(FRESH, category="resolved", waiting_since=None), first.clocks, GOLD, NOON + HOUR)
    told = _kept(replace(FRESH, waiting_since=None), resolved.clocks, GOLD, NOON + 30 * HOUR)
    assert _steps(told) == [("resumed", "resolution", "reopened")]
    assert told.clocks["resolution"].due_at == NOON + 37 * HOUR


def test_spam_and_merged_cases_are_promised_nothing_until_they_stand_for_themselves_again() -> None:
    first = _kept(FRESH, {}, BUILT_IN, NOON)
    gone = _kept(replace(FRESH, is_counted=False), first.clocks, BUILT_IN, NOON + HOUR)
    assert _steps(gone) == [("cancelled", "first_response", "not_counted")]
    back = _kept(FRESH, gone.clocks, BUILT_IN, NOON + 2 * HOUR)
    assert back.clocks["first_response"].due_at == NOON + 24 * HOUR


def test_another_policy_counts_from_the_same_beginning() -> None:
    first = _kept(FRESH, {}, BUILT_IN, NOON)
    told = _kept(FRESH, first.clocks, GOLD, NOON + 2 * HOUR)
    assert ("recomputed", "first_response", "policy") in _steps(told)
    assert [(s.name, s.at) for s in told.steps if s.clock.kind == "first_response"][-1] == ("broken", NOON + 2 * HOUR)


def test_a_solution_promised_later_counts_from_when_it_was_promised() -> None:
    first = _kept(FRESH, {}, BUILT_IN, NOON)
    told = _kept(FRESH, first.clocks, GOLD, NOON + 2 * HOUR)
    assert told.clocks["resolution"].due_at == NOON + 10 * HOUR


def test_who_has_waited_longer_than_was_known_is_counted_from_then() -> None:
    first = _kept(FRESH, {}, BUILT_IN, NOON)
    told = _kept(replace(FRESH, waiting_since=NOON - HOUR), first.clocks, BUILT_IN, NOON + HOUR)
    assert _steps(told) == [("recomputed", "first_response", "waits_since")]
    assert told.clocks["first_response"].due_at == NOON + 23 * HOUR


def _kept(case: Standing, latest: dict[str, Clock], policy: Policy, at: datetime) -> Kept:
    return kept(case, latest, policy, calendar=None, measure_of=_on_the_wall, at=at)


def _on_the_wall(terms: Terms, at: datetime) -> Measure:
    return ON_THE_WALL


def _steps(told: Kept) -> list[tuple[str, str, str]]:
    return [(step.name, step.clock.kind, step.reason) for step in told.steps]
