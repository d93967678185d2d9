"""Promised times as the company lives with them: a night, a holiday, a lunch break, a pause, and promises that change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.calendars.rules.hours import Period, Span
from careline.domain.history.actor import SYSTEM
from careline.domain.sla.commands.policies import recount
from careline.domain.sla.commands.promises import ring
from careline.domain.sla.queries.clocks import ledger_of, promises_of
from careline.domain.sla.queries.expected import expected_answer
from careline.domain.sla.rules.policies import Policy, Target
from careline.entrypoints.worker.promises import work_on_promises
from careline.flows.change import Change, change
from careline.flows.change_calendar import CalendarChange, add_calendar, change_calendar
from careline.flows.change_promise import add_promise, change_promise, order_promises
from careline.flows.merge import merge
from careline.flows.resolve import reopen
from careline.flows.set_status import set_status
from careline.flows.take_back import take_back
from careline.flows.unmerge import unmerge
from careline.kit import db
from tests.stories.desk import Desk, mail
from tests.world import NOON

FRIDAY = datetime(2026, 11, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)
OFFICE = tuple(Period(day, span) for day in range(5) for span in (Span(9 * 60, 12 * 60), Span(13 * 60, 17 * 60)))
FOUR = {"first_response": Target(4 * 3600, is_business=True), "resolution": Target(16 * 3600, is_business=True)}

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Nine to five in Berlin with an hour for lunch, closed on the public holidays of Berlin; four hours for everybody."""
    add_calendar(
        desk.ada,
        CalendarChange(name="Office", time_zone="Europe/Berlin", periods=OFFICE, country="DE", region="BE"),
        by=desk.by,
        at=FRIDAY,
    )
    add_promise(desk.ada, Policy(None, "Everybody", FOUR), by=desk.by, at=FRIDAY)
    return desk


def test_without_any_promise_of_the_companys_own_it_is_an_answer_within_24_hours(desk: Desk) -> None:
    case = _written(desk, FRIDAY + 23 * HOUR)
    assert _due(desk, case) == (FRIDAY + 47 * HOUR, "first_response")
    assert desk.case(case).first_response_due_at == FRIDAY + 47 * HOUR


@pytest.mark.parametrize(
    ("comes", "due"),
    [
        ("2026-11-19T15:00+01:00", "2026-11-20T11:00+01:00"),
        ("2026-11-19T02:00+01:00", "2026-11-19T14:00+01:00"),
        ("2026-11-20T10:30+01:00", "2026-11-20T15:30+01:00"),
        ("2026-11-20T17:50+01:00", "2026-11-23T14:00+01:00"),
        ("2026-12-24T16:30+01:00", "2026-12-28T13:30+01:00"),
    ],
    ids=["over a night", "comes at night", "over a lunch break", "on a Friday evening", "over Christmas"],
)
def test_four_business_hours_are_four_hours_of_somebody_being_there(office: Desk, comes: str, due: str) -> None:
    case = _written(office, datetime.fromisoformat(comes))
    assert _due(office, case) == (datetime.fromisoformat(due), "first_response")


def test_the_customer_is_told_what_was_promised(office: Desk) -> None:
    case = _written(office, FRIDAY + 9 * HOUR + timedelta(minutes=30))
    expected = expected_answer(office.case(case).id)
    assert expected is not None
    assert (expected.due_at, expected.seconds, expected.is_business, expected.policy, expected.calendar) == (
        FRIDAY + 14 * HOUR + timedelta(minutes=30), 4 * 3600, True, "Everybody", "Office",
    )  # fmt: skip


