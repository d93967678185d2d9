"""Service requests: asked for, worked on, decided; and the types they are of."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.http import HttpResponse

from careline.domain.desk.queries.service_requests import Filter, request_for, requests_page
from careline.domain.files.queries import content_of
from careline.domain.requests.errors import BadType, NotFound, Unfit
from careline.domain.requests.queries.requests import papers_of, steps_of
from careline.domain.requests.queries.types import TypeRow, types
from careline.domain.requests.rules.content import Content, as_json, content_from
from careline.domain.staff.rules import require
from careline.entrypoints.api.order_words import money
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.rooms.attachments import FILE_POLICY
from careline.entrypoints.api.routes import Call, Created, Waits, route
from careline.entrypoints.api.shapes import service_requests as shapes
from careline.entrypoints.api.shapes.money import money_said
from careline.entrypoints.api.shapes.parts import Named, Page
from careline.flows import decide_service_request, keep_service_request_types, work_on_service_request
from careline.flows.open_service_request import Opening, open_service_request

_ONE = "/service-requests/{id}"
_TYPES = "/service-request-types"


@route("GET", "/service-requests", query=shapes.ServiceRequestQuery, answer=Page[shapes.ServiceRequestRow])
def service_requests(call: Call) -> Any:
    """Requests of customers that you see, the newest first."""
    asked = call.query
    wanted = Filter(
        asked.type, asked.state or "", int(asked.customer) if asked.customer else None, asked.conversation,
        int(asked.team) if asked.team else None, asked.late, asked.mine,
    )  # fmt: skip
    rows = requests_page(call.person, wanted, before=key_alone(asked.cursor), limit=asked.limit + 1)
    return page_of(
        rows, limit=asked.limit, key=lambda row: (row.id,), item=lambda row: shapes.ServiceRequestRow(**_row(row))
    )


@route("POST", "/service-requests", body=shapes.NewServiceRequest, answer=shapes.ServiceRequest, status=201)
def new_service_request(call: Call) -> Any:
    """Opens one for the customer of a case. 422 names each value that does not fit."""
    given = call.body
    values = {key: _texts(value) for key, value in given.values.items()}
    try:
        key = open_service_request(
            call.person, Opening(given.conversation, given.type, values, "api"), by=call.by, at=call.at
        )
    except Unfit as unfit:
        raise Wrong(*((f"values.{key}", f"It does not fit ({code}).") for key, code in unfit.wrong.items())) from unfit
    return Created(f"/service-requests/{key}", _one(call, key))


@route("GET", _ONE, answer=shapes.ServiceRequest)
def service_request(call: Call) -> Any:
    """One request with its steps and papers."""
    return _one(call)


@route("DELETE", _ONE, answer=shapes.ServiceRequest)
def service_request_withdrawn(call: Call) -> Any:
    """The customer needs it no more; one that was decided stays."""
    work_on_service_request.withdraw_service_request(call.person, call.id, by=call.by, at=call.at)
    return _one(call)


@route("POST", _ONE + "/steps", body=shapes.ServiceRequestStepDone, answer=shapes.ServiceRequest)
def step_done(call: Call) -> Any:
    """The check, the task or the papers that are under way are done."""
    given = call.body
    work_on_service_request.finish_step(
        call.person, call.id, words=given.words, seen=given.version, by=call.by, at=call.at
    )
    return _one(call)


@route("POST", _ONE + "/letters", body=shapes.ServiceRequestLetter, answer=shapes.ServiceRequest)
def service_letter_sent(call: Call) -> Any:
    """Writes to the customer on the case: the outcome, or which papers are missing."""
    given, work = call.body, work_on_service_request
    text = given.text.strip() or work.letter_text(call.person, call.id)
    if request_for(call.person, call.id).step_kind == "letter":
        work.send_letter(call.person, call.id, text, seen=given.version, by=call.by, at=call.at)
    else:
        work.ask_for_papers(call.person, call.id, text, by=call.by, at=call.at)
    return _one(call)


@route("POST", _ONE + "/papers", body=shapes.ServiceRequestPaperIn, answer=shapes.ServiceRequest)
def service_paper_in(call: Call) -> Any:
    """A paper that was asked for has come."""
    given = call.body
    try:
        content = base64.b64decode(given.content, validate=True)
    except (ValueError, binascii.Error):
        raise Wrong(("content", "This is no base64.")) from None
    paper = work_on_service_request.PaperGiven(given.key, given.name, content)
    work_on_service_request.receive_paper(call.person, call.id, paper, by=call.by, at=call.at)
    return _one(call)


@route("PUT", _ONE + "/papers/{paper}", body=shapes.ServiceRequestPaperJudged, answer=shapes.ServiceRequest)
def paper_judged(call: Call) -> Any:
    """It is what was asked for; or it is not, and another is asked for."""
    given = call.body
    work_on_service_request.judge_paper(
        call.person, call.id, _key(call), is_right=given.is_right, reason=given.reason, by=call.by, at=call.at
    )
    return _one(call)


@route("GET", _ONE + "/papers/{paper}")
def service_paper(call: Call) -> Any:
    """The bytes of a paper."""
    request_for(call.person, call.id)
    found = next((one for one in papers_of([call.id]) if one.id == _key(call) and one.file_id), None)
    if found is None:
        raise NotFound("There is no such paper.")
    response = HttpResponse(content_of(found.file_id), content_type=found.media_type)
    response.headers["Content-Disposition"] = "attachment"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@route("POST", _ONE + "/decision", body=shapes.ServiceRequestDecision, answer=shapes.ServiceRequest, waits=True)
def service_request_decided(call: Call) -> Any:
    """Approves, denies, or offers another amount: at once within your authority, else it waits for somebody's who may."""
    given = call.body
    offered = money_said(given.amount, "amount") if given.amount is not None else None
    asked = decide_service_request.Deciding(given.act, given.reason, given.words, offered, given.version)
    done = decide_service_request.decide_service_request(call.person, call.id, asked, by=call.by, at=call.at)
    return _one(call) if done.request is None else Waits(done.request)


