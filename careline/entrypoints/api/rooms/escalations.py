"""Escalation: ladders by topic, and cases on their way up and down."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.routing.queries.ladders import escalations_of, ladder_by_id, ladders, standing_of
from careline.domain.routing.rules.ladders import Ladder, Rung
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import escalations as shapes
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.escalate import escalate, lower, take_step_back
from careline.flows.keep_ladders import VERB, keep_ladder, remove_ladder

_ONE = "/escalation-ladders/{id}"
_OF_CASE = "/conversations/{number}/escalations"


@route("GET", "/escalation-ladders", query=PageQuery, answer=Page[shapes.Ladder])
def all_ladders(call: Call) -> Any:
    """Those that were written, the one for everything last. Where there is none: specialist, supervisor, manager."""
    require(call.person, VERB)
    return short_page_of([_shown(one) for one in ladders()], call.query)


@route("POST", "/escalation-ladders", body=shapes.NewLadder, answer=shapes.Ladder, status=201)
def new_ladder(call: Call) -> Any:
    """One for each topic, and one for everything else."""
    key = keep_ladder(call.person, _written(call.body), by=call.by, at=call.at)
    return Created(f"/escalation-ladders/{key}", _one(key))


@route("GET", _ONE, answer=shapes.Ladder)
def ladder(call: Call) -> Any:
    """One ladder."""
    require(call.person, VERB)
    return _one(call.id)


@route("PUT", _ONE, body=shapes.NewLadder, answer=shapes.Ladder)
def changed_ladder(call: Call) -> Any:
    """The whole ladder as it is to be. Cases stay as high as they stand."""
    keep_ladder(call.person, _written(call.body, call.id), by=call.by, at=call.at)
    return _one(call.id)


@route("DELETE", _ONE, status=204)
def removed_ladder(call: Call) -> None:
    """Its cases go by the ladder for everything from then on."""
    remove_ladder(call.person, call.id, by=call.by, at=call.at)


@route("GET", _OF_CASE, answer=shapes.Standing)
def escalations(call: Call) -> Any:
    """How high the case stands, who stays the customer's contact, and who was asked when."""
    return _standing(conversation_for(call.person, call.number).id)


@route("POST", _OF_CASE, body=shapes.NewEscalation, answer=shapes.Standing, status=201)
def new_escalation(call: Call) -> Any:
    """Hands the case up, to the next step or the level that is said; the note is required. A lower level brings it down.

    409 with the code `nobody_may` where nobody above may see it, `top_of_ladder` where there is nobody above.
    """
    case = conversation_for(call.person, call.number)
    now, wanted = standing_of(case.id), call.body.level
    if wanted is not None and now is not None and wanted < now.level:
        lower(call.person, call.number, level=wanted, by=call.by, at=call.at)
    else:
        escalate(call.person, call.number, words=call.body.note, level=wanted, by=call.by, at=call.at)
    return Created(f"/conversations/{call.number}/escalations", _standing(case.id))


@route("DELETE", f"{_OF_CASE}/last", status=204)
def undone_escalation(call: Call) -> None:
    """Undoes your own last step, for some seconds and where nothing came after it."""
    take_step_back(call.person, call.number, by=call.by, at=call.at)


def _one(key: int) -> shapes.Ladder:
    found = ladder_by_id(key)
    if found is None:
        raise NotFound(f"There is no ladder {key}.")
    return _shown(found)


def _shown(one: Ladder) -> shapes.Ladder:
    rungs = [
        shapes.Rung(rung.name, rung.kind, rung.role, str(rung.team) if rung.team else None, rung.minutes)  # type: ignore[arg-type]
        for rung in one.rungs
    ]
    return shapes.Ladder(
        str(one.id), one.name, rungs, str(one.topic) if one.topic else None, one.late_minutes, one.reopenings
    )


def _written(said: shapes.NewLadder, key: int | None = None) -> Ladder:
    rungs = tuple(
        Rung(one.name, one.kind, one.role, int(one.team) if one.team else None, one.minutes) for one in said.rungs
    )
    return Ladder(said.name, rungs, key, int(said.topic) if said.topic else None, said.late_minutes, said.reopenings)


def _standing(case: int) -> shapes.Standing:
    now = standing_of(case)
    steps = [_step(row) for row in escalations_of(case)]
    if now is None:
        return shapes.Standing(0, "", None, None, steps)
    owner = Named(str(now.owner_id), now.owner_name) if now.owner_name else None
    return shapes.Standing(now.level, now.name, owner, now.due_at, steps)


def _step(row: Any) -> shapes.Escalation:
    return shapes.Escalation(
        str(row.id), row.at, row.reason, Named(str(row.by_id), row.by_name) if row.by_id else None, row.from_level, row.level, row.name,
        Named(str(row.agent_id), row.agent_name) if row.agent_id else None, row.team_name,
        [shapes.Passed(level, reasons) for level, reasons in row.passed], row.undone_at is not None,
    )  # fmt: skip
