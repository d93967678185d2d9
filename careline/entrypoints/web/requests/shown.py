"""One service request on one screen: what was asked, its steps, its papers, the decision, and what can be done now."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from careline.domain.desk.queries.service_requests import request_for
from careline.domain.files.queries import content_of
from careline.domain.requests.errors import NotFound
from careline.domain.requests.queries.requests import happenings_of, papers_of, steps_of
from careline.domain.requests.rules.content import Content, content_from
from careline.domain.requests.rules.progress import RUNNING, judged_by
from careline.domain.staff.rules import may
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.requests.listing import row_shown
from careline.entrypoints.web.requests.words import (
    PAPER_STATES,
    STEP_KINDS,
    answers_shown,
    happening_shown,
    money_words,
    said_in,
)
from careline.entrypoints.web.visit import Visit
from careline.entrypoints.web.words import due_words, moment_words, size_text
from careline.flows.hold_service_request import DECIDE, WRITE
from careline.flows.work_on_service_request import letter_text


def request(visit: Visit, key: int, *, error: str = "", status: int = 200) -> HttpResponse:
    row = request_for(visit.person, key)
    content = content_from(row.content)
    papers = papers_of([key])
    runs, writes = row.state in RUNNING, may(visit.person, WRITE)
    is_at = row.step_kind if runs and row.case_number else ""
    asked = [one for one in papers if one.state == "asked"]
    has_letter = writes and (is_at == "letter" or (is_at == "papers" and asked))
    return page(
        visit, "requests/request", "requests", f"{said_in(content.name, visit)} {row.id}", status=status, error=error, key=key,
        one=row_shown(row, visit), case=row.case_number, version=row.changes, answers=answers_shown(content, row.values, visit),
        opened=moment_words(row.opened_at, at=visit.at, zone=visit.zone), opened_by=row.opened_by_name or _("the customer"),
        steps=[_step(one, content, visit) for one in steps_of([key])], papers=[_paper(one, content, row, visit) for one in papers],
        is_at=is_at, may_work=writes and runs, may_decide=may(visit.person, DECIDE) and is_at == "decision",
        may_withdraw=writes and runs and not row.outcome,
        criteria=_criteria(content, row, visit) if is_at == "decision" else [],
        asked=[(one.key, _paper_name(one.key, content, visit)) for one in asked],
        reasons=[(one.code, said_in(one.words, visit)) for one in content.reasons], has_amount=row.amount is not None, currency=row.currency,
        offer=money_words(row.offer["amount"], row.currency, visit) if row.offer else "",
        approval=row.approval if row.approval_state == "waiting" else None,
        was_refused=row.approval_state in ("denied", "withdrawn", "failed") and is_at == "decision",
        letter=letter_text(visit.person, key) if has_letter else "", has_letter=has_letter, decision=_decision(row, content, visit),
        happened=[shown for one in happenings_of(key) if (shown := happening_shown(one, visit))],
    )  # fmt: skip


def paper(visit: Visit, key: int, paper: int) -> HttpResponse:
    """The file as it was handed in; it opens nowhere."""
    request_for(visit.person, key)
    found = next((one for one in papers_of([key]) if one.id == paper and one.file_id), None)
    if found is None:
        raise NotFound("There is no such paper.")
    response = HttpResponse(content_of(found.file_id), content_type=found.media_type)
    response.headers["Content-Disposition"] = "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _step(row: Any, content: Content, visit: Visit) -> dict[str, Any]:
    return {
        "name": said_in(content.steps[row.position].name, visit), "kind": _(STEP_KINDS[row.kind]), "state": row.state,
        "who": row.done_by_name or "", "team": row.team_name or row.skill_name or "", "words": row.words, "is_late": row.late_at is not None,
        "when": moment_words(row.done_at, at=visit.at, zone=visit.zone) if row.done_at else "",
        "due": due_words(row.due_at, at=visit.at) if row.due_at else "",
    }  # fmt: skip


def _paper(row: Any, content: Content, request: Any, visit: Visit) -> dict[str, Any]:
    return {
        "id": row.id, "name": _paper_name(row.key, content, visit), "state": row.state, "state_words": _(PAPER_STATES[row.state]), "file": row.name,
        "size": size_text(row.size) if row.size else "", "reason": row.reason, "by": row.checked_by_name or "",
        "url": f"/service-requests/{request.id}/papers/{row.id}" if row.file_id else "",
    }  # fmt: skip


def _paper_name(key: str, content: Content, visit: Visit) -> str:
    return next((said_in(one.name, visit) for one in content.papers if one.key == key), key)


def _criteria(content: Content, row: Any, visit: Visit) -> list[dict[str, Any]]:
    judged = judged_by(content.steps[row.step_position].criteria, row.values)
    labels = {one.key: said_in(one.label, visit) for one in content.fields}
    return [
        {
            "words": said_in(one.criterion.words, visit) or labels.get(one.criterion.field, ""), "found": one.found if one.found is not None else "",
            "holds": one.holds,
        } for one in judged
    ]  # fmt: skip


def _decision(row: Any, content: Content, visit: Visit) -> dict[str, str]:
    if not row.outcome:
        return {}
    reasons = {one.code: said_in(one.words, visit) for one in content.reasons}
    return {
        "by": row.decided_by_name or _("the customer"), "when": moment_words(row.decided_at, at=visit.at, zone=visit.zone),
        "reason": reasons.get(row.reason, ""), "words": row.words,
        "carried": moment_words(row.carried_at, at=visit.at, zone=visit.zone) if row.carried_at else "",
    }  # fmt: skip