def test_while_we_wait_for_the_customer_the_solution_waits_and_goes_on_with_what_was_left(office: Desk) -> None:
    case = _written(office, FRIDAY + 8 * HOUR)
    office.answers(case, at=FRIDAY + 9 * HOUR, hold_seconds=0)
    assert (_state(office, case, "resolution"), _left(office, case, "resolution")) == ("paused", 15 * 3600)
    assert _due(office, case) == (None, "")
    monday = FRIDAY + timedelta(days=3, hours=8)
    office.comes(mail("dan@example.org", named="<b@example.com>", answers=("<a@example.com>",)), at=monday)
    assert _state(office, case, "resolution") == "running"
    assert office.case(case).resolution_due_at == monday + timedelta(days=2, hours=1)
    said = [(row.kind, row.name) for row in reversed(ledger_of(office.case(case).id))]
    assert said == [
        ("first_response", "started"), ("resolution", "started"), ("first_response", "met"), ("resolution", "paused"),
        ("resolution", "resumed"),
    ]  # fmt: skip


def test_an_answer_taken_back_leaves_the_clock_as_it_was(office: Desk) -> None:
    case = _written(office, FRIDAY + 8 * HOUR)
    before = _due(office, case)
    sent = office.answers(case, at=FRIDAY + 9 * HOUR)
    take_back(office.ada, case, sent.message, by=office.by, at=FRIDAY + 9 * HOUR + timedelta(seconds=6))
    assert (_due(office, case), _state(office, case, "first_response")) == (before, "running")


def test_a_case_set_to_waiting_by_hand_stands_still_and_a_snoozed_one_does_not(office: Desk) -> None:
    case = _written(office, FRIDAY + 8 * HOUR)
    change(office.ada, case, Change(snoozed_until=FRIDAY + 40 * HOUR), by=office.by, at=FRIDAY + 9 * HOUR)
    assert _state(office, case, "first_response") == "running"
    set_status(office.ada, case, "waiting", by=office.by, at=FRIDAY + 9 * HOUR)
    assert (_state(office, case, "first_response"), _left(office, case, "first_response")) == ("paused", 3 * 3600)


def test_a_late_answer_was_warned_of_and_broke_the_promise_each_at_its_moment(desk: Desk) -> None:
    case = _written(desk, FRIDAY)
    work_on_promises(FRIDAY + 30 * HOUR)
    work_on_promises(FRIDAY + 30 * HOUR)
    told = db.rows("SELECT name, at FROM history WHERE name LIKE 'sla.%%' AND subject_key = %s ORDER BY at, id", [case])
    assert [(row.name, row.at) for row in told] == [
        ("sla.started", FRIDAY), ("sla.warned", FRIDAY + 0.8 * 24 * HOUR), ("sla.broken", FRIDAY + 24 * HOUR),
    ]  # fmt: skip
    assert _due(desk, case) == (FRIDAY + 24 * HOUR, "first_response")
    desk.answers(case, at=FRIDAY + 31 * HOUR, hold_seconds=0)
    assert _state(desk, case, "first_response") == "met"


def test_urgent_cases_get_their_own_promise_the_moment_they_are_urgent(office: Desk) -> None:
    urgent = {"first_response": Target(1800)}
    key = add_promise(office.ada, Policy(None, "Urgent", urgent, {"priority": [4]}), by=office.by, at=FRIDAY)
    _order_first(office, key)
    case = _written(office, FRIDAY + 8 * HOUR)
    change(office.ada, case, Change(priority="urgent"), by=office.by, at=FRIDAY + 8 * HOUR + timedelta(minutes=5))
    assert _due(office, case) == (FRIDAY + 8.5 * HOUR, "first_response")
    assert ("recomputed", "policy") in [(row.name, row.reason) for row in ledger_of(office.case(case).id)]


def test_other_opening_hours_count_every_running_clock_anew_in_the_background(office: Desk) -> None:
    case = _written(office, FRIDAY + 8 * HOUR)
    calendar = db.value("SELECT id FROM calendars_calendar WHERE name = 'Office'")
    no_lunch = tuple(Period(day, Span(9 * 60, 17 * 60)) for day in range(5))
    change_calendar(office.ada, calendar, CalendarChange(periods=no_lunch), by=office.by, at=FRIDAY + 9 * HOUR)
    assert _due(office, case) == (FRIDAY + 13 * HOUR, "first_response")
    office.reacts(at=FRIDAY + 9 * HOUR)
    work_on_promises(FRIDAY + 9 * HOUR)
    assert _due(office, case) == (FRIDAY + 12 * HOUR, "first_response")


