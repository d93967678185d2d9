"""By when a complaint has to be answered, day by day."""

from datetime import UTC, datetime, timedelta

import pytest

from careline.domain.calendars.rules.hours import Hours, Period, Span
from careline.domain.calendars.rules.schedule import NeverOpens, Schedule, schedule_of
from careline.domain.complaints.rules.terms import (
    USUAL,
    BadTerms,
    Term,
    Terms,
    deadlines_of,
    end_of,
    office_hours,
    terms_from,
    warning_of,
)

WEEKDAYS = tuple(Period(day, Span(9 * 60, 17 * 60)) for day in range(5))
BERLIN = schedule_of(Hours("Europe/Berlin", WEEKDAYS, country="DE", region="BE"))
NEW_YORK = schedule_of(Hours("America/New_York", WEEKDAYS, country="US"))
CAIRO = schedule_of(Hours("Africa/Cairo", WEEKDAYS))


@pytest.mark.parametrize(
    ("received", "count", "unit", "schedule", "due"),
    [
        (
            "2026-11-20T12:00",
            3,
            "business_days",
            BERLIN,
            "2026-11-25T16:00",
        ),  # a Friday; the day of receipt does not count
        ("2026-11-21T23:30", 1, "business_days", BERLIN, "2026-11-23T16:00"),  # Sunday by the clock there
        ("2026-12-23T19:00", 3, "business_days", BERLIN, "2026-12-29T16:00"),  # Christmas and a weekend between
        ("2026-03-27T09:00", 3, "business_days", BERLIN, "2026-04-01T15:00"),  # the clock goes forward meanwhile
        ("2026-11-25T15:00", 1, "business_days", NEW_YORK, "2026-11-27T22:00"),  # Thanksgiving is closed
        ("2026-03-02T10:00", 8, "weeks", BERLIN, "2026-04-27T22:00"),  # ends with 27 April, in summer time
        ("2026-03-02T23:30", 8, "weeks", BERLIN, "2026-04-28T22:00"),  # there it was 3 March already
        ("2026-10-25T12:00", 15, "days", NEW_YORK, "2026-11-10T05:00"),  # and back to winter time
        ("2026-04-22T10:00", 1, "days", CAIRO, "2026-04-23T22:00"),  # midnight itself is jumped over
        ("2028-02-28T10:00", 1, "days", BERLIN, "2028-02-29T23:00"),
    ],
)
def test_a_term_ends_with_its_last_day(received: str, count: int, unit: str, schedule: Schedule, due: str) -> None:
    assert end_of(Term(count, unit), since=moment(received), schedule=schedule) == moment(due)


def test_the_usual_deadlines_come_with_their_warnings() -> None:
    found = deadlines_of(USUAL, received_at=moment("2026-11-20T12:00"), schedule=BERLIN)
    assert [(one.kind, one.due_at, one.warn_at) for one in found] == [
        ("acknowledgement", moment("2026-11-25T16:00"), moment("2026-11-24T16:00")),
        ("holding", moment("2026-12-18T23:00"), moment("2026-12-15T23:00")),
        ("final", moment("2027-01-15T23:00"), moment("2027-01-08T23:00")),
    ]


def test_a_warning_before_the_beginning_comes_half_way() -> None:
    since, due = moment("2026-11-20T12:00"), moment("2026-11-21T12:00")
    assert warning_of(Term(1, "days", 5), due_at=due, since=since) == since + timedelta(hours=12)
    assert warning_of(Term(1, "days"), due_at=due, since=since) is None


def test_a_calendar_that_never_opens_says_so_for_business_days_only() -> None:
    closed = schedule_of(Hours("UTC"))
    with pytest.raises(NeverOpens):
        end_of(Term(3, "business_days"), since=moment("2026-11-20T12:00"), schedule=closed)
    assert end_of(Term(3, "days"), since=moment("2026-11-20T12:00"), schedule=closed) == moment("2026-11-24T00:00")
    assert end_of(Term(1, "business_days"), since=moment("2026-11-20T12:00"), schedule=office_hours("UTC")) == moment(
        "2026-11-23T17:00"
    )


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ([], "terms"),
        ({}, "terms.final"),
        ({"final": 3}, "terms.final"),
        ({"final": {"count": 0, "unit": "days"}}, "terms.final.count"),
        ({"final": {"count": True, "unit": "days"}}, "terms.final.count"),
        ({"final": {"count": 3, "unit": "months"}}, "terms.final.unit"),
        ({"final": {"count": 3, "unit": "days", "warn": -1}}, "terms.final.warn"),
        ({"later": {"count": 3, "unit": "days"}}, "terms.later"),
    ],
)
def test_terms_that_mean_nothing_are_refused_by_field(said: object, field: str) -> None:
    with pytest.raises(BadTerms) as bad:
        terms_from(said)
    assert bad.value.field == field


def test_terms_come_back_as_they_were_kept() -> None:
    terms = Terms({"acknowledgement": Term(15, "days", 5), "final": Term(60, "days")}, Term(30, "days"))
    assert terms_from(terms.kept(), {"count": 30, "unit": "days"}) == terms


def moment(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)