@route("PUT", _ONE + "/offer", body=shapes.ServiceRequestOfferAnswer, answer=shapes.ServiceRequest)
def offer_answered(call: Call) -> Any:
    """What the customer says to the offer."""
    decide_service_request.answer_offer(call.person, call.id, is_accepted=call.body.is_accepted, by=call.by, at=call.at)
    return _one(call)


@route("GET", _TYPES, answer=shapes.ServiceRequestTypes)
def service_request_types(call: Call) -> Any:
    """Every type in the version that is in use."""
    require(call.person, "service_request:read")
    return shapes.ServiceRequestTypes([_type(one) for one in types()])


@route("POST", _TYPES, body=shapes.NewServiceRequestType, answer=shapes.ServiceRequestType, status=201)
def new_service_request_type(call: Call) -> Any:
    """Makes a type. Its code is also the action that authority is asked for."""
    require(call.person, keep_service_request_types.VERB)
    made = _judged(keep_service_request_types.add_type, call, call.body.code, _content(call.body.content))
    return Created(f"{_TYPES}/{made.code}", _type(made))


@route("PATCH", _TYPES + "/{type}", body=shapes.ServiceRequestTypeChange, answer=shapes.ServiceRequestType)
def changed_service_request_type(call: Call) -> Any:
    """Changes what is given."""
    require(call.person, keep_service_request_types.VERB)
    code, given = call.path["type"], call.body
    if given.content is not None:
        _judged(keep_service_request_types.change_type, call, code, _content(given.content))
    if given.is_open is not None:
        keep_service_request_types.open_type(call.person, code, is_open=given.is_open, by=call.by, at=call.at)
    return _type(keep_service_request_types.type_for(call.person, code))


def _judged(act: Any, call: Call, code: str, content: Content) -> TypeRow:
    try:
        made: TypeRow = act(call.person, code, content, by=call.by, at=call.at)
    except BadType as bad:
        raise Wrong(("content", str(bad))) from bad
    return made


def _content(given: dict[str, Any]) -> Content:
    try:
        return content_from(given)
    except BadType as bad:
        raise Wrong(("content", str(bad))) from bad


def _type(row: TypeRow) -> shapes.ServiceRequestType:
    return shapes.ServiceRequestType(row.code, row.version, row.is_open, as_json(row.content), row.written_at)


def _key(call: Call) -> int:
    words = call.path["paper"]
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 19 else 0


def _one(call: Call, key: int | None = None) -> shapes.ServiceRequest:
    row = request_for(call.person, key or call.id)
    offer = money(row.offer["amount"], row.currency) if row.offer else None
    return shapes.ServiceRequest(
        **_row(row), values=row.values, reason=row.reason, words=row.words, offer=offer, carried=row.carried,
        steps=[_step(one) for one in steps_of([row.id])], papers=[_paper(one) for one in papers_of([row.id])],
    )  # fmt: skip


def _row(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.id), "type": row.type_code, "type_version": row.version_number, "state": row.state, "outcome": row.outcome,
        "customer": Named(str(row.owner_id), row.customer_name), "conversation": row.case_number,
        "amount": money(row.amount, row.currency) if row.amount else None, "step": row.step_key, "due_at": row.due_at,
        "is_late": row.late_at is not None, "approval": str(row.approval) if row.approval_state == "waiting" else None,
        "opened_at": row.opened_at, "closed_at": row.closed_at, "version": row.changes,
    }  # fmt: skip


def _step(row: Any) -> shapes.ServiceRequestStep:
    team = Named(str(row.team_id), row.team_name) if row.team_id else None
    return shapes.ServiceRequestStep(
        row.key,
        row.kind,
        row.state,
        team,
        row.due_at,
        row.late_at is not None,
        row.done_at,
        row.done_by_name,
        row.words,
    )


def _paper(row: Any) -> shapes.ServiceRequestPaper:
    return shapes.ServiceRequestPaper(str(row.id), row.key, row.state, row.name, row.size, row.reason, row.received_at)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [
        ("yes" if one else "no") if isinstance(one, bool) else str(one)
        for one in values
        if one is not None and not isinstance(one, dict | list)
    ]
