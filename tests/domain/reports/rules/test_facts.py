"""Measures of single cases, reckoned by hand. Times are of 20 November 2026, a Friday; the company is open from 9 to 17 on weekdays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from careline.domain.calendars.rules.hours import Hours, Period, Span
from careline.domain.calendars.rules.schedule import schedule_of
from careline.domain.reports.rules.cases import Cover, Event, House
from careline.domain.reports.rules.facts import fact_of

OPEN = Hours("Europe/Berlin", tuple(Period(day, Span(9 * 60, 17 * 60)) for day in range(5)))
HOUSE = House(ZoneInfo("Europe/Berlin"), schedule_of(OPEN))
BEN, CLEO = 2, 3
FRONT, BACK = 10, 11
NINE = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
"""9 o'clock in Berlin, when the company opens."""


def at(hours: float) -> datetime:
    """So many hours after the case was opened."""
    return NINE + timedelta(hours=hours)


def writes(hours: float, **more: Any) -> Event:
    return said(hours, "message.received", subject_kind="message", actor_kind="customer", **more)


def answers(hours: float, key: int = 1, by: int = BEN, kind: str = "agent", **more: Any) -> Event:
    return said(hours, "message.queued", subject_kind="message", key=key, actor_kind=kind, actor_id=by, **more)


def said(hours: float, name: str, *, actor_kind: str = "agent", actor_id: int = BEN, **more: Any) -> Event:
    return Event(at(hours), 0, name, actor_kind, actor_id, **more)


def resolved(hours: float, **data: Any) -> Event:
    return said(hours, "conversation.resolved", data={"was": "open", **data})


def reopened(hours: float, **data: Any) -> Event:
    return said(hours, "conversation.reopened", data={"was": "resolved", **data})


def fact(*events: Event, **cover: Any) -> dict[str, Any]:
    is_resolved = cover.pop("is_resolved", False)
    stands = Cover(1, 1, "resolved" if is_resolved else "open", at(0), brand_id=1, **cover)
    return fact_of(stands, sorted(events, key=lambda event: event.at), house=HOUSE).columns


