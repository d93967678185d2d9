"""Corrective actions after complaints: asked for, done, checked by another person."""

from __future__ import annotations

from typing import Any

from careline.domain.complaints.queries.register import correction_by_id
from careline.domain.conversations.errors import NotFound
from careline.domain.desk.queries.complaints import complaint_for
from careline.entrypoints.api.complaint_words import correction_of
from careline.entrypoints.api.naming import agent_key
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import complaints as shapes
from careline.flows.correct_cause import ask_correction, check_correction, finish_correction


@route("POST", "/complaints/{id}/corrections", body=shapes.NewCorrection, answer=shapes.Correction, status=201)
def new_correction(call: Call) -> Any:
    """Asks somebody to change what led to a complaint."""
    given = call.body
    key = ask_correction(
        call.person, call.id, text=given.text, owner=agent_key(given.owner, call.person, "owner"), due_on=given.due_on,
        check_after=given.check_after, by=call.by, at=call.at,
    )  # fmt: skip
    return Created(f"/complaints/{call.id}", _one(key))


@route("PUT", "/corrections/{id}/completion", body=shapes.CorrectionDone, answer=shapes.Correction)
def done_correction(call: Call) -> Any:
    """It is done, and what came of it."""
    _seen(call)
    finish_correction(call.person, call.id, result=call.body.result, by=call.by, at=call.at)
    return _one(call.id)


@route("PUT", "/corrections/{id}/finding", body=shapes.CorrectionFinding, answer=shapes.Correction)
def checked_correction(call: Call) -> Any:
    """Whether it helped. 409 with `not_independent` for whoever did it."""
    _seen(call)
    given = call.body
    check_correction(
        call.person, call.id, is_effective=given.is_effective, finding=given.finding, by=call.by, at=call.at
    )
    return _one(call.id)


def _seen(call: Call) -> None:
    found = correction_by_id(call.id)
    if found is None:
        raise NotFound(f"There is no corrective action {call.id}.")
    complaint_for(call.person, found.complaint_id)


def _one(key: int) -> shapes.Correction:
    return correction_of(correction_by_id(key))
