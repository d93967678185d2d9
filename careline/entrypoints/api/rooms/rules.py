"""Rules: what happens by itself, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from msgspec import UNSET, structs

from careline.automation.rules.book import Book
from careline.automation.rules.trying import preview_rule, try_rule
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.staff.rules import may_over
from careline.domain.triggers.queries.rules import figures_of, rule_by_id
from careline.domain.triggers.queries.runs import runs_of_case, runs_of_rule
from careline.domain.triggers.rules.conditions import BadRule
from careline.entrypoints.api.paging import key_alone, page_of, short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import rules as shapes
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.change_rule import (
    VERB,
    WrittenRule,
    add_rule,
    change_rule,
    found_rule,
    move_rule,
    remove_rule,
    rules_for,
)

_PATH = "/rules/{id}"


@route("GET", "/rules", query=PageQuery, answer=Page[shapes.AutomaticRule])
def work_rules(call: Call) -> Any:
    """The rules that you may change, in the order in which they run: all, or those of your teams."""
    rows = rules_for(call.person)
    figures, book = figures_of([row.id for row in rows], at=call.at), Book(call.at)
    return short_page_of([_shown(row, figures, book) for row in rows], call.query)


@route("POST", "/rules", body=shapes.NewAutomaticRule, answer=shapes.AutomaticRule, status=201)
def new_work_rule(call: Call) -> Any:
    """Adds a rule, the last in order. You need what it does for all cases; or for those of your teams, where its conditions name one."""
    with _told():
        key = add_rule(call.person, _written(call.body), by=call.by, at=call.at)
    return Created(f"/rules/{key}", _one(call, key))


@route("POST", "/rules/preview", body=shapes.NewAutomaticRule, answer=shapes.AutomaticRulePreview)
def previewed_rule(call: Call) -> Any:
    """Which cases of the last seven days it would have met; nothing is kept."""
    with _told():
        found = preview_rule(call.person, _written(call.body), at=call.at)
    return shapes.AutomaticRulePreview([shapes.PreviewedCase(row.number, row.subject, row.at) for row in found])


@route("GET", _PATH, answer=shapes.AutomaticRule)
def work_rule(call: Call) -> Any:
    """One rule."""
    found_rule(call.person, call.id)
    return _one(call, call.id)


@route("PATCH", _PATH, body=shapes.AutomaticRuleChange, answer=shapes.AutomaticRule)
def changed_work_rule(call: Call) -> Any:
    """Changes what is given; you are its author from then on."""
    row = found_rule(call.person, call.id)
    given = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    if "when" in given:
        given["whens"] = given.pop("when")
    if given.get("calendar") is not None:
        given["calendar"] = int(given["calendar"])
    as_it_is = WrittenRule(
        row.name, row.kind, row.whens, row.conditions, row.actions, row.calendar_id, row.stops, row.is_active
    )
    with _told():
        change_rule(call.person, call.id, replace(as_it_is, **given), by=call.by, at=call.at)
    return _one(call, call.id)


@route("DELETE", _PATH, status=204)
def removed_work_rule(call: Call) -> Any:
    """Removes it with its log; what it did stays."""
    remove_rule(call.person, call.id, by=call.by, at=call.at)


@route("PUT", _PATH + "/position", body=shapes.RulePlace, answer=shapes.AutomaticRule)
def moved_rule(call: Call) -> Any:
    """Puts it at a place among the others."""
    move_rule(call.person, call.id, to=call.body.position, by=call.by, at=call.at)
    return _one(call, call.id)


@route("GET", _PATH + "/runs", query=shapes.RunQuery, answer=Page[shapes.AutomaticRuleRun])
def rule_runs(call: Call) -> Any:
    """What it did and why not, the newest first; kept for 30 days. `acted` leaves out where it did not fit."""
    found_rule(call.person, call.id)
    asked = call.query
    rows = runs_of_rule(
        call.id,
        acted=asked.acted or not may_over(call.person, VERB),
        before=key_alone(asked.cursor),
        limit=asked.limit + 1,
    )
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_run)


@route("POST", _PATH + "/trials", body=shapes.NewTrial, answer=shapes.RuleTrial)
def tried_rule(call: Call) -> Any:
    """What it would do on one case now, or which condition stands against it; nothing is changed."""
    found_rule(call.person, call.id)
    trial = try_rule(call.person, call.id, call.body.conversation, at=call.at)
    return shapes.RuleTrial(trial.judged.outcome, trial.judged.against, trial.judged.steps, trial.happening)


@route("GET", "/conversations/{number}/rule-runs", query=PageQuery, answer=Page[shapes.AutomaticRuleRun])
def rule_runs_of_case(call: Call) -> Any:
    """What rules did on this case and why not, the newest first."""
    case = conversation_for(call.person, call.number)
    rows = runs_of_case(case.id, before=key_alone(call.query.cursor), limit=call.query.limit + 1)
    return page_of(rows, limit=call.query.limit, key=lambda row: (row.id,), item=_run)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BadRule as wrong:
        raise Wrong((wrong.field, str(wrong))) from None


def _written(given: shapes.NewAutomaticRule) -> WrittenRule:
    calendar = int(given.calendar) if given.calendar is not None else None
    return WrittenRule(
        given.name, given.kind, given.when, given.conditions, given.actions, calendar, given.stops, given.is_active
    )


def _one(call: Call, key: int) -> shapes.AutomaticRule:
    return _shown(rule_by_id(key), figures_of([key], at=call.at), Book(call.at))


def _shown(row: Any, figures: dict[int, Any], book: Book) -> shapes.AutomaticRule:
    ready, figure = book.ready(row), figures.get(row.id)
    missing = [f"{one['missing']} {one['which']}".strip() for one in ready.against] if ready.is_broken else []
    return shapes.AutomaticRule(
        id=str(row.id), name=row.name, kind=row.kind, when=row.whens, conditions=row.conditions, actions=row.actions,
        calendar=str(row.calendar_id) if row.calendar_id else None, stops=row.stops, is_active=row.is_active, position=row.position,
        author=Named(str(row.author_id), row.author_name) if row.author_id else None, missing=missing,
        acted=figure.acted if figure else 0, last_at=figure.last_at if figure else None, changed_at=row.changed_at,
    )  # fmt: skip


def _run(row: Any) -> shapes.AutomaticRuleRun:
    return shapes.AutomaticRuleRun(
        str(row.id), Named(str(row.rule_id), row.rule_name), row.number, row.at, row.outcome, row.against, row.steps,
        str(row.happening) if row.happening else None, row.due_at,
    )  # fmt: skip