def of(found: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(found[name] for name in names)


def test_nothing_that_did_not_happen_is_zero() -> None:
    found = fact(writes(0))
    unknown = ("first_response_seconds", "response_seconds", "responses", "resolution_seconds", "is_first_contact", "is_reopened",
               "is_kept", "is_satisfied", "nps", "ces_score", "is_answered", "handle_seconds", "resolved_on", "rated_on")  # fmt: skip
    assert of(found, *unknown) == (None,) * len(unknown)
    assert of(found, "opened_on", "incoming", "replies", "transfers") == (date(2026, 11, 20), 1, 0, 0)


def test_an_answer_is_timed_from_the_first_of_several_messages() -> None:
    found = fact(writes(0), writes(1), answers(2), writes(3), answers(6, key=2))
    assert of(found, "first_response_seconds", "responses", "response_seconds") == (7200, 2, 7200 + 3 * 3600)


def test_nights_and_weekends_are_no_opening_hours() -> None:
    monday = 3 * 24 + 1  # ten o'clock on Monday
    found = fact(writes(7), answers(monday), resolved(monday + 1), is_resolved=True)
    assert of(found, "first_response_seconds", "first_response_business") == (66 * 3600, 2 * 3600)
    assert of(found, "resolution_seconds", "resolution_business") == (74 * 3600, 10 * 3600)


@pytest.mark.parametrize("kind", ["bot", "rule", "system"])
def test_only_people_answer(kind: str) -> None:
    assert of(fact(writes(0), answers(1, kind=kind)), "first_response_seconds", "replies") == (None, 0)


def test_a_forward_is_no_answer() -> None:
    assert fact(writes(0), answers(1, is_forward=True), answers(3, key=2))["first_response_seconds"] == 3 * 3600


def test_what_was_taken_back_never_was() -> None:
    found = fact(
        writes(0), answers(1), said(1.1, "message.taken_back", subject_kind="message", key=1), answers(2, key=2)
    )
    assert of(found, "first_response_seconds", "replies") == (7200, 1)


def test_an_answer_for_later_counts_when_it_left() -> None:
    assert fact(writes(0), answers(1, is_later=True))["replies"] == 0
    assert fact(writes(0), answers(1, is_later=True, left_at=at(5)))["first_response_seconds"] == 5 * 3600


def test_an_automatic_message_waits_for_nobody() -> None:
    assert of(fact(writes(0, is_automatic=True), answers(1)), "first_response_seconds", "incoming") == (None, 0)


def test_a_wait_that_ended_unanswered_is_not_counted() -> None:
    found = fact(writes(0), resolved(1), reopened(2), writes(2), answers(3))
    assert of(found, "responses", "response_seconds") == (1, 3600)


def test_one_answer_and_done_is_solved_at_first_contact() -> None:
    found = fact(writes(0), answers(1), resolved(2), is_resolved=True)
    assert of(found, "is_first_contact", "is_reopened", "resolution_seconds") == (1, 0, 7200)


def test_two_answers_are_no_first_contact() -> None:
    assert fact(writes(0), answers(1), answers(2, key=2), resolved(3), is_resolved=True)["is_first_contact"] == 0


def test_a_case_handed_on_is_no_first_contact_and_a_transfer() -> None:
    out = said(
        0.5,
        "conversation.assigned",
        data={"assignee": BEN, "assignee_before": None, "team": FRONT, "team_before": FRONT},
    )
    on = said(
        1, "conversation.assigned", data={"assignee": CLEO, "assignee_before": BEN, "team": BACK, "team_before": FRONT}
    )
    found = fact(writes(0), out, on, answers(2), resolved(3), is_resolved=True)
    assert of(found, "transfers", "is_first_contact") == (1, 0)


def test_a_case_that_came_back_is_reopened_and_takes_until_its_last_resolution() -> None:
    found = fact(writes(0), answers(1), resolved(2), reopened(30), resolved(50), is_resolved=True)
    assert of(found, "is_reopened", "reopenings", "is_first_contact", "resolution_seconds") == (1, 1, 0, 50 * 3600)
    assert of(found, "first_resolved_on", "resolved_on") == (date(2026, 11, 20), date(2026, 11, 22))


def test_a_case_that_is_open_again_has_no_resolution_time() -> None:
    found = fact(writes(0), resolved(2), reopened(30))
    assert of(found, "resolution_seconds", "resolved_on", "is_reopened") == (None, None, 1)


def test_an_undone_resolution_never_was() -> None:
    found = fact(writes(0), resolved(2), reopened(2.001, undo=True), resolved(5), is_resolved=True)
    assert of(found, "reopenings", "is_reopened", "resolution_seconds") == (0, 0, 5 * 3600)


def test_an_undone_reopening_never_was() -> None:
    found = fact(writes(0), resolved(2), reopened(3), resolved(3.001, undo=True), is_resolved=True)
    assert of(found, "reopenings", "resolution_seconds") == (0, 2 * 3600)


def test_an_answer_that_resolved_and_was_taken_back_reopened_nothing() -> None:
    back = [reopened(1.1), said(1.1, "message.taken_back", subject_kind="message", key=1)]
    assert of(fact(writes(0), answers(1), resolved(1), *back), "reopenings", "is_reopened", "replies") == (0, None, 0)


def test_our_answer_to_a_resolved_case_is_no_reopening_but_it_lives() -> None:
    waits = said(4, "conversation.waits", data={"was": "resolved"})
    found = fact(writes(0), resolved(2), waits, is_resolved=False)
    assert of(found, "reopenings", "resolved_on", "open_spans") == (0, None, [at(0), at(2), at(4)])


@pytest.mark.parametrize("why", ["spam", "merged", "side"])
def test_what_is_not_counted_stands_on_no_day(why: str) -> None:
    found = fact(writes(0), answers(1), resolved(2), is_resolved=True, **{f"is_{why}": True})
    assert of(found, "why_not", "opened_on", "resolved_on", "first_resolved_on", "span_days") == (
        why,
        None,
        None,
        None,
        [],
    )


def test_days_are_the_companys() -> None:
    late = Cover(1, 1, "open", datetime(2026, 11, 20, 23, 30, tzinfo=UTC), 1)
    assert fact_of(late, [], house=HOUSE).columns["opened_on"] == date(2026, 11, 21)


def test_the_hour_that_the_clock_goes_back_over_counts_once() -> None:
    night = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 2:30 in Berlin, for the first time
    events = [
        Event(night, 1, "message.received"),
        Event(night + timedelta(hours=1), 2, "message.queued", "agent", BEN, "message", 1),
    ]
    assert fact_of(Cover(1, 1, "open", night, 1), events, house=HOUSE).columns["first_response_seconds"] == 3600


def test_a_day_of_twenty_three_hours_loses_the_hour_that_was_never_there() -> None:
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 1:30 in Berlin; an hour later the clock shows 3:30
    events = [Event(night + timedelta(hours=1), 1, "message.queued", "agent", BEN, "message", 1),
              Event(night + timedelta(hours=23), 2, "conversation.resolved", "agent", BEN)]  # fmt: skip
    found = fact_of(
        Cover(1, 1, "resolved", night, 1), [Event(night, 0, "message.received"), *events], house=HOUSE
    ).columns
    assert of(found, "first_response_seconds", "first_response_business", "resolution_seconds") == (3600, 0, 23 * 3600)
    assert of(found, "opened_on", "resolved_on") == (date(2026, 3, 29), date(2026, 3, 30))


def test_a_promise_once_broken_stays_broken() -> None:
    broken = said(1, "sla.broken", data={"kind": "first_response"})
    met = said(2, "sla.met", data={"kind": "first_response"})
    done = said(3, "sla.met", data={"kind": "resolution"})
    assert of(fact(writes(0), broken, met, done), "is_answer_kept", "is_resolution_kept", "is_kept") == (0, 1, 0)


def test_the_last_rating_counts() -> None:
    found = fact(
        said(1, "request.rated", data={"score": 2}), said(2, "survey.changed_answer", data={"kind": "csat", "score": 4})
    )
    assert of(found, "csat_score", "is_satisfied", "rated_at") == (4, 1, at(2))


@pytest.mark.parametrize(("score", "points"), [(10, 1), (9, 1), (8, 0), (7, 0), (6, -1), (0, -1)])
def test_promoters_and_detractors(score: int, points: int) -> None:
    assert fact(said(1, "survey.answered", data={"kind": "nps", "score": score}))["nps"] == points


def test_who_was_asked_and_said_nothing_is_no_answer() -> None:
    asked = said(1, "survey.sent")
    assert fact(asked)["is_answered"] == 0
    assert fact(asked, said(2, "survey.answered", data={"kind": "csat", "score": 5}))["is_answered"] == 1
    assert fact(said(0.5, "chat.rated", data={"score": 5}), asked)["is_answered"] == 0


def test_work_of_several_people_is_added_up_by_day() -> None:
    spent = [said(1, "conversation.worked", actor_id=BEN, data={"seconds": 60}), said(2, "conversation.worked", actor_id=CLEO, data={"seconds": 30}),
             said(20, "conversation.worked", actor_id=BEN, data={"seconds": 15})]  # fmt: skip
    made = fact_of(Cover(1, 1, "open", at(0), 1), spent, house=HOUSE)
    assert made.columns["handle_seconds"] == 105
    assert made.efforts == (
        (BEN, date(2026, 11, 20), 60),
        (BEN, date(2026, 11, 21), 15),
        (CLEO, date(2026, 11, 20), 30),
    )


def test_a_case_brought_in_resolved_has_its_resolution() -> None:
    assert fact(is_resolved=True, resolved_at=at(4))["resolution_seconds"] == 4 * 3600
