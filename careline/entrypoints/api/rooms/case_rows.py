"""One row per case: as a list, and as a file that the worker makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.http import StreamingHttpResponse

from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.views import view_of
from careline.domain.desk.rules import BadFilter, Filter, Span, filter_from
from careline.domain.reports.queries.exports import exports_of
from careline.domain.reports.rules.rows import NoSuchColumn
from careline.domain.staff.rules import require
from careline.entrypoints.api.asked import filter_of
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import PREFIX, Call, Created, route
from careline.entrypoints.api.shapes.case_rows import (
    CaseColumn,
    CaseExport,
    CaseExportQuery,
    CaseRowQuery,
    NewCaseExport,
    Row,
)
from careline.entrypoints.api.shapes.parts import Page
from careline.flows import export_rows
from careline.flows.case_columns import every_column

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
_ONE = "/case-exports/{id}"


@route("GET", "/case-columns", answer=list[CaseColumn])
def case_columns(call: Call) -> Any:
    """The columns that a case has where it is one row, your own fields among them."""
    require(call.person, export_rows.VERB)
    language = export_rows.language_of(call.person)
    return [CaseColumn(one.key, one.heading, one.kind) for one in every_column(language)]


@route("GET", "/case-rows", query=CaseRowQuery, answer=Page[Row])
def case_rows(call: Call) -> Any:
    """Cases as rows of the chosen columns, the newest first: those that you may export."""
    asked = call.query
    try:
        columns, rows = export_rows.case_rows(
            call.person, _wanted(call), [key.strip() for key in asked.columns.split(",") if key.strip()],
            after=key_alone(asked.cursor), limit=asked.limit + 1, at=call.at,
        )  # fmt: skip
    except NoSuchColumn as unknown:
        raise Wrong(("columns", str(unknown))) from None
    return page_of(rows, limit=asked.limit, key=lambda row: (row.key,), item=lambda row: _row(columns, row))


@route("GET", "/case-exports", query=CaseExportQuery, answer=Page[CaseExport])
def case_exports(call: Call) -> Any:
    """Your exports of the last day, the newest first."""
    require(call.person, export_rows.VERB)
    asked = call.query
    rows = exports_of(call.person.id, at=call.at, before=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_export)


@route("POST", "/case-exports", body=NewCaseExport, answer=CaseExport, status=201)
def new_case_export(call: Call) -> Any:
    """Has all cases of a filter written as CSV, Excel or Parquet; what is small is done at once, the rest by the worker."""
    require(call.person, export_rows.VERB)
    given = call.body
    if given.view is not None and given.filter:
        raise Wrong(("filter", "Give a view or a filter, not both."))
    try:
        wanted = export_rows.Wanted(
            _of_view(call, given.view) if given.view is not None else filter_from(given.filter),
            Span(since=given.resolved.since, until=given.resolved.until) if given.resolved else None,
        )
        key = export_rows.ask_for_export(
            call.person, wanted, format=given.format, columns=given.columns, by=call.by, at=call.at
        )
    except BadFilter as bad:
        raise Wrong((f"filter.{bad.field}", str(bad))) from None
    except NoSuchColumn as unknown:
        raise Wrong(("columns", str(unknown))) from None
    return Created(f"/case-exports/{key}", _export(export_rows.own_export(call.person, key, at=call.at)))


@route("GET", _ONE, answer=CaseExport)
def case_export(call: Call) -> Any:
    """How far it is. Only whoever asked for it finds it."""
    return _export(export_rows.own_export(call.person, call.id, at=call.at))


@route("DELETE", _ONE, status=204)
def dropped_case_export(call: Call) -> Any:
    """It is not wanted any more, made or not."""
    export_rows.drop_export(call.person, call.id, at=call.at)


@route("GET", _ONE + "/file")
def case_export_file(call: Call) -> Any:
    """The file itself."""
    found, pieces = export_rows.content_of_export(call.person, call.id, at=call.at)
    response = StreamingHttpResponse(pieces, content_type=TYPES[found.format])
    response.headers["Content-Disposition"] = f'attachment; filename="cases-{found.id}.{found.format}"'
    response.headers["Content-Length"] = str(found.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _wanted(call: Call) -> export_rows.Wanted:
    asked = call.query
    require(call.person, export_rows.VERB)
    narrowed = (
        asked.status,
        asked.assignee,
        asked.team,
        asked.tag,
        asked.topic,
        asked.customer,
        asked.q,
        asked.updated_since,
    )
    if asked.view is not None and (asked.fields or any(one is not None for one in narrowed)):
        raise Wrong(("view", "Give a view, or what narrows the list, not both."))
    wanted = _of_view(call, asked.view) if asked.view is not None else filter_of(call).as_filter()
    if asked.opened_since is not None or asked.opened_until is not None:
        wanted = replace(wanted, created=Span(since=asked.opened_since, until=asked.opened_until))
    return export_rows.Wanted(wanted, Span(since=asked.resolved_since, until=asked.resolved_until))


def _of_view(call: Call, key: str) -> Filter:
    found = view_of(call.person, key)
    if found is None:
        raise NotFound(f"You have no view {key}.")
    return found.filter


def _row(columns: tuple[str, ...], row: Any) -> Row:
    return {key: _cell(value) for key, value in zip(columns, row, strict=False)}


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _export(row: Any) -> CaseExport:
    url = f"{PREFIX}/case-exports/{row.id}/file" if row.state == "done" else None
    return CaseExport(
        str(row.id), row.format, row.state, row.total, row.written, row.size, row.words, row.columns, row.created_at, row.expires_at, url,
    )  # fmt: skip
