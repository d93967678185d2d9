"""Cases as a table of chosen columns, a page at a time; from here they leave as a file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from careline.domain.reports.rules.rows import FORMATS, NoSuchColumn
from careline.entrypoints.web.exports.asking import columns_of, form_of, wanted_of
from careline.entrypoints.web.exports.tabs import tabs
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.flows.case_columns import columns_named
from careline.flows.export_rows import case_rows, count_of_rows

SHOWN = 50


def rows(visit: Visit, *, error: str = "") -> HttpResponse:
    given, columns = visit.asked, columns_of(visit.asked)
    wanted, after = wanted_of(given, visit), whole_number(given.get("after"))
    try:
        keys, found = case_rows(visit.person, wanted, columns, after=after, limit=SHOWN + 1, at=visit.at)
    except NoSuchColumn as unknown:
        error, columns = str(unknown), []
        keys, found = case_rows(visit.person, wanted, after=after, limit=SHOWN + 1, at=visit.at)
    form = form_of(given, visit, list(keys))
    named = columns_named(keys, visit.language)
    total = count_of_rows(visit.person, wanted, at=visit.at)
    return page(
        visit, "exports/rows", "reports", _("Cases as rows"), tabs=tabs(visit, "/case-rows"), form=form, error=error, formats=FORMATS,
        status=422 if error else 200, total=number_format(total, force_grouping=True), count=total,
        headings=[{"name": one.heading, "is_number": one.kind == "integer"} for one in named],
        rows=[_row(keys, named, row, visit) for row in found[:SHOWN]], next_url=_next(form["query"], found),
    )  # fmt: skip


def _row(keys: tuple[str, ...], named: list[Any], row: Any, visit: Visit) -> dict[str, Any]:
    cells = [
        {"text": _words(value, one.kind, visit), "is_number": one.kind == "integer", "is_case": key == "number"}
        for key, one, value in zip(keys, named, row, strict=False)
    ]
    return {"url": f"/conversations/{row.key}", "cells": cells}


def _words(value: Any, kind: str, visit: Visit) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(visit.zone):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return (_("yes") if value else _("no")) if kind == "boolean" else str(value)


def _next(query: str, found: list[Any]) -> str:
    return f"/case-rows?{query}&{urlencode({'after': found[SHOWN - 1].key})}" if len(found) > SHOWN else ""
