"""The register as a file for whoever supervises."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse

from careline.entrypoints.web.complaints.listing import filter_of
from careline.entrypoints.web.visit import Visit
from careline.flows.export_complaints import export_complaints

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def exported(visit: Visit) -> HttpResponse:
    """`people=1` with what is personal."""
    form = "json" if visit.asked.get("format") == "json" else "csv"
    pieces = export_complaints(
        visit.person,
        filter_of(visit),
        form=form,
        with_people=visit.asked.get("people") == "1",
        by=visit.by,
        at=visit.at,
    )
    response = StreamingHttpResponse(pieces, content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="complaints.{form}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]
