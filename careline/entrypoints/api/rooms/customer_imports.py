"""Customers from a sheet and into one: upload, mapping, dry run, import, undo; export."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from msgspec import UNSET

from careline.domain.conversations.errors import NotFound
from careline.domain.customers.queries.imports import import_by_id, imports_page, rows_with
from careline.domain.staff.rules import require
from careline.entrypoints.api.customer_words import told
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.rooms.customers import wanted_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.customer_imports import (
    CustomerExportQuery,
    CustomerImport,
    CustomerImportChange,
    ImportRow,
    ImportRowQuery,
    ImportStep,
    ImportUploadQuery,
)
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows.export_customers import export_customers
from careline.flows.import_customers import cancel_import, map_import, start_import, undo_import, upload_import
from careline.kit.sheets.writing import csv_lines, workbook

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@route("GET", "/customer-imports", query=PageQuery, answer=Page[CustomerImport])
def customer_imports(call: Call) -> Any:
    """Imports, the newest first."""
    require(call.person, "customer:import")
    asked = call.query
    rows = imports_page(after=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_shown)


@route("POST", "/customer-imports", query=ImportUploadQuery, answer=CustomerImport, status=201, is_raw=True)
def new_customer_import(call: Call) -> Any:
    """Uploads a CSV or Excel sheet; nothing is changed by that. The first row names the columns.

    Either `multipart/form-data` with the file in the field `file`, or the bytes themselves and `?name=`.
    """
    require(call.person, "customer:import")
    content, name = call.request.body, call.query.name
    if (call.request.content_type or "").lower() == "multipart/form-data":
        file = call.request.FILES.get("file")
        if file is None:
            raise Wrong(("file", "There is no file in it."))
        content, name = file.read(), file.name or name
    with told("file"):
        key = upload_import(call.person, content, name=name, by=call.by, at=call.at)
    return Created(f"/customer-imports/{key}", _one(key))


@route("GET", "/customer-imports/{id}", answer=CustomerImport)
def customer_import(call: Call) -> Any:
    """One import, with how far it is."""
    require(call.person, "customer:import")
    return _one(call.id)


@route("PATCH", "/customer-imports/{id}", body=CustomerImportChange, answer=CustomerImport)
def changed_customer_import(call: Call) -> Any:
    """Says how the sheet is read; with a mapping the dry run begins."""
    given = call.body
    wanted = {
        name: getattr(given, name) for name in ("mapping", "encoding", "delimiter") if getattr(given, name) is not UNSET
    }
    with told():
        map_import(call.person, call.id, is_updating=given.is_updating, by=call.by, at=call.at, **wanted)
    return _one(call.id)


@route("POST", "/customer-imports/{id}/steps", body=ImportStep, answer=CustomerImport, status=201)
def customer_import_step(call: Call) -> Any:
    """Starts, stops or takes back; the worker does it, look again for how far it is."""
    act = {"start": start_import, "cancel": cancel_import, "undo": undo_import}[call.body.step]
    act(call.person, call.id, by=call.by, at=call.at)
    return Created(f"/customer-imports/{call.id}", _one(call.id))


@route("GET", "/customer-imports/{id}/rows", query=ImportRowQuery, answer=Page[ImportRow])
def customer_import_rows(call: Call) -> Any:
    """What became of the rows, and why."""
    require(call.person, "customer:import")
    _one(call.id)
    asked = call.query
    rows = rows_with(call.id, asked.outcome, after=key_alone(asked.cursor) or 0, limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.number,), item=_row)


@route("GET", "/customer-exports", query=CustomerExportQuery)
def customer_export(call: Call) -> Any:
    """Customers you may export as CSV or Excel; `limit`, `sort` and `cursor` do not matter here. Formulas are made harmless."""
    rows = export_customers(call.person, wanted_of(call.query), by=call.by, at=call.at)
    if call.query.format == "xlsx":
        return HttpResponse(workbook(rows), content_type=_EXCEL)
    return HttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")


def _one(key: int) -> CustomerImport:
    row = import_by_id(key)
    if row is None:
        raise NotFound(f"There is no import {key}.")
    return _shown(row)


def _shown(row: Any) -> CustomerImport:
    return CustomerImport(
        str(row.id), row.name, row.format, row.encoding, row.delimiter, row.headings, row.mapping, row.is_updating, row.state, row.total,
        row.position, row.counts, row.error, row.created_at, row.finished_at,
    )  # fmt: skip


def _row(row: Any) -> ImportRow:
    return ImportRow(row.number, row.cells, row.outcome, row.reason, str(row.customer_id) if row.customer_id else None)
