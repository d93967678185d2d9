"""Customers from a sheet: upload, what each column holds, the dry run, the import and its undo; and customers into a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.fields import definitions
from careline.domain.customers.queries.imports import import_by_id, imports_page, rows_with
from careline.domain.customers.queries.people import purposes
from careline.domain.customers.rules.columns import PLAIN
from careline.domain.staff.rules import require
from careline.entrypoints.web.customers.listing import ASKED, purpose_name, wanted_of
from careline.entrypoints.web.pages import next_page, page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows.change_customer import Wrong
from careline.flows.export_customers import export_customers, refused_rows
from careline.flows.import_customers import (
    cancel_import,
    map_import,
    preview_of,
    start_import,
    undo_import,
    upload_import,
)
from careline.kit.sheets.reading import ENCODINGS, REPLACED, Unreadable
from careline.kit.sheets.writing import csv_lines, workbook

SHOWN = 30
ROWS_SHOWN = 20
CSV = "text/csv; charset=utf-8"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNDER_WAY = ("reading", "checking", "running", "undoing")


def imports(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:import")
    return _list(visit)


def uploaded(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:import")
    file = visit.request.FILES.get("file")
    if file is None:
        return _list(visit, error=_("Choose a file first."))
    try:
        key = upload_import(visit.person, file.read(), name=file.name or "", by=visit.by, at=visit.at)
    except Wrong as wrong:
        return _list(visit, error=said(wrong))
    return HttpResponseRedirect(f"/customer-imports/{key}")


def one(visit: Visit, key: int) -> HttpResponse:
    """The sheet at its stage; asked for again and again while the worker is at it."""
    require(visit.person, "customer:import")
    found = _found(key)
    if visit.target == "import-stage":
        return part(visit, "customers/_customer_import", **_stage(found, visit))
    return _page(visit, found)


def mapped(visit: Visit, key: int) -> HttpResponse:
    """Another encoding or delimiter shows the rows anew; "check" begins the dry run."""
    found, form = _found(key), visit.form
    wanted: dict[str, Any] = {
        "encoding": form.get("encoding") or None,
        "delimiter": _delimiter(form.get("delimiter", "")),
    }
    if form.get("then") == "check":
        wanted["mapping"] = [form.get(f"column_{n}", "") for n in range(len(found.headings))]
        wanted["is_updating"] = "is_updating" in form
    try:
        map_import(visit.person, key, by=visit.by, at=visit.at, **wanted)
    except Wrong as wrong:
        return _page(visit, _found(key), error=said(wrong), chosen=wanted.get("mapping"))
    return HttpResponseRedirect(f"/customer-imports/{key}")


def moved_on(visit: Visit, key: int) -> HttpResponse:
    """`then`: start, cancel or undo."""
    acts = {"start": start_import, "cancel": cancel_import, "undo": undo_import}
    act = acts.get(visit.form.get("then", ""))
    if act is None:
        raise NotFound("There is no such step.")
    act(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponseRedirect(f"/customer-imports/{key}")


def refused(visit: Visit, key: int) -> HttpResponse:
    """The refused rows as they were, with the reason beside each, to be mended and uploaded again."""
    rows = csv_lines(refused_rows(visit.person, key))
    return _download(rows, name=f"refused-{key}.csv", kind=CSV)


def exported(visit: Visit) -> HttpResponse:
    require(visit.person, "customer:export")
    defined = definitions("customer")
    names = (*ASKED, *(f"field_{d.code}" for d in defined))
    asked = {name: visit.asked.get(name, "").strip()[:200] for name in names if visit.asked.get(name, "").strip()}
    rows = export_customers(visit.person, wanted_of(asked, defined), by=visit.by, at=visit.at)
    if visit.asked.get("format") == "xlsx":
        return _download(iter([workbook(rows, name=_("Customers"))]), name="customers.xlsx", kind=EXCEL)
    return _download(csv_lines(rows), name="customers.csv", kind=CSV)


def _download(content: Iterator[bytes], *, name: str, kind: str) -> HttpResponse:
    response = StreamingHttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]


def _list(visit: Visit, *, error: str = "") -> HttpResponse:
    found = imports_page(after=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    return page(
        visit, "customers/customer_imports", "customers", _("Import customers"), status=422 if error else 200, error=error,
        imports=[_cover(row, visit) for row in found[:SHOWN]], next_url=next_page("/customer-imports", found, SHOWN),
    )  # fmt: skip


def _page(visit: Visit, found: Any, *, error: str = "", chosen: list[str] | None = None) -> HttpResponse:
    is_open = found.state in ("uploaded", "checked") and found.started_at is None
    rows: list[list[str]] = []
    if is_open:
        try:
            rows = preview_of(found)
        except Unreadable as unreadable:
            error = error or str(unreadable)
    return page(
        visit, "customers/customer_import", "customers", found.name, status=422 if error else 200, error=error, rows=rows, is_open=is_open,
        headings=found.headings, mapping=chosen or found.mapping, targets=targets(), encodings=ENCODINGS, encoding=found.encoding,
        delimiter=found.delimiter, is_updating=found.is_updating, has_odd=any(REPLACED in cell for row in rows for cell in row),
        **_stage(found, visit),
    )  # fmt: skip


def targets() -> list[tuple[str, str]]:
    """What a column may hold, with its name."""
    names = {
        "name": _("Name"), "first_name": _("First name"), "last_name": _("Last name"), "email": _("Mail"), "phone": _("Phone"),
        "company": _("Company"), "language": _("Language"), "time_zone": _("Time zone"), "note": _("Note"), "good_to_know": _("Good to know"),
    }  # fmt: skip
    own = [(f"field:{d.code}", d.name) for d in definitions("customer")]
    consents = [(f"consent:{p}", _("Agrees to: %(what)s") % {"what": purpose_name(p)}) for p in purposes()]
    addresses = [("address:mobile", _("Mobile")), ("address:letter", _("Postal address"))]
    return [("", _("– leave it out –")), *((code, names[code]) for code in PLAIN), *addresses, *own, *consents]


def _stage(found: Any, visit: Visit) -> dict[str, Any]:
    refusals = rows_with(found.id, "refused", limit=ROWS_SHOWN)
    kept = rows_with(found.id, "kept", limit=ROWS_SHOWN)
    return {
        "sheet": _cover(found, visit),
        "refusals": [_refusal(row) for row in (*refusals, *kept)],
        "is_refused": bool(refusals),
    }  # fmt: skip


def _refusal(row: Any) -> dict[str, Any]:
    cells = ", ".join(cell for cell in row.cells if cell)
    return {"number": row.number + 1, "cells": cells[:120], "reason": row.reason}


def _cover(row: Any, visit: Visit) -> dict[str, Any]:
    names = {
        "uploaded": _("What do the columns hold?"), "reading": _("Reading …"), "checking": _("Checking …"), "checked": _("Ready to be imported"),
        "running": _("Importing …"), "done": _("Imported"), "cancelled": _("Stopped"), "failed": _("Failed"), "undoing": _("Taking it back …"),
        "undone": _("Taken back"),
    }  # fmt: skip
    said = {
        "new": _("new"),
        "changed": _("changed"),
        "same": _("unchanged"),
        "refused": _("refused"),
        "undone": _("taken back"),
        "kept": _("kept"),
    }
    counts = [(said[name], row.counts[name], name) for name in said if row.counts.get(name)]
    return {
        "id": row.id, "name": row.name, "url": f"/customer-imports/{row.id}", "state": row.state, "state_name": names[row.state], "counts": counts,
        "total": row.total, "position": min(row.position, row.total), "is_under_way": row.state in UNDER_WAY, "error": row.error,
        "agent": row.agent_name or "", "at_text": moment_words(row.created_at, at=visit.at, zone=visit.zone),
        "may_start": row.state == "checked" and bool(row.counts.get("new") or row.counts.get("changed")),
        "may_cancel": row.state in ("reading", "checking", "running"),
        "may_undo": row.state in ("done", "cancelled", "failed") and row.started_at is not None,
    }  # fmt: skip


def _delimiter(name: str) -> str | None:
    return {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}.get(name)


def _found(key: int) -> Any:
    found = import_by_id(key)
    if found is None:
        raise NotFound(f"There is no import {key}.")
    return found
