"""One report: large figures, charts by day, a table by what it is split by."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.reports.queries.behind import BACKLOG, ages_of
from careline.domain.reports.queries.counting import counting_now
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.queries.reports import Row, Told, report_of
from careline.domain.reports.rules.layouts import LAYOUTS, NOUNS
from careline.domain.reports.rules.measures import MEASURES
from careline.domain.reports.rules.sums import Sum
from careline.domain.reports.rules.values import Figure
from careline.domain.staff.rules import require
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.reports.asking import Question, filters_shown, name_of, question_of
from careline.entrypoints.web.reports.beside import beside
from careline.entrypoints.web.reports.charts import Slot, chart, slots_of
from careline.entrypoints.web.reports.shown import figure
from careline.entrypoints.web.reports.tabs import tabs
from careline.entrypoints.web.visit import Visit

DRAWN = ("opened", "resolved")
FIRST = 6
"""Figures that stand above the charts; the others stand below."""


def overview(visit: Visit) -> HttpResponse:
    return report(visit, "overview")


def report(visit: Visit, name: str) -> HttpResponse:
    require(visit.person, VERB)
    if name not in LAYOUTS:
        raise NotFound(f"There is no report called {name}.")
    question = question_of(visit)
    told = report_of(visit.person, name, question.asked, is_business=question.is_business, language=visit.language)
    path = "/reports" if name == "overview" else f"/reports/{name}"
    return page(
        visit, "reports/report", "reports", _(told.layout.name), name=_(told.layout.name), tabs=tabs(visit, question, name),
        form=filters_shown(question, visit, path=path), tiles=[figure(one, question) for one in told.figures],
        charts=_charts(told, question), noun=_(NOUNS[told.layout.dim]), first=FIRST, columns=[figure(one, question) for one in _columns(told)],
        rows=[_row(row, told, question, visit, path) for row in told.rows], is_cut=told.is_cut, counting=counting_now(),
        ages=_ages(visit, question) if name == "overview" else [], beside=beside(visit, question) if name == "overview" else [],
    )  # fmt: skip


def _columns(told: Told) -> list[Any]:
    """The measures of the table, for its head; a row of nothing where there are no rows."""
    return [Figure(MEASURES[key], Sum(), Sum()) for key in told.layout.measures]


def _row(row: Row, told: Told, question: Question, visit: Visit, path: str) -> dict[str, Any]:
    dim = told.layout.dim
    return {
        "name": name_of(dim, row.key, visit, row.label), "url": f"{path}?{question.query(**{dim: row.key})}",
        "cells": [figure(one, question, **{dim: row.key}) for one in row.figures],
        "part": _part(row, told),
    }  # fmt: skip


def _part(row: Row, told: Told) -> int:
    """How long the bar beside its name is, in percent of the longest."""
    most = max((one.figures[0].now.n for one in told.rows), default=0)
    return round(100 * row.figures[0].now.n / most) if most else 0


def _charts(told: Told, question: Question) -> list[dict[str, Any]]:
    drawn = [_chart(told, question, key) for key in DRAWN if key in told.layout.main]
    if told.layout.key in ("overview", "teams", "topics", "channels"):
        slots = slots_of(told.asked.every_day, told.backlog, told.backlog_before, is_level=True)
        drawn.append(
            {
                "name": _("Open at the end of the day"),
                "key": BACKLOG,
                **chart(slots, [_url(question, BACKLOG, slot) for slot in slots]),
            }
        )
    return drawn


def _chart(told: Told, question: Question, key: str) -> dict[str, Any]:
    figures = {one.measure.key: one.measure for one in told.figures}
    now = [part.n for part in told.days[key]]
    slots = slots_of(told.asked.every_day, now, [part.n for part in told.days_before[key]])
    return {"name": _(figures[key].name), "key": key, **chart(slots, [_url(question, key, slot) for slot in slots])}


def _url(question: Question, key: str, slot: Slot) -> str:
    since = slot.until if key == BACKLOG else slot.since
    return f"/reports/cases?{question.query(measure=key, since=since.isoformat(), until=slot.until.isoformat())}"


def _ages(visit: Visit, question: Question) -> list[dict[str, Any]]:
    """How old what is open is, at the end of the period."""
    names = {
        "1": _("Up to a day"),
        "3": _("2 to 3 days"),
        "7": _("4 to 7 days"),
        "30": _("8 to 30 days"),
        "more": _("Longer"),
    }
    found = ages_of(visit.person, question.asked)
    most = max([1, *found.values()])
    return [
        {"name": names[key], "count": count, "part": round(100 * count / most),
         "url": f"/reports/cases?{question.query(measure=BACKLOG, age=key)}"}
        for key, count in found.items()
    ]  # fmt: skip
