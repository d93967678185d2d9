"""A case is handed up with a note; beside it stands its owner, its level, and who was asked when."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.rules.covers import UNDO_HOLD
from careline.domain.routing.queries.ladders import escalations_of, standing_of
from careline.domain.staff.rules import may
from careline.entrypoints.web.escalation.words import reason_of, rung_words, steps_passed
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.routing.words import reason_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import initials_of, iso, moment_words
from careline.flows.escalate import VERB, escalate, lower, take_step_back
from careline.flows.steps_above import Above, steps_above


def form(visit: Visit, number: int, *, error: str = "", status: int = 200) -> HttpResponse:
    found = conversation_for(visit.person, number)
    steps = steps_above(visit.person, number, at=visit.at)
    first = next((one.level for one in steps if one.free), steps[0].level if steps else 0)
    chosen = whole_number(visit.form.get("level")) if error else None
    return page(
        visit, "escalation/escalate", "inbox", _("Escalate"), status=status, error=error, words=visit.form.get("words", "") if error else "",
        case={"number": number, "url": f"/conversations/{number}", "subject": found.subject},
        steps=[_step(one) for one in steps], chosen=chosen or first,
    )  # fmt: skip


def raised(visit: Visit, number: int) -> HttpResponse:
    try:
        escalate(
            visit.person, number, words=visit.form.get("words", ""), level=whole_number(visit.form.get("level")), by=visit.by, at=visit.at
        )  # fmt: skip
    except Refused as refusal:
        return form(visit, number, error=str(refusal), status=422)
    try:
        conversation_for(visit.person, number)
    except NotFound:  # it went to people whose cases this one does not see
        return HttpResponseRedirect("/inbox")
    return HttpResponseRedirect(f"/conversations/{number}")


def taken_back(visit: Visit, number: int) -> HttpResponse:
    take_step_back(visit.person, number, by=visit.by, at=visit.at)
    return _again(number)


def lowered(visit: Visit, number: int) -> HttpResponse:
    lower(visit.person, number, by=visit.by, at=visit.at)
    return _again(number)


def panel(visit: Visit, number: int) -> HttpResponse:
    """Nothing for a case that was never handed up."""
    case = conversation_for(visit.person, number)
    steps, now = escalations_of(case.id), standing_of(case.id)
    if now is None or not steps:
        return HttpResponse()
    last = steps[0]
    is_mine = last.by_id == visit.person.id and last.undone_at is None and visit.at <= last.at + UNDO_HOLD
    return part(
        visit, "escalation/_steps", url=f"/conversations/{number}/escalation", level=now.name if now.level else "",
        owner={"name": now.owner_name, "initials": initials_of(now.owner_name)} if now.owner_name else None,
        due=moment_words(now.due_at, at=visit.at, zone=visit.zone) if now.level and now.due_at and case.waiting_since else "",
        tries_again=now.why_due == "nobody", may_lower=bool(now.level) and may(visit.person, VERB), may_undo=is_mine,
        steps=[_taken(row, visit) for row in steps],
    )  # fmt: skip


def _again(number: int) -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Redirect": f"/conversations/{number}"})


def _step(one: Above) -> dict[str, Any]:
    return {
        "level": one.level, "name": one.rung.name, "who": rung_words(one.rung), "free": one.free, "left_out": reason_words(one.excluded),
        "minutes": one.rung.minutes,
    }  # fmt: skip


def _taken(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "at": iso(row.at), "when": moment_words(row.at, at=visit.at, zone=visit.zone), "words": reason_of(row),
        "is_undone": row.undone_at is not None, "passed": steps_passed(row), "is_down": row.level < row.from_level,
    }  # fmt: skip
