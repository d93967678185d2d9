"""Complaints of a period: how many, how they went, what they were about; each number opens its rows in the register."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.desk.queries.complaints import READ, RegisterFilter, figures_by, figures_of
from careline.domain.reports.queries.ratios import moments_of
from careline.domain.reports.queries.reach import VERB
from careline.domain.reports.rules.asking import Asked
from careline.domain.reports.rules.grievances import GRIEVANCES, OfComplaints, figure_of
from careline.domain.staff.rules import require
from careline.entrypoints.web.complaints.words import SEVERITIES
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.reports.asking import Question, filters_shown, question_of
from careline.entrypoints.web.reports.shown import figure
from careline.entrypoints.web.reports.tabs import tabs
from careline.entrypoints.web.visit import Visit

SPLITS = ("category", "cause", "product", "severity")


def complaints(visit: Visit) -> HttpResponse:
    require(visit.person, VERB)
    require(visit.person, READ)
    question = question_of(visit)
    now, was = (_within(asked) for asked in (question.asked, question.asked.before()))
    counts, before = (figures_of(visit.person, asked, at=visit.at) for asked in (now, was))
    names = {"category": _("Category"), "cause": _("Root cause"), "product": _("Product"), "severity": _("Severity")}
    return page(
        visit, "reports/complaints", "reports", _("Complaints"), name=_("Complaints"), tabs=tabs(visit, question, "complaints"),
        form=filters_shown(question, visit, path="/reports/complaints", is_narrowed=False),
        tiles=[_figure(one, counts, before, question) for one in GRIEVANCES],
        splits=[{"noun": names[split], "rows": _rows(visit, question, split, now, was)} for split in SPLITS],
        columns=[{"name": _(one.measure.name), "definition": _(one.measure.definition)} for one in GRIEVANCES],
    )  # fmt: skip


def _within(asked: Asked) -> RegisterFilter:
    since, until = moments_of(asked)
    return RegisterFilter(since=since, until=until)


def _rows(
    visit: Visit, question: Question, split: str, now: RegisterFilter, was: RegisterFilter
) -> list[dict[str, Any]]:
    before = {row.key: row for row in figures_by(visit.person, was, split, at=visit.at)}
    found = figures_by(visit.person, now, split, at=visit.at)
    most = max((row.count for row in found), default=0)
    return [
        {"name": _named(split, row), "part": round(100 * row.count / most),
         "cells": [_figure(one, row, before.get(row.key), question, **{split: "none" if row.key is None else str(row.key)}) for one in GRIEVANCES]}
        for row in found
    ]  # fmt: skip


def _named(split: str, row: Any) -> str:
    if row.key is None:
        return _("None")
    return _(SEVERITIES[row.key]) if split == "severity" else row.name


def _figure(one: OfComplaints, now: Any, was: Any, question: Question, **narrowed: str) -> dict[str, Any]:
    """The figure as any other, but its rows stand in the register."""
    told = figure(figure_of(one, now, was), question)
    of = _("of %(num)s") % {"num": told["n"]} if one.whole else ""
    return told | {"url": _url(one.part, question, narrowed) if told["url"] else "", "rest_url": "", "of": of}


def _url(part: str, question: Question, narrowed: dict[str, str]) -> str:
    asked = question.asked
    days = {"since": asked.since.isoformat(), "until": (asked.until + timedelta(days=1)).isoformat()}
    return f"/complaints?{urlencode(days | narrowed | ({} if part == 'count' else {'figure': part}))}"
