"""Exports: asked for, how far they are, fetched."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.reports.queries.exports import exports_of
from careline.domain.reports.rules.rows import NoSuchColumn
from careline.domain.staff.rules import require
from careline.entrypoints.web.exports import rows
from careline.entrypoints.web.exports.asking import columns_of, wanted_of
from careline.entrypoints.web.exports.tabs import tabs
from careline.entrypoints.web.pages import next_page, page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text, size_text
from careline.flows import export_rows

SHOWN = 30
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
NAMES = {"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet"}


def exports(visit: Visit) -> HttpResponse:
    require(visit.person, export_rows.VERB)
    found = exports_of(visit.person.id, at=visit.at, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    return page(
        visit, "exports/exports", "reports", _("Exports"), tabs=tabs(visit, "/exports"), exports=[_shown(row, visit) for row in found[:SHOWN]],
        next_url=next_page("/exports", found, SHOWN),
    )  # fmt: skip


def asked(visit: Visit) -> HttpResponse:
    form = visit.form
    try:
        export_rows.ask_for_export(
            visit.person,
            wanted_of(form, visit),
            format=form.get("format", "csv"),
            columns=columns_of(form),
            by=visit.by,
            at=visit.at,
        )
    except (Refused, NoSuchColumn) as refusal:
        return rows.rows(visit, error=str(refusal))
    return HttpResponseRedirect("/exports")


def progress(visit: Visit, key: int) -> HttpResponse:
    found = export_rows.own_export(visit.person, key, at=visit.at)
    return part(visit, "exports/_export", e=_shown(found, visit))


def dropped(visit: Visit, key: int) -> HttpResponse:
    export_rows.drop_export(visit.person, key, at=visit.at)
    return HttpResponse("")


def file(visit: Visit, key: int) -> HttpResponse:
    found, pieces = export_rows.content_of_export(visit.person, key, at=visit.at)
    response = StreamingHttpResponse(pieces, content_type=TYPES[found.format])
    response.headers["Content-Disposition"] = f'attachment; filename="cases-{found.id}.{found.format}"'
    response.headers["Content-Length"] = str(found.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]


def _shown(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "id": row.id, "url": f"/exports/{row.id}", "name": NAMES[row.format], "state": row.state, "words": row.words,
        "total": number_format(row.total, force_grouping=True), "written": number_format(row.written, force_grouping=True),
        "part": round(100 * row.written / row.total) if row.total else 0, "size": size_text(row.size),
        "at_text": moment_text(row.created_at, at=visit.at, zone=visit.zone), "columns": len(row.columns),
    }  # fmt: skip
