"""Checklists on a case, and how teams work: the rooms of Settings where both are laid down."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.checklists import checklist_templates, steps_of
from careline.domain.conversations.queries.work import team_rules
from careline.domain.conversations.rules.checklists import BadSteps, Step, steps_in, written
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import may, require
from careline.entrypoints.web.pages import page, part
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows import checklist as flow
from careline.flows.team_rule import keep_team_rule


def checklist(visit: Visit, number: int) -> HttpResponse:
    """The steps of a case."""
    found = conversation_for(visit.person, number)
    steps = [
        {
            "id": row.id, "text": row.text, "is_required": row.is_required, "is_done": row.done_at is not None,
            "by_text": f"{row.done_by_name or ''} {moment_words(row.done_at, at=visit.at, zone=visit.zone)}".strip() if row.done_at else "",
        }
        for row in steps_of(found.id)
    ]  # fmt: skip
    return part(
        visit, "case/_checklist", case={"url": f"/conversations/{number}"}, steps=steps, templates=checklist_templates(),
        open_duties=found.open_duties,
    )  # fmt: skip


def added(visit: Visit, number: int) -> HttpResponse:
    template = whole_number(visit.form.get("template"))
    steps = () if template is not None else _steps(visit.form.get("steps", ""))
    flow.add_steps(visit.person, number, steps=steps, template=template, by=visit.by, at=visit.at)
    return checklist(visit, number)


def ticked(visit: Visit, number: int, step: int) -> HttpResponse:
    flow.tick(visit.person, number, step, is_done=visit.request.method == "PUT", by=visit.by, at=visit.at)
    return checklist(visit, number)


def removed(visit: Visit, number: int, step: int) -> HttpResponse:
    flow.remove_step(visit.person, number, step, by=visit.by, at=visit.at)
    return checklist(visit, number)


def rules(visit: Visit) -> HttpResponse:
    """Sending and checklists, as the company wants them."""
    require(visit.person, "staff:read")
    return _rules(visit, {"name": "", "steps": ""}, "")


def team_ruled(visit: Visit) -> HttpResponse:
    keep_team_rule(
        visit.person, whole_number(visit.form.get("team")) or 0, only_assignee_sends="only_assignee_sends" in visit.form,
        by=visit.by, at=visit.at,
    )  # fmt: skip
    return part(visit, "_toast", words=_("Saved."))


def template_saved(visit: Visit) -> HttpResponse:
    form = {name: visit.form.get(name, "").strip() for name in ("name", "steps")}
    try:
        flow.save_checklist(visit.person, form["name"], _steps(form["steps"]), by=visit.by, at=visit.at)
    except Refused as wrong:
        return _rules(visit, form, said(wrong), status=422)
    return HttpResponseRedirect("/work-rules")


def template_removed(visit: Visit, key: int) -> HttpResponse:
    flow.remove_checklist(visit.person, key, by=visit.by, at=visit.at)
    return HttpResponse()


def _rules(visit: Visit, form: dict[str, str], wrong: str, *, status: int = 200) -> HttpResponse:
    bound = team_rules()
    shown: list[dict[str, Any]] = [
        {"id": row.id, "name": row.name, "steps": [Step(i["text"], bool(i.get("required"))) for i in row.items]}
        for row in checklist_templates()
    ]
    for one in shown:
        one["words"] = written(tuple(one["steps"]))
    return page(
        visit, "settings/work_rules", "settings", _("Sending and checklists"), status=status, form=form, wrong=wrong, templates=shown,
        teams=[{"id": t.id, "name": t.name, "only_assignee": t.id in bound} for t in teams()], may_change=may(visit.person, "staff:manage"),
    )  # fmt: skip


def _steps(words: str) -> tuple[Step, ...]:
    try:
        return steps_in(words)
    except BadSteps as wrong:
        raise Refused(str(wrong)) from None
