"""A case ends: resolved with an outcome, or with somebody who comes back to the customer; and what became of that."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.followups.commands.follow_ups import Plan
from careline.domain.staff.queries import agents
from careline.entrypoints.web.followups.words import day_shown, kinds, moment_of, outcomes, row_of, usual_day
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.follow_up import (
    WRITE,
    CannotFollowUp,
    change_follow_up,
    conclude_follow_up,
    drop_follow_up,
    follow_up_for,
    note_outcome,
    plan_follow_up,
)


def form(visit: Visit, number: int, *, error: str = "", status: int = 200) -> HttpResponse:
    found = conversation_for(visit.person, number, verb=WRITE)
    given = visit.form if error else {}
    owner = whole_number(given.get("owner")) or found.assignee_id or visit.person.id
    return page(
        visit, "followups/end", "inbox", _("How does it end?"), status=status, error=error, case={"number": number, "subject": found.subject},
        url=f"/conversations/{number}", kinds=kinds(), outcomes=outcomes()[:1] + outcomes()[2:], people=_people(), owner=owner,
        is_open=found.category != "resolved", day=given.get("day") or usual_day(visit),
        given={name: given.get(name, "") for name in ("kind", "reason", "outcome", "note")},
    )  # fmt: skip


def ended(visit: Visit, number: int) -> HttpResponse:
    sent, back = visit.form, HttpResponseRedirect(f"/conversations/{number}")
    try:
        if sent.get("act") == "plan":
            plan = _plan(visit)
            plan_follow_up(visit.person, number, plan, resolves=sent.get("resolve") == "1", by=visit.by, at=visit.at)
        else:
            note_outcome(
                visit.person, number, outcome=sent.get("outcome", ""), note=sent.get("note", ""), resolves=sent.get("resolve") == "1",
                by=visit.by, at=visit.at,
            )  # fmt: skip
    except Refused as refusal:
        return form(visit, number, error=said(refusal), status=422)
    return back


def edited(visit: Visit, key: int, *, error: str = "", status: int = 200) -> HttpResponse:
    found = follow_up_for(visit.person, key)
    return page(
        visit, "followups/follow_up", "followups", _("Follow-up"), status=status, error=error, row=row_of(found, visit), kinds=kinds(),
        kind=found.kind, outcomes=outcomes(), people=_people(), owner=found.owner_id, day=day_shown(found.due_at, visit) if found.due_at else "",
    )  # fmt: skip


def changed(visit: Visit, key: int) -> HttpResponse:
    found = follow_up_for(visit.person, key)
    try:
        plan = _plan(visit, kept=found)
        change_follow_up(visit.person, key, plan, by=visit.by, at=visit.at)
    except Refused as refusal:
        return edited(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/follow-ups/{key}")


def concluded(visit: Visit, key: int) -> HttpResponse:
    """From its own page or beside the case: back to where the case is."""
    found = follow_up_for(visit.person, key)
    try:
        conclude_follow_up(
            visit.person,
            key,
            outcome=visit.form.get("outcome", ""),
            note=visit.form.get("note", ""),
            by=visit.by,
            at=visit.at,
        )
    except Refused as refusal:
        return edited(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/conversations/{found.number}")


def dropped(visit: Visit, key: int) -> HttpResponse:
    found = follow_up_for(visit.person, key)
    drop_follow_up(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse(headers={"HX-Redirect": f"/conversations/{found.number}"})


def _plan(visit: Visit, *, kept: Any | None = None) -> Plan:
    sent = visit.form
    due = moment_of(sent.get("day", ""), visit, kept=kept.due_at if kept else None)
    if due is None:
        raise CannotFollowUp(_("Give the day on which somebody comes back to the customer."), "due_at")
    kind = sent.get("kind", "") or (kept.kind if kept else "mail")
    return Plan(kind, due, whole_number(sent.get("owner")), sent.get("reason", ""))


def _people() -> list[tuple[int, str]]:
    return [(row.id, row.name) for row in agents() if row.is_active]
