"""Reports by the same filters and definitions as on the screen."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.reports.queries.behind import Number, numbers_behind
from careline.domain.reports.queries.house import house_now
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.queries.reports import Told, report_of
from careline.domain.reports.rules.asking import Asked, BadQuestion, usual
from careline.domain.reports.rules.layouts import LAYOUTS
from careline.domain.reports.rules.measures import COLUMNS, MEASURES, NONE
from careline.domain.reports.rules.sums import Sum
from careline.domain.reports.rules.values import Figure
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes import reports as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery


@route("GET", "/measures", query=PageQuery, answer=Page[shapes.Measure])
def measures(call: Call) -> Any:
    """What is measured, and how each is defined."""
    require(call.person, VERB)
    shown = [
        shapes.Measure(one.key, one.name, one.definition, one.unit, one.good)  # type: ignore[arg-type]
        for one in MEASURES.values()
    ]
    return Page(shown, None)


@route("GET", "/reports/{name}", query=shapes.ReportQuery, answer=shapes.Report)
def report(call: Call) -> Any:
    """One report, of a period and the one before, over the cases that you see.

    overview, teams, agents, channels, topics, products, customers, companies, promises, voices, brands, languages or priorities.
    """
    require(call.person, VERB)
    name = call.path["name"]
    if name not in LAYOUTS:
        raise NotFound(f"There is no report called {name}.")
    is_business = call.query.hours == "business"
    return _shown(
        report_of(call.person, name, asked_of(call), is_business=is_business, language=call.person.language or "en")
    )


@route("GET", "/report-cases", query=shapes.BehindQuery, answer=Page[shapes.CaseBehind])
def cases_behind(call: Call) -> Any:
    """The cases behind a number of a report, the newest first. `measure`: as /measures says, or backlog (at the end of the period)."""
    require(call.person, VERB)
    asked = call.query
    try:
        number = Number(asked.measure, None if asked.value is None else int(asked.value), asked.age or "")
    except BadQuestion as refusal:
        raise Wrong((refusal.field, str(refusal))) from None
    numbers = numbers_behind(call.person, asked_of(call), number, before=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(numbers, limit=asked.limit, key=lambda one: (one,), item=shapes.CaseBehind)


def asked_of(call: Call) -> Asked:
    """Raises Wrong."""
    given = call.query
    since, until = usual(house_now()[0].day(call.at))
    if given.until is not None and given.since is None:
        since, until = usual(given.until)
    only = {dim: str(key) for dim in COLUMNS if (key := getattr(given, dim)) is not None}
    try:
        return Asked(given.since or since, given.until or until, only)
    except BadQuestion as refusal:
        raise Wrong((refusal.field, str(refusal))) from None
    except OverflowError:
        raise Wrong(("since", "Calendars do not reach that far.")) from None


def _shown(told: Told) -> shapes.Report:
    nothing = [Sum()] * told.asked.days
    opened, resolved = (told.days.get(key, nothing) for key in ("opened", "resolved"))
    return shapes.Report(
        told.layout.key, told.asked.since, told.asked.until, told.layout.dim, [_figure(one) for one in told.figures],
        [shapes.Day(day, opened[n].n, resolved[n].n, told.backlog[n]) for n, day in enumerate(told.asked.every_day)],
        [shapes.Slice(None if row.key == NONE else row.key, row.label, [_figure(one) for one in row.figures]) for row in told.rows],
        told.is_cut,
    )  # fmt: skip


def _figure(one: Figure) -> shapes.Figure:
    return shapes.Figure(
        one.measure.key, one.value, one.now.n, one.before, one.was.n, list(one.interval) if one.interval else None, one.is_unsure
    )  # fmt: skip
