"""Macros: changes to a case in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from msgspec import UNSET, structs

from careline.automation.rules.macros import MacroRefused, Step, preview_macro, run_macro
from careline.domain.conversations.errors import NotFound
from careline.domain.knowledge.queries.canned import macro_of, macros_of
from careline.domain.knowledge.rules.actions import BadMacro
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import team_key
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong, problem
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.knowledge import (
    KnowledgeQuery,
    Macro,
    MacroChange,
    MacroRun,
    MacroStep,
    MacroSteps,
    NewMacro,
)
from careline.entrypoints.api.shapes.parts import Page
from careline.flows.change_canned_reply import WRITES, audience_of
from careline.flows.change_macro import WrittenMacro, add_macro, change_macro, remove_macro

_PATH = "/macros/{id}"
_IN_CASE = "/conversations/{number}/macros/{id}"


@route("GET", "/macros", query=KnowledgeQuery, answer=Page[Macro])
def macros(call: Call) -> Any:
    """The macros you may run: everybody's, your teams' and your own."""
    require(call.person, WRITES)
    return short_page_of(
        [_shown(row) for row in macros_of(call.person, words=call.query.q or "", limit=10_000)], call.query
    )


@route("POST", "/macros", body=NewMacro, answer=Macro, status=201)
def new_macro(call: Call) -> Any:
    """Keeps a macro. For a team, or for all, it takes `canned:manage`."""
    given = call.body
    team = team_key(given.team, "team") if given.team is not None else None
    try:
        written = WrittenMacro(given.name, given.actions, given.folder, given.audience, team)
        key = add_macro(call.person, written, by=call.by, at=call.at)
    except BadMacro as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    return Created(f"/macros/{key}", _one(call, key))


@route("GET", _PATH, answer=Macro)
def macro(call: Call) -> Any:
    """One macro."""
    require(call.person, WRITES)
    return _one(call, call.id)


@route("PATCH", _PATH, body=MacroChange, answer=Macro)
def changed_macro(call: Call) -> Any:
    """Changes what is given."""
    require(call.person, WRITES)
    row = _row(call, call.id)
    given = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    if "team" in given:
        team = given.pop("team")
        given["team_id"] = team_key(team, "team") if team is not None else None
    as_it_is = WrittenMacro(row.name, row.actions, row.folder, audience_of(row), row.team_id)
    try:
        change_macro(call.person, call.id, replace(as_it_is, **given), by=call.by, at=call.at)
    except BadMacro as wrong:
        raise Wrong((wrong.field, str(wrong))) from None
    return _one(call, call.id)


@route("DELETE", _PATH, status=204)
def removed_macro(call: Call) -> Any:
    """Throws a macro away."""
    remove_macro(call.person, call.id, by=call.by, at=call.at)


@route("GET", _IN_CASE, answer=MacroSteps)
def previewed_macro(call: Call) -> Any:
    """What the macro would do on this case, and what of it would be refused; nothing is changed."""
    return MacroSteps(
        [_step(step) for step in preview_macro(call.person, call.number, call.id, by=call.by, at=call.at)]
    )


@route("POST", _IN_CASE, body=MacroRun, answer=MacroSteps)
def macro_run(call: Call) -> Any:
    """Runs the macro on this case: all of it, or nothing and 409 with every reason."""
    seen = int(call.body.seen_message) if call.body.seen_message is not None else None
    try:
        ran = run_macro(call.person, call.number, call.id, seen_message=seen, by=call.by, at=call.at)
    except MacroRefused as refused:
        reasons = [{"action": action, "detail": sentence} for action, sentence in refused.reasons]
        return problem(409, str(refused), code=refused.code, reasons=reasons)
    return MacroSteps([_step(step) for step in ran.steps], str(ran.message) if ran.message else None)


def _row(call: Call, key: int) -> Any:
    row = macro_of(call.person, key)
    if row is None:
        raise NotFound(f"There is no macro {key}.")
    return row


def _one(call: Call, key: int) -> Macro:
    return _shown(_row(call, key))


def _shown(row: Any) -> Macro:
    return Macro(
        str(row.id), row.name, row.folder, row.actions, audience_of(row), str(row.team_id) if row.team_id else None, row.uses, row.used_at,
        row.updated_at,
    )  # fmt: skip


def _step(step: Step) -> MacroStep:
    return MacroStep(step.does, step.words.text if step.words else "", step.refusal)
