"""Follow-ups: planned, due, concluded; and how a case ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import UNSET

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.followups.commands.follow_ups import Plan
from careline.domain.followups.queries.follow_ups import follow_ups, follow_ups_of_case
from careline.domain.staff.rules import reach_of, require
from careline.entrypoints.api.naming import agent_key
from careline.entrypoints.api.paging import moment_and_key, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import follow_ups as shapes
from careline.entrypoints.api.shapes.parts import Named, Page
from careline.flows.follow_up import (
    READ,
    AlreadyPlanned,
    CannotFollowUp,
    change_follow_up,
    conclude_follow_up,
    drop_follow_up,
    follow_up_for,
    note_outcome,
    plan_follow_up,
)

_ONE, _OF_CASE = "/follow-ups/{id}", "/conversations/{number}/follow-ups"
_FIELDS = ("kind", "due_at", "owner", "reason", "outcome", "note")


@route("GET", "/follow-ups", query=shapes.FollowUpQuery, answer=Page[shapes.FollowUp])
def all_follow_ups(call: Call) -> Any:
    """Those on cases that you see: what is due soonest first, what was done last first."""
    require(call.person, READ)
    asked = call.query
    rows = follow_ups(
        reach_of(call.person, READ), asked.which, me=call.person.id, at=call.at, after=moment_and_key(asked.cursor), limit=asked.limit + 1
    )  # fmt: skip
    return page_of(
        rows,
        limit=asked.limit,
        key=lambda row: (row.done_at if asked.which == "done" else row.due_at, row.id),
        item=_shown,
    )


@route("GET", _OF_CASE, answer=list[shapes.FollowUp])
def follow_ups_on_case(call: Call) -> Any:
    """The open one first, then the newest; twenty at the most."""
    return [_shown(row) for row in follow_ups_of_case(conversation_for(call.person, call.number, verb=READ).id)]


@route("POST", _OF_CASE, body=shapes.NewFollowUp, answer=shapes.FollowUp, status=201)
def new_follow_up(call: Call) -> Any:
    """Plans one. 409 with `already_planned` where one is open on the case."""
    conversation_for(call.person, call.number)
    said = call.body
    owner = agent_key(said.owner, call.person, "owner") if said.owner else None
    plan = Plan(said.kind, said.due_at, owner, said.reason)
    key = _fit(lambda: plan_follow_up(call.person, call.number, plan, resolves=said.resolve, by=call.by, at=call.at))
    return Created(f"/follow-ups/{key}", _shown(follow_up_for(call.person, key)))


@route("GET", _ONE, answer=shapes.FollowUp)
def follow_up(call: Call) -> Any:
    """One follow-up."""
    return _shown(follow_up_for(call.person, call.id))


@route("PATCH", _ONE, body=shapes.FollowUpChange, answer=shapes.FollowUp)
def changed_follow_up(call: Call) -> Any:
    """Another date, kind, owner or reason, as long as it is open."""
    row, said = follow_up_for(call.person, call.id), call.body
    owner = row.owner_id
    if said.owner is not UNSET:
        owner = agent_key(said.owner, call.person, "owner") if said.owner else None
    plan = Plan(
        row.kind if said.kind is UNSET else said.kind, row.due_at if said.due_at is UNSET else said.due_at, owner,
        row.reason if said.reason is UNSET else said.reason,
    )  # fmt: skip
    _fit(lambda: change_follow_up(call.person, call.id, plan, by=call.by, at=call.at))
    return _shown(follow_up_for(call.person, call.id))


@route("PUT", _ONE + "/outcome", body=shapes.FollowUpEnding, answer=shapes.FollowUp)
def concluded_follow_up(call: Call) -> Any:
    """How it ended."""
    follow_up_for(call.person, call.id)
    said = call.body
    _fit(lambda: conclude_follow_up(call.person, call.id, outcome=said.outcome, note=said.note, by=call.by, at=call.at))
    return _shown(follow_up_for(call.person, call.id))


@route("DELETE", _ONE, status=204)
def dropped_follow_up(call: Call) -> None:
    """It is not owed any more; it stays on the record."""
    drop_follow_up(call.person, call.id, by=call.by, at=call.at)


@route("PUT", "/conversations/{number}/outcome", body=shapes.CaseEnding, answer=shapes.FollowUp)
def case_outcome(call: Call) -> Any:
    """How a case ended, where nothing had been planned before."""
    conversation_for(call.person, call.number)
    said = call.body
    key = _fit(
        lambda: note_outcome(
            call.person,
            call.number,
            outcome=said.outcome,
            note=said.note,
            resolves=said.resolve,
            by=call.by,
            at=call.at,
        )
    )
    return _shown(follow_up_for(call.person, key))


def _fit(act: Callable[[], Any]) -> Any:
    """What does not fit a field is said of that field."""
    try:
        return act()
    except AlreadyPlanned:
        raise
    except CannotFollowUp as wrong:
        if wrong.field in _FIELDS:
            raise Wrong((wrong.field, str(wrong))) from None
        raise


def _shown(row: Any) -> shapes.FollowUp:
    def named(key: int | None, name: str | None) -> Named | None:
        return Named(str(key), name) if key is not None and name is not None else None

    return shapes.FollowUp(
        str(row.id), row.number, row.subject, named(row.customer_id, row.customer_name), row.kind, row.state,
        named(row.owner_id, row.owner_name), named(row.team_id, row.team_name), row.reason, row.due_at, row.outcome, row.outcome_note,
        row.made_at, row.done_at,
    )  # fmt: skip
