"""Rules of what is not kept for ever: looked at, tried, carried out."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, structs

from careline.domain.conversations.commands.retention import Said
from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.retention import retention_rule, retention_rules, run_of, runs_of
from careline.domain.conversations.rules.retention import BadRule
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import key_alone, page_of, short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.keeping import (
    NewRule,
    Rule,
    RuleChange,
    RuleExample,
    RuleFilter,
    RulePreview,
    RuleRun,
)
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows import retain

_PATH = "/retention-rules/{id}"


@route("GET", "/retention-rules", query=PageQuery, answer=Page[Rule])
def rules(call: Call) -> Any:
    """The rules, the oldest first. They run at three at night by the company's clock."""
    require(call.person, "retention:manage")
    return short_page_of([_shown(row) for row in retention_rules()], call.query)


@route("POST", "/retention-rules", body=NewRule, answer=Rule, status=201)
def new_rule(call: Call) -> Any:
    """Adds a rule, which is off unless you say otherwise."""
    given = call.body
    said = Said(**structs.asdict(given) | {"filter": structs.asdict(given.filter)})
    try:
        key = retain.add_rule(call.person, said, by=call.by, at=call.at)
    except BadRule as wrong:
        raise Wrong((wrong.field, str(wrong))) from wrong
    return Created(f"/retention-rules/{key}", _one(call, key))


@route("GET", _PATH, answer=Rule)
def rule(call: Call) -> Any:
    """One rule."""
    return _one(call, call.id)


@route("PATCH", _PATH, body=RuleChange, answer=Rule)
def changed_rule(call: Call) -> Any:
    """Changes a rule; what it removed already stays removed."""
    held = _held(call, call.id)
    words = {name: getattr(held, name) for name in ("name", "days", "target", "action", "basis", "filter", "is_active")}
    for name, value in structs.asdict(call.body).items():
        if value is not UNSET:
            words[name] = structs.asdict(value) if isinstance(value, RuleFilter) else value
    try:
        retain.change_rule(call.person, call.id, Said(**words), by=call.by, at=call.at)
    except BadRule as wrong:
        raise Wrong((wrong.field, str(wrong))) from wrong
    return _one(call, call.id)


@route("DELETE", _PATH, status=204)
def ended_rule(call: Call) -> Any:
    """Ends a rule; its runs stay on record."""
    retain.end_rule(call.person, call.id, by=call.by, at=call.at)


@route("GET", _PATH + "/preview", answer=RulePreview)
def preview(call: Call) -> Any:
    """The dry run: what the rule would remove now, and ten of the cases."""
    found = retain.would_remove(call.person, call.id, at=call.at)
    examples = [RuleExample(row.number, row.subject, row.resolved_at, row.updated_at) for row in found.examples]
    return RulePreview(found.counts, examples)


@route("GET", _PATH + "/runs", query=PageQuery, answer=Page[RuleRun])
def runs(call: Call) -> Any:
    """What the rule removed, the newest run first."""
    _held(call, call.id)
    rows = runs_of(call.id, after=key_alone(call.query.cursor), limit=call.query.limit + 1)
    return page_of(rows, limit=call.query.limit, key=lambda row: (row.id,), item=_run)


@route("POST", _PATH + "/runs", answer=RuleRun, status=201)
def new_run(call: Call) -> Any:
    """Carries the rule out now, also one that is off."""
    key = retain.run_now(call.person, call.id, by=call.by, at=call.at)
    return Created(f"/retention-rules/{call.id}/runs", _run(run_of(key)))


def _one(call: Call, key: int) -> Rule:
    return _shown(_held(call, key))


def _held(call: Call, key: int) -> Any:
    require(call.person, "retention:manage")
    row = retention_rule(key)
    if row is None:
        raise NotFound(f"There is no retention rule {key}.")
    return row


def _shown(row: Any) -> Rule:
    narrowed = {name: [str(value) for value in values] for name, values in row.filter.items()}
    return Rule(
        id=str(row.id), name=row.name, days=row.days, target=row.target, action=row.action, basis=row.basis,
        filter=RuleFilter(**narrowed), is_active=row.is_active, next_run_at=row.due_at if row.is_active else None,  # type: ignore[arg-type]
        created_at=row.created_at,
    )  # fmt: skip


def _run(row: Any) -> RuleRun:
    return RuleRun(
        id=str(row.id), by=f"{row.by_kind} {row.by_id}", cut_at=row.cut_at, started_at=row.started_at,
        finished_at=row.finished_at, counts=row.counts,
    )  # fmt: skip
