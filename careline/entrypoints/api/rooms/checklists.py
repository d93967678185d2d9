"""Checklists on cases, and the templates they are made from."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.queries.checklists import checklist_templates, steps_of
from careline.domain.conversations.rules.checklists import Step as Wanted
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.rooms.conversations import shown_case
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.checklists import (
    Checklist,
    ChecklistTemplate,
    GivenStep,
    NewSteps,
    NewTemplate,
    Step,
)
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows import checklist as flow

_PATH = "/conversations/{number}/checklist"


@route("GET", _PATH, answer=Checklist)
def checklist(call: Call) -> Any:
    """The steps of a case, with who has done each, and when."""
    return _shown(shown_case(call).id)


@route("POST", _PATH, body=NewSteps, answer=Checklist, status=201)
def new_steps(call: Call) -> Any:
    """Puts steps on a case, or those of a template."""
    case, given = shown_case(call), call.body
    if bool(given.steps) == (given.template is not None):
        raise Wrong(("steps", "Give either `steps` or `template`."))
    template = int(given.template) if given.template is not None else None
    flow.add_steps(call.person, call.number, steps=_wanted(given.steps), template=template, by=call.by, at=call.at)
    return Created(f"/conversations/{call.number}/checklist", _shown(case.id))


@route("PUT", _PATH + "/{id}/tick", answer=Checklist)
def ticked_step(call: Call) -> Any:
    """The step is done."""
    case = shown_case(call)
    flow.tick(call.person, call.number, call.id, is_done=True, by=call.by, at=call.at)
    return _shown(case.id)


@route("DELETE", _PATH + "/{id}/tick", answer=Checklist)
def unticked_step(call: Call) -> Any:
    """The step is not done after all."""
    case = shown_case(call)
    flow.tick(call.person, call.number, call.id, is_done=False, by=call.by, at=call.at)
    return _shown(case.id)


@route("DELETE", _PATH + "/{id}", answer=Checklist)
def removed_step(call: Call) -> Any:
    """Takes the step off the case."""
    case = shown_case(call)
    flow.remove_step(call.person, call.number, call.id, by=call.by, at=call.at)
    return _shown(case.id)


@route("GET", "/checklists", query=PageQuery, answer=Page[ChecklistTemplate])
def checklists(call: Call) -> Any:
    """The templates, by name."""
    require(call.person, "conversation:read")
    return short_page_of([_template(row) for row in checklist_templates()], call.query)


@route("POST", "/checklists", body=NewTemplate, answer=ChecklistTemplate, status=201)
def new_checklist(call: Call) -> Any:
    """Saves a template under its name."""
    given = call.body
    key = flow.save_checklist(call.person, given.name, _wanted(given.steps), by=call.by, at=call.at)
    return Created(f"/checklists/{key}", ChecklistTemplate(str(key), given.name.strip(), given.steps))


@route("DELETE", "/checklists/{id}", status=204)
def removed_checklist(call: Call) -> Any:
    """Cases that were given its steps keep them."""
    flow.remove_checklist(call.person, call.id, by=call.by, at=call.at)


def _wanted(steps: list[GivenStep]) -> tuple[Wanted, ...]:
    return tuple(Wanted(" ".join(step.text.split()), step.required) for step in steps)


def _template(row: Any) -> ChecklistTemplate:
    return ChecklistTemplate(str(row.id), row.name, [GivenStep(i["text"], bool(i.get("required"))) for i in row.items])


def _shown(case: int) -> Checklist:
    return Checklist([
        Step(str(r.id), r.text, r.is_required, r.done_at, Named(str(r.done_by_id), r.done_by_name) if r.done_by_id else None)
        for r in steps_of(case)
    ])  # fmt: skip
