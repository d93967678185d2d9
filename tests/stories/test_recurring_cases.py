"""Recurring cases: on their day at their hour, once, whatever the clocks, the holidays and a dead worker do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from careline.automation.rules.recurring import open_due
from careline.domain.calendars.rules.hours import Period, Span
from careline.domain.conversations.queries.messages import messages_of
from careline.domain.triggers.queries.schedules import openings_of, schedule_by_id
from careline.domain.triggers.rules.conditions import BadRule
from careline.domain.triggers.rules.recurrence import Recurrence, checked, due_after, newest_due
from careline.flows.change_calendar import CalendarChange, add_calendar
from careline.flows.change_schedule import ScheduleForm, add_schedule
from careline.kit import db
from tests.stories.desk import LATER, Desk


def moment(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def recurrence(rule: str, **more: Any) -> Recurrence:
    return checked(Recurrence(rule, date(2026, 1, 1), time(9), "Europe/Berlin", **more))


def days_after(one: Recurrence, begin: str, n: int, *, closed: tuple[str, ...] = ()) -> list[str]:
    found, at = [], moment(begin)
    for _ in range(n):
        due = due_after(one, at, lambda day: day.isoformat() not in closed)
        if due is None:
            break
        at = due[1]
        found.append(at.isoformat()[:16])
    return found


def test_the_second_monday_at_nine_in_berlin_follows_the_clock_on_the_wall() -> None:
    monday = recurrence("FREQ=MONTHLY;BYDAY=2MO")
    assert days_after(monday, "2026-09-20", 3) == ["2026-10-12T07:00", "2026-11-09T08:00", "2026-12-14T08:00"]


def test_an_hour_that_the_clocks_skip_comes_when_they_go_on() -> None:
    night = checked(Recurrence("FREQ=DAILY", date(2026, 3, 28), time(2, 30), "Europe/Berlin"))
    assert days_after(night, "2026-03-28T12:00", 2) == ["2026-03-29T01:00", "2026-03-30T00:30"]


def test_a_closed_day_is_kept_left_out_or_moved() -> None:
    closed = ("2026-12-14", "2026-12-15")
    rule = "FREQ=MONTHLY;BYDAY=2MO"
    found = {
        how: days_after(recurrence(rule, on_holiday=how), "2026-11-20", 1, closed=closed)
        for how in ("keep", "skip", "shift")
    }
    assert found == {"keep": ["2026-12-14T08:00"], "skip": ["2027-01-11T08:00"], "shift": ["2026-12-16T08:00"]}


def test_it_ends_by_its_date_or_by_its_count() -> None:
    assert days_after(recurrence("FREQ=DAILY", until=date(2026, 1, 3)), "2026-01-01T12:00", 9) == [
        "2026-01-02T08:00",
        "2026-01-03T08:00",
    ]
    assert len(days_after(recurrence("FREQ=WEEKLY;COUNT=3"), "2025-12-31", 9)) == 3


def test_of_what_was_missed_only_the_newest_is_due() -> None:
    day, _, missed = newest_due(
        recurrence("FREQ=DAILY"),
        first=moment("2026-02-01T08:00"),
        moment=moment("2026-02-05T10:00"),
        is_open=lambda day: True,
    )
    assert (day, missed) == (date(2026, 2, 5), 4)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=3",
        "nonsense",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=DAILY\nDTSTART:20200101",
    ],
)
def test_a_rule_that_can_not_be_read_is_refused_in_a_sentence(rule: str) -> None:
    with pytest.raises(BadRule):
        recurrence(rule)


def weekly(desk: Desk, **template: Any) -> int:
    form = ScheduleForm(
        "Stock",
        "FREQ=WEEKLY;BYDAY=MO",
        date(2026, 11, 23),
        time(9),
        "Europe/Berlin",
        template={
            "subject": "Count the stock",
            "text": "All of it.",
            "tags": ["stock"],
            "priority": "high",
            **template,
        },
    )
    return add_schedule(desk.ada, form, by=desk.by, at=LATER)


def test_each_monday_opens_one_case_with_all_that_was_asked_for(desk: Desk) -> None:
    key = weekly(desk, team=desk.world.back.pk, assignee=desk.ben.id)
    monday = moment("2026-11-23T08:00")
    assert schedule_by_id(key).next_due_at == monday
    assert open_due(at=monday - timedelta(seconds=1)) is False
    assert (open_due(at=monday), open_due(at=monday)) == (True, False)
    (one,) = openings_of(key)
    case = desk.case(one.number)
    assert (case.subject, case.team_id, case.assignee_id, case.priority, case.customer_id) == (
        "Count the stock",
        desk.world.back.pk,
        desk.ben.id,
        3,
        None,
    )
    assert [(m.kind, m.text) for m in messages_of(case.id, limit=10)] == [("note", "All of it.")]
    assert schedule_by_id(key).next_due_at == moment("2026-11-30T08:00")


def test_a_worker_that_died_in_the_middle_opens_no_second_case(desk: Desk) -> None:
    key = weekly(desk)
    monday = moment("2026-11-23T08:00")
    open_due(at=monday)
    db.execute("UPDATE triggers_schedule SET next_due_at = %s, next_on = '2026-11-23' WHERE id = %s", [monday, key])
    assert open_due(at=monday) is True
    assert len(openings_of(key)) == 1
    assert db.value("SELECT count(*) FROM conversations_conversation WHERE subject = 'Count the stock'") == 1


def test_after_three_weeks_of_silence_one_case_is_opened_and_says_what_was_missed(desk: Desk) -> None:
    key = weekly(desk)
    open_due(at=moment("2026-12-09T10:00"))
    assert [(one.on, one.missed) for one in openings_of(key)] == [(date(2026, 12, 7), 2)]


def test_a_holiday_of_the_calendar_moves_it(desk: Desk) -> None:
    open_all_week = tuple(Period(day, Span(540, 1020)) for day in range(7))
    wanted = CalendarChange(name="Berlin", time_zone="Europe/Berlin", periods=open_all_week, country="DE")
    calendar = add_calendar(desk.ada, wanted, by=desk.by, at=LATER)
    form = ScheduleForm(
        "Christmas",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25",
        date(2026, 11, 1),
        time(9),
        "Europe/Berlin",
        calendar=calendar,
        on_holiday="shift",
        template={"subject": "Look after the shop"},
    )
    key = add_schedule(desk.ada, form, by=desk.by, at=LATER)
    assert schedule_by_id(key).next_due_at == moment("2026-12-27T08:00")


def test_somebody_who_is_gone_is_no_reason_to_lose_the_day(desk: Desk) -> None:
    key = weekly(desk, assignee=desk.ben.id)
    db.execute("UPDATE staff_agent SET is_active = false WHERE id = %s", [desk.ben.id])
    open_due(at=moment("2026-11-23T08:00"))
    (one,) = openings_of(key)
    assert (one.number, one.refusal) == (
        None,
        "This person can't be given cases: they are away for good, or may not reply.",
    )
