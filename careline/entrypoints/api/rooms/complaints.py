"""The register of complaints: recorded, handled, answered, closed; what it tells of causes, and its file for whoever supervises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from msgspec import UNSET

from careline.domain.complaints.queries.register import entry_of
from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.complaints import READ, RegisterFilter, complaint_for, complaints
from careline.domain.files.queries import content_of
from careline.domain.staff.rules import require
from careline.entrypoints.api.asked import opening_of
from careline.entrypoints.api.complaint_words import complaint_left, complaint_of, row_of, trend_shown
from careline.entrypoints.api.naming import agent_key
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import complaints as shapes
from careline.entrypoints.api.shapes.parts import Page
from careline.flows import close_complaint, handle_complaint
from careline.flows.complaint_trends import day_start, trend_of
from careline.flows.export_complaints import export_complaints
from careline.flows.extend_complaint import extend_complaint
from careline.flows.record_complaint import Said, open_complaint, record_complaint
from careline.flows.write_complaint_letter import LetterWanted, complaint_letter, write_complaint_letter

_ONE = "/complaints/{id}"
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@route("GET", "/complaints", query=shapes.ComplaintQuery, answer=Page[shapes.ComplaintRow])
def all_complaints(call: Call) -> Any:
    """The register as far as you see it, the newest first; without those taken off as a mistake where no state is asked for."""
    require(call.person, READ)
    asked = call.query
    rows = complaints(call.person, filter_of(asked), at=call.at, before=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=row_of)


@route("POST", "/complaints", body=shapes.NewComplaint, answer=shapes.Complaint, status=201)
def new_complaint(call: Call) -> Any:
    """Records a complaint on a case, or with a new one. Where the case has an open one already, that one is answered."""
    given = call.body
    if (given.conversation is None) == (given.case is None):
        raise Wrong(("conversation", "Give the case it is about, or the new case that it is opened with."))
    said = Said(
        _key(given.category), given.severity, _key(given.product), given.complainant, given.country, given.text, given.wish,
        _colleague(call, given.about, "about"), _colleague(call, given.owner, "owner"), given.received_at,
    )  # fmt: skip
    if given.case is not None:
        opening = opening_of(replace(call, body=given.case))
        done = open_complaint(call.person, opening, said, by=call.by, at=call.at)
    else:
        done = record_complaint(call.person, given.conversation, said, by=call.by, at=call.at)
    return Created(f"/complaints/{done.id}", complaint_left(call.person, done.id))


@route("GET", _ONE, answer=shapes.Complaint)
def one_complaint(call: Call) -> Any:
    """One complaint with its deadlines, its record, what was given and what is mended after it."""
    return complaint_of(call.person, call.id)


@route("PATCH", _ONE, body=shapes.ComplaintChange, answer=shapes.Complaint)
def changed_complaint(call: Call) -> Any:
    """What is known of it, and who has it. Whoever it is about gets 404, here as everywhere: they see nothing of it."""
    given, wanted = call.body, {}
    for name in (*handle_complaint.FACTS, "investigator"):
        value = getattr(given, name)
        if value is UNSET:
            continue
        if name in ("about", "owner", "investigator"):
            value = _colleague(call, value, name)
        elif name in ("category", "product"):
            value = _key(value)
        wanted[name] = value
    handle_complaint.change_complaint(call.person, call.id, wanted, by=call.by, at=call.at)
    return complaint_left(call.person, call.id)


@route("POST", _ONE + "/notes", body=shapes.NewComplaintNote, answer=shapes.Complaint, status=201)
def new_note(call: Call) -> Any:
    """What the investigation found; nobody outside sees it."""
    handle_complaint.note_on_complaint(call.person, call.id, call.body.text, by=call.by, at=call.at)
    return _made(call)


@route("PUT", _ONE + "/decision", body=shapes.ComplaintVerdict, answer=shapes.Complaint)
def decided_complaint(call: Call) -> Any:
    """Upheld, partly or not; until the final answer it may be decided anew."""
    given = call.body
    handle_complaint.decide_complaint(
        call.person, call.id, given.outcome, reasons=given.reasons, cause=_key(given.cause), remedies=given.remedies, by=call.by, at=call.at
    )  # fmt: skip
    return complaint_of(call.person, call.id)


@route("POST", _ONE + "/letters", body=shapes.NewComplaintLetter, answer=shapes.ComplaintLetterSaid, status=201)
def new_letter(call: Call) -> Any:
    """Acknowledges, asks for more time, or answers for good. 409: `not_decided`, `approval_pending`, `already_answered`, `unfilled`."""
    given = call.body
    where = f"/complaints/{call.id}"
    if given.preview:
        text = complaint_letter(call.person, call.id, given.kind, letter=_key(given.letter), at=call.at)
        return Created(where, shapes.ComplaintLetterSaid(text.text, text.language, list(text.unfilled), None))
    wanted = LetterWanted(given.kind, given.way, given.text, _key(given.letter))
    entry = write_complaint_letter(call.person, call.id, wanted, by=call.by, at=call.at)
    kept = entry_of(call.id, entry)
    return Created(
        where, shapes.ComplaintLetterSaid(kept.words if kept else "", kept.language if kept else "", [], str(entry))
    )


@route("GET", _ONE + "/papers/{entry}")
def complaint_paper(call: Call) -> Any:
    """A letter that was kept as PDF, by its line of the record."""
    complaint_for(call.person, call.id)
    word = call.path["entry"]
    found = entry_of(call.id, int(word)) if word.isascii() and word.isdecimal() and len(word) < 19 else None
    if found is None or found.paper_id is None:
        raise NotFound("There is no such letter.")
    response = HttpResponse(content_of(found.paper_id), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="COMP-{call.id}-{found.what}.pdf"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@route("POST", _ONE + "/extensions", body=shapes.NewComplaintExtension, answer=shapes.Complaint, status=201)
def new_extension(call: Call) -> Any:
    """Puts the final deadline off to the end of a day. 409: `no_extension`, `not_later`, `too_late`."""
    extend_complaint(call.person, call.id, until=call.body.until, reason=call.body.reason, by=call.by, at=call.at)
    return _made(call)


@route("PUT", _ONE + "/referral", body=shapes.ComplaintReferral, answer=shapes.Complaint)
def referred_complaint(call: Call) -> Any:
    """It was taken to a body outside; with an outcome, what that body decided."""
    given = call.body
    if bool(given.outcome) != (given.ended_on is not None):
        raise Wrong(("ended_on", "An outcome has its day, and a day its outcome."))
    row = complaint_for(call.person, call.id)
    if (row.referred_to, row.referred_on, row.reference) != (given.body, given.on, given.reference):
        close_complaint.refer_complaint(
            call.person, call.id, body=given.body, on=given.on, reference=given.reference, by=call.by, at=call.at
        )
    if given.ended_on is not None:
        close_complaint.end_referral(
            call.person, call.id, outcome=given.outcome, on=given.ended_on, by=call.by, at=call.at
        )
    return complaint_of(call.person, call.id)


@route("PUT", _ONE + "/closure", body=shapes.ComplaintClosure, answer=shapes.Complaint)
def closed_complaint(call: Call) -> Any:
    """Ends it after its final answer. 409 with `not_answered` before."""
    given = call.body
    close_complaint.close_complaint(
        call.person, call.id, is_satisfied=given.is_satisfied, view=given.view, by=call.by, at=call.at
    )
    return complaint_of(call.person, call.id)


@route("PUT", _ONE + "/withdrawal", body=shapes.ComplaintReason, answer=shapes.Complaint)
def withdrawn_complaint(call: Call) -> Any:
    """It was recorded by mistake: it counts nowhere, and stays on the record."""
    close_complaint.withdraw_complaint(call.person, call.id, reason=call.body.reason, by=call.by, at=call.at)
    return complaint_of(call.person, call.id)


@route("POST", _ONE + "/reopenings", body=shapes.ComplaintReason, answer=shapes.Complaint, status=201)
def reopened_complaint(call: Call) -> Any:
    """It has to be answered once more."""
    close_complaint.reopen_complaint(call.person, call.id, reason=call.body.reason, by=call.by, at=call.at)
    return _made(call)


@route("GET", "/complaint-trends", query=shapes.ComplaintTrendQuery, answer=shapes.ComplaintTrend)
def complaint_trends(call: Call) -> Any:
    """How many from which cause in a month, quarter or year, beside the one before. Those you see."""
    require(call.person, READ)
    day = call.query.day or call.at.date()
    return trend_shown(trend_of(call.person, call.query.length, day, at=call.at))


@route("GET", "/complaint-export", query=shapes.ComplaintExportQuery)
def complaint_export(call: Call) -> Any:
    """The register as CSV or JSON, a row for each complaint; streamed. On the record."""
    asked = call.query
    pieces = export_complaints(
        call.person, filter_of(asked), form=asked.format, with_people=asked.people, by=call.by, at=call.at
    )
    response = StreamingHttpResponse(pieces, content_type=_TYPES[asked.format])
    response.headers["Content-Disposition"] = f'attachment; filename="complaints.{asked.format}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def filter_of(asked: Any) -> RegisterFilter:
    cause = asked.cause or ""
    try:
        since, until = (day_start(day) if day else None for day in (asked.since, asked.until))
    except OverflowError:
        raise Wrong(("since", "Such a day can't be reckoned with.")) from None
    return RegisterFilter(
        state=asked.state, category=_key(asked.category), severity=asked.severity, clock=asked.clock,
        causes=tuple(int(word) for word in cause.split(",") if word.isdecimal()), without_cause=cause == "none", since=since, until=until,
        figure=asked.figure,
    )  # fmt: skip


def _made(call: Call) -> Created:
    return Created(f"/complaints/{call.id}", complaint_of(call.person, call.id))


def _key(words: str | None) -> int | None:
    return int(words) if words is not None else None


def _colleague(call: Call, words: str | None, field: str) -> int | None:
    return agent_key(words, call.person, field) if words is not None else None
