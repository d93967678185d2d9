"""By when a complaint has to be dealt with: its rule set, and the calendar it is reckoned by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.calendars.queries import NoSuchCalendar, schedule
from careline.domain.calendars.rules.schedule import NeverOpens, Schedule, TooFar
from careline.domain.company.queries import company
from careline.domain.complaints.queries.book import rules_by_id, rules_for
from careline.domain.complaints.rules.terms import (
    USUAL,
    Deadline,
    Terms,
    deadlines_of,
    office_hours,
    terms_from,
)


@dataclass(frozen=True, slots=True)
class Falls:
    """Under which version a complaint falls (None: the usual terms), and its deadlines."""

    rules: int | None
    deadlines: Sequence[Deadline]


def falls_under(*, brand: int | None, product: int | None, country: str, received_at: datetime, at: datetime) -> Falls:
    """What holds at `at`. A calendar that never opens stops nobody from complaining: then office hours count."""
    rules = rules_for(brand=brand, product=product, country=country, at=at)
    terms = terms_of(rules)
    try:
        due = deadlines_of(terms, received_at=received_at, schedule=schedule_of_rules(rules))
    except (NeverOpens, TooFar):
        due = deadlines_of(terms, received_at=received_at, schedule=_usual_hours())
    return Falls(rules.id if rules is not None else None, due)


def terms_of(rules: Any | None) -> Terms:
    """What a version says, or the usual terms."""
    return USUAL if rules is None else terms_from(rules.terms, rules.extension)


def rules_of(complaint: Any) -> Any | None:
    return rules_by_id(complaint.rules_id) if complaint.rules_id is not None else None


def schedule_of_rules(rules: Any | None) -> Schedule:
    """The calendar of a version, else the default one, else weekdays in the company's zone."""
    try:
        return schedule(rules.calendar_id if rules is not None else None)
    except NoSuchCalendar:
        return _usual_hours()


def _usual_hours() -> Schedule:
    found = company()
    return office_hours(found.time_zone if found and found.time_zone else "UTC")
