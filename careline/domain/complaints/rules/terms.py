"""By when: a rule set's terms, and the moments they come to.

The day on which a complaint is received does not count. A term in business days ends when the last of them closes; one in
calendar days or weeks ends with its last day, at midnight, in the zone of the calendar. So `3 business_days` from a Friday
afternoon end on Wednesday at closing time, and `8 weeks` from 2 March end with 27 April.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from careline.domain.calendars.rules.hours import Hours, Period, Span
from careline.domain.calendars.rules.schedule import (
    LAST_YEAR,
    YEARS_LOOKED_AHEAD,
    NeverOpens,
    Schedule,
    TooFar,
    schedule_of,
)
from careline.domain.calendars.rules.zones import EPOCH, first_shown

ACKNOWLEDGEMENT, HOLDING, FINAL = "acknowledgement", "holding", "final"
KINDS = (ACKNOWLEDGEMENT, HOLDING, FINAL)
BUSINESS_DAYS, DAYS, WEEKS = "business_days", "days", "weeks"
UNITS = (BUSINESS_DAYS, DAYS, WEEKS)
MOST = 400
_ONE_DAY = timedelta(days=1)


class BadTerms(ValueError):
    """Terms that mean nothing; `field` says where, the text is one sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Term:
    """So many business days, days or weeks; `warn`: so many calendar days before its end somebody is warned, 0 for nobody."""

    count: int
    unit: str
    warn: int = 0

    def kept(self) -> dict[str, Any]:
        return {"count": self.count, "unit": self.unit, "warn": self.warn}


@dataclass(frozen=True, slots=True)
class Terms:
    """`extension`: the most by which the last deadline may be put off; None where it may not be."""

    deadlines: Mapping[str, Term]
    extension: Term | None = None

    def kept(self) -> dict[str, Any]:
        return {kind: term.kept() for kind, term in self.deadlines.items()}


@dataclass(frozen=True, slots=True)
class Deadline:
    kind: str
    due_at: datetime
    warn_at: datetime | None


USUAL = Terms(
    {ACKNOWLEDGEMENT: Term(3, BUSINESS_DAYS, 1), HOLDING: Term(4, WEEKS, 3), FINAL: Term(8, WEEKS, 7)},
)
"""What holds where the company has said nothing else."""


def office_hours(time_zone: str) -> Schedule:
    """Monday to Friday, nine to five: what is reckoned with before there is a calendar."""
    return schedule_of(Hours(time_zone, tuple(Period(day, Span(9 * 60, 17 * 60)) for day in range(5))))


def deadlines_of(terms: Terms, *, received_at: datetime, schedule: Schedule) -> list[Deadline]:
    """In the order in which they come up. Raises NeverOpens, TooFar."""
    found = []
    for kind in KINDS:
        if (term := terms.deadlines.get(kind)) is not None:
            due = end_of(term, since=received_at, schedule=schedule)
            found.append(Deadline(kind, due, warning_of(term, due_at=due, since=received_at)))
    return found


def end_of(term: Term, *, since: datetime, schedule: Schedule) -> datetime:
    """When a term ends that begins with the day after `since`, in UTC. Raises NeverOpens, TooFar."""
    day = since.astimezone(schedule.zone).date()
    if term.unit == BUSINESS_DAYS:
        return _closing(schedule, day, term.count)
    return end_of_day(day + term.count * (_ONE_DAY * 7 if term.unit == WEEKS else _ONE_DAY), schedule=schedule)


def end_of_day(day: date, *, schedule: Schedule) -> datetime:
    """The midnight that ends a day there; where the clock jumps over it, the moment of the jump."""
    after = day + _ONE_DAY
    midnight = datetime(after.year, after.month, after.day)  # noqa: DTZ001  a wall time has no zone
    return EPOCH + timedelta(seconds=first_shown(schedule.zone, midnight))


def warning_of(term: Term, *, due_at: datetime, since: datetime) -> datetime | None:
    """So many days before; half-way where that would lie before the beginning; None where nobody is warned."""
    if not term.warn:
        return None
    wanted = due_at - term.warn * _ONE_DAY
    return wanted if wanted > since else since + (due_at - since) / 2


def terms_from(said: Any, extension: Any = None) -> Terms:
    """Raises BadTerms."""
    if not isinstance(said, Mapping):
        raise BadTerms("terms", "Say a deadline for each step.")
    if unknown := [name for name in said if name not in KINDS]:
        raise BadTerms(f"terms.{unknown[0]}", f"A deadline is for {', '.join(KINDS)}.")
    found = {kind: _term(said[kind], f"terms.{kind}") for kind in KINDS if said.get(kind)}
    if FINAL not in found:
        raise BadTerms("terms.final", "A complaint needs a deadline for its final answer.")
    return Terms(found, _term(extension, "extension") if extension else None)


def _term(said: Any, field: str) -> Term:
    if not isinstance(said, Mapping):
        raise BadTerms(field, "Say how many, and of what: as in 3 business_days.")
    count, unit, warn = said.get("count"), said.get("unit"), said.get("warn", 0)
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MOST:
        raise BadTerms(f"{field}.count", f"A term has from 1 to {MOST} days or weeks.")
    if unit not in UNITS:
        raise BadTerms(f"{field}.unit", f"A term is counted in {', '.join(UNITS)}.")
    if not isinstance(warn, int) or isinstance(warn, bool) or not 0 <= warn <= MOST:
        raise BadTerms(f"{field}.warn", f"A warning comes from 0 to {MOST} days before.")
    return Term(count, str(unit), warn)


def _closing(schedule: Schedule, received: date, count: int) -> datetime:
    """When the `count`th business day after a date closes."""
    left, idle = count, 0
    for year in range(received.year, LAST_YEAR + 1):
        open_days = [day for _, day in schedule.days(year) if day > received]
        if left <= len(open_days):
            return EPOCH + timedelta(seconds=schedule.intervals(open_days[left - 1])[-1][1])
        left, idle = left - len(open_days), 0 if open_days else idle + 1
        if idle > YEARS_LOOKED_AHEAD:
            raise NeverOpens(received.year)
    raise TooFar
