"""A case as one PDF: asked for, waited for, fetched."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.work import transcript_of
from careline.domain.files.queries import content_of
from careline.entrypoints.api.naming import recipients_of
from careline.entrypoints.api.rooms.conversations import shown_case
from careline.entrypoints.api.routes import PREFIX, Call, Created, route
from careline.entrypoints.api.shapes.transcripts import NewTranscript, Transcript
from careline.flows.transcript import ask_for_transcript

_PATH = "/conversations/{number}/transcripts"


@route("POST", _PATH, body=NewTranscript, answer=Transcript, status=201)
def new_transcript(call: Call) -> Any:
    """Has the whole case set as a PDF, with or without the notes; it is made in the background."""
    shown_case(call)
    given = call.body
    key = ask_for_transcript(
        call.person, call.number, with_notes=given.notes, with_files=given.files,
        send_to=recipients_of(given.send_to, "send_to"), by=call.by, at=call.at,
    )  # fmt: skip
    return Created(f"/conversations/{call.number}/transcripts/{key}", _shown(call, key))


@route("GET", _PATH + "/{id}", answer=Transcript)
def transcript(call: Call) -> Any:
    """How far it is. Only whoever asked for it finds it."""
    return _shown(call, call.id)


@route("GET", _PATH + "/{id}/pdf")
def transcript_pdf(call: Call) -> Any:
    """The PDF itself, `application/pdf`."""
    row = _row(call, call.id)
    if row.digest is None:
        raise NotFound("It is not made yet.")
    response = HttpResponse(content_of(row.digest), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="case-{call.number}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _row(call: Call, key: int) -> Any:
    found = transcript_of(key, agent=call.person.id, conversation=shown_case(call).id)
    if found is None:
        raise NotFound(f"There is no transcript {key} of yours.")
    return found


def _shown(call: Call, key: int) -> Transcript:
    row = _row(call, key)
    url = f"{PREFIX}/conversations/{call.number}/transcripts/{row.id}/pdf" if row.digest else None
    return Transcript(str(row.id), row.state, row.words if row.state == "failed" else "", row.created_at, url)
