"""A whole report: its figures over a period and the one before, by day, and a row for each value of what it is split by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from careline.domain.reports.queries.figures import Days, Sums, backlog_of, totals, two_periods
from careline.domain.reports.queries.labels import labels_of
from careline.domain.reports.queries.reach import reach_told
from careline.domain.reports.queries.remembered import remembered
from careline.domain.reports.rules.asking import Asked
from careline.domain.reports.rules.layouts import LAYOUTS, Layout
from careline.domain.reports.rules.measures import MEASURES
from careline.domain.reports.rules.sums import Sum
from careline.domain.reports.rules.values import Figure
from careline.domain.staff.rules import Person

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """`label` is empty where the key has no name of its own."""

    key: str
    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """`days`: what each day adds, by measure; `backlog`: cases open or waiting at the end of each day, of both periods."""

    layout: Layout
    asked: Asked
    before: Asked
    figures: tuple[Figure, ...]
    days: dict[str, list[Sum]]
    days_before: dict[str, list[Sum]]
    backlog: list[int]
    backlog_before: list[int]
    rows: tuple[Row, ...]
    is_cut: bool


def report_of(person: Person, name: str, asked: Asked, *, is_business: bool = False, language: str = "en") -> Told:
    """`name` is one of LAYOUTS. `is_business`: times are seconds of opening hours."""
    key = (reach_told(person), name, asked.since, asked.until, tuple(sorted(asked.only.items())), is_business, language)
    return remembered(key, lambda: _counted(person, name, asked, is_business, language))


def _counted(person: Person, name: str, asked: Asked, is_business: bool, language: str) -> Told:
    layout, before = LAYOUTS[name], asked.before()
    found, now, was = two_periods(person, asked, layout.main, layout.measures, dim=layout.dim)
    stand = backlog_of(person, asked.with_before())
    rows = _rows(layout, now, was, is_business, language)
    whole, whole_before = totals(found, since=asked.since), totals(found, until=before.until)
    days, days_before = asked.every_day, before.every_day
    return Told(
        layout, asked, before,
        tuple(_figure(key, "", whole, whole_before, is_business) for key in layout.main),
        {key: _by_day(found, key, days) for key in layout.main},
        {key: _by_day(found, key, days_before) for key in layout.main},
        [stand.get((day, ""), 0) for day in days], [stand.get((day, ""), 0) for day in days_before],
        tuple(rows[:MOST_ROWS]), len(rows) > MOST_ROWS,
    )  # fmt: skip


def _rows(layout: Layout, now: Sums, was: Sums, is_business: bool, language: str) -> list[Row]:
    """The one with the most cases first; of equals the one with the lower key."""
    keys = {key for key, _ in (*now, *was)}
    busiest = sorted(keys, key=lambda key: (-_cases(now, layout, key), -_cases(was, layout, key), len(key), key))[
        : MOST_ROWS + 1
    ]
    labels = labels_of(layout.dim, busiest, language=language)
    return [
        Row(key, labels.get(key, ""), tuple(_figure(measure, key, now, was, is_business) for measure in layout.measures))
        for key in busiest
    ]  # fmt: skip


def _cases(sums: Sums, layout: Layout, key: str) -> int:
    return sums.get((key, layout.measures[0]), Sum()).n


def _figure(measure: str, key: str, now: Sums, was: Sums, is_business: bool) -> Figure:
    return Figure(
        MEASURES[measure], now.get((key, measure), Sum()), was.get((key, measure), Sum()), is_business=is_business
    )


def _by_day(found: Days, measure: str, days: list[date]) -> list[Sum]:
    return [found.get((day, "", measure), Sum()) for day in days]