def test_another_promise_reaches_the_cases_that_wait_already(office: Desk) -> None:
    case = _written(office, FRIDAY + 8 * HOUR)
    key = db.value("SELECT id FROM sla_policy")
    shorter = Policy(key, "Everybody", {"first_response": Target(2 * 3600, is_business=True)})
    change_promise(office.ada, shorter, by=office.by, at=FRIDAY + 8 * HOUR)
    while recount(by=SYSTEM, at=FRIDAY + 8 * HOUR):
        pass
    assert _due(office, case) == (FRIDAY + 10 * HOUR, "first_response")
    assert _state(office, case, "resolution") == "cancelled"


def test_a_case_opened_again_goes_on_with_what_was_left_of_its_solution(office: Desk) -> None:
    case = _written(office, FRIDAY + 8 * HOUR)
    office.resolves(case, at=FRIDAY + 9 * HOUR)
    assert (_state(office, case, "resolution"), _due(office, case)) == ("met", (None, ""))
    monday = FRIDAY + timedelta(days=3, hours=8)
    reopen(office.ada, case, by=office.by, at=monday)
    assert office.case(case).resolution_due_at == monday + timedelta(days=2, hours=1)


def test_of_two_merged_cases_the_one_that_waited_longer_counts_and_both_run_again_after_the_undo(desk: Desk) -> None:
    first, second = (
        _written(desk, FRIDAY),
        _written(desk, FRIDAY + 5 * HOUR, name="<z@example.com>", sender="dan@example.org"),
    )
    done = merge(desk.ada, first, second, by=desk.by, at=FRIDAY + 6 * HOUR)
    assert (_due(desk, second)[0], _state(desk, first, "first_response")) == (FRIDAY + 24 * HOUR, "cancelled")
    unmerge(desk.ada, second, done.key, by=desk.by, at=FRIDAY + 7 * HOUR)
    assert (_due(desk, first)[0], _due(desk, second)[0]) == (FRIDAY + 24 * HOUR, FRIDAY + 29 * HOUR)


def test_what_was_rung_is_not_rung_again_and_what_another_holds_is_left_to_it(desk: Desk) -> None:
    _written(desk, FRIDAY)
    late = FRIDAY + 25 * HOUR
    assert [ring(at=late) for _ in range(4)][-1] == 0
    assert db.value("SELECT count(*) FROM sla_entry WHERE name = 'broken' AND due_at = %s", [FRIDAY + 24 * HOUR]) == 1


def _written(desk: Desk, at: datetime, *, name: str = "<a@example.com>", sender: str = "dan@example.org") -> int:
    number = desk.comes(mail(sender, named=name, subject=f"Bell {name}"), at=at).number
    assert number is not None
    return number


def _due(desk: Desk, number: int) -> tuple[datetime | None, str]:
    case = desk.case(number)
    return case.next_due_at, case.due_kind


def _promise(desk: Desk, number: int, kind: str) -> object:
    return next(one for one in promises_of(desk.case(number).id, at=NOON) if one.clock.kind == kind)


def _state(desk: Desk, number: int, kind: str) -> str:
    return str(_promise(desk, number, kind).state)  # type: ignore[attr-defined]


def _left(desk: Desk, number: int, kind: str) -> int:
    return int(_promise(desk, number, kind).left_seconds)  # type: ignore[attr-defined]


def _order_first(desk: Desk, key: int) -> None:
    others = [row.id for row in db.rows("SELECT id FROM sla_policy WHERE id <> %s ORDER BY position", [key])]
    order_promises(desk.ada, [key, *others], by=desk.by, at=NOON)
