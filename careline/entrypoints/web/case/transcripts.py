"""A case as one document: asked for, waited for, opened."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.work import transcript_of
from careline.domain.files.queries import content_of
from careline.entrypoints.web.case.composer import named
from careline.entrypoints.web.case.files import file_headers
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit
from careline.flows.transcript import ask_for_transcript


def form(visit: Visit, number: int) -> HttpResponse:
    found = conversation_for(visit.person, number)
    return page(
        visit,
        "case/transcript",
        "inbox",
        _("Transcript"),
        case={"number": number, "url": f"/conversations/{number}", "subject": found.subject},
    )


def asked(visit: Visit, number: int) -> HttpResponse:
    words = visit.form.get("to", "").strip()
    key = ask_for_transcript(
        visit.person, number, with_notes="notes" in visit.form, with_files="files" in visit.form,
        send_to=tuple(named([words])) if words else (), by=visit.by, at=visit.at,
    )  # fmt: skip
    return progress(visit, number, key)


def progress(visit: Visit, number: int, key: int) -> HttpResponse:
    row = _row(visit, number, key)
    return part(
        visit,
        "case/_transcript",
        transcript={"state": row.state, "words": row.words, "url": f"/conversations/{number}/transcripts/{key}"},
    )


def pdf(visit: Visit, number: int, key: int) -> HttpResponse:
    row = _row(visit, number, key)
    if row.digest is None:
        raise NotFound("It is not made yet.")
    return HttpResponse(
        content_of(row.digest), content_type="application/pdf", headers=file_headers(f"case-{number}.pdf")
    )


def _row(visit: Visit, number: int, key: int):  # type: ignore[no-untyped-def]
    found = conversation_for(visit.person, number)
    row = transcript_of(key, agent=visit.person.id, conversation=found.id)
    if row is None:
        raise NotFound(f"There is no transcript {key} of yours.")
    return row
