"""How many complaints came from which cause in a period, beside the one before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from careline.domain.calendars.rules.schedule import FIRST_YEAR, LAST_YEAR
from careline.domain.calendars.rules.zones import zone_of
from careline.domain.company.queries import company
from careline.domain.complaints.errors import ComplaintRefused
from careline.domain.complaints.queries.book import cause_parents, causes
from careline.domain.complaints.rules.causes import counted
from careline.domain.complaints.rules.periods import Span, before, change_in_percent, period_of
from careline.domain.desk.queries.complaints import RegisterFilter, counts_by_cause, figures_of
from careline.domain.staff.rules import Person


@dataclass(frozen=True, slots=True)
class CauseCount:
    """A cause with all below it (`keys`); without keys: no cause is known. `change` in percent, None where there was none before."""

    name: str
    depth: int
    keys: tuple[int, ...]
    now: int
    then: int

    @property
    def change(self) -> int | None:
        return change_in_percent(self.now, self.then)


@dataclass(frozen=True, slots=True)
class Trend:
    now: Span
    then: Span
    causes: list[CauseCount]
    figures_now: Any
    figures_then: Any


def trend_of(person: Person, length: str, day: date, *, at: datetime) -> Trend:
    """The month, quarter or year of a day; complaints that the person sees. Recorded by mistake counts nowhere. Raises ComplaintRefused."""
    if not FIRST_YEAR < day.year <= LAST_YEAR:
        raise ComplaintRefused("bad_day", f"A period lies between {FIRST_YEAR + 1} and {LAST_YEAR}.")
    now = period_of(length, day)
    then = before(length, now)
    asked_now, asked_then = _within(now), _within(then)
    own_now, own_then = (counts_by_cause(person, asked, at=at) for asked in (asked_now, asked_then))
    placed, parents = [one for one, _ in causes(with_old=True)], cause_parents()
    totals_now, totals_then = (
        counted(placed, parents, {key: count for key, count in own.items() if key is not None})
        for own in (own_now, own_then)
    )
    rows = [
        CauseCount(one.path[-1], one.depth, _below(one.id, parents), totals_now[one.id], totals_then[one.id])
        for one in placed
        if totals_now[one.id] or totals_then[one.id]
    ]
    if None in own_now or None in own_then:
        rows.append(CauseCount("", 0, (), own_now.get(None, 0), own_then.get(None, 0)))
    return Trend(now, then, rows, figures_of(person, asked_now, at=at), figures_of(person, asked_then, at=at))


def day_start(day: date) -> datetime:
    """When a day begins in the company's zone, in UTC."""
    found = company()
    zone = zone_of(found.time_zone) if found and found.time_zone else UTC
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _within(span: Span) -> RegisterFilter:
    return replace(RegisterFilter(), since=day_start(span.start), until=day_start(span.end))


def _below(cause: int, parents: dict[int, int | None]) -> tuple[int, ...]:
    found = [cause]
    for key in found:
        found += [one for one, parent in parents.items() if parent == key]
    return tuple(found)
