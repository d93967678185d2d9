"""Queues: how they stand, how they find their people, taking the next case, and why a case came to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET, structs

from careline.domain.conversations.errors import NotFound
from careline.domain.routing.queries.figures import QueueFigures, queue_figures
from careline.domain.sla.queries.silence import silences
from careline.domain.sla.rules.silence import USUAL, Silence
from careline.domain.staff.rules import require
from careline.domain.staff.skills import skills
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes import routing as shapes
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.explain_routing import Told, Waits, explain_routing, skill_of
from careline.flows.keep_queues import QueueChange, change_queue
from careline.flows.keep_skills import ask_for_skill, ask_no_more
from careline.flows.offer import accept
from careline.flows.take_next import take_next

_CASE = "/conversations/{number}"


@route("GET", "/queues", query=PageQuery, answer=Page[shapes.Queue])
def queues(call: Call) -> Any:
    """Every team's queue: what waits and since when, who is there and how much they have."""
    require(call.person, "conversation:read")
    held = silences()
    return short_page_of([_queue(one, held) for one in queue_figures(None, at=call.at)], call.query)


@route("GET", "/queues/{id}", answer=shapes.Queue)
def queue(call: Call) -> Any:
    """One team's queue, by the team's id."""
    require(call.person, "conversation:read")
    return _one(call)


@route("PATCH", "/queues/{id}", body=shapes.QueuePatch, answer=shapes.Queue)
def changed_queue(call: Call) -> Any:
    """How it finds its people. With `pull` nobody is given anything unasked."""
    given = {name: value for name, value in structs.asdict(call.body).items() if value is not UNSET}
    for name in ("calendar", "untouched_calendar"):
        if given.get(name) is not None:
            given[name] = int(given[name])
    change_queue(call.person, call.id, QueueChange(**given), by=call.by, at=call.at)
    return _one(call)


@route("POST", "/queues/{id}/next", answer=shapes.Taken)
def taken_next(call: Call) -> Any:
    """The best that waits for you in this queue is yours: by priority, due moment and age, by your skills, rights and capacity.

    409 with the code `full` where you have all you can have at once.
    """
    return shapes.Taken(take_next(call.person, call.id, by=call.by, at=call.at))


@route("GET", f"{_CASE}/routing", answer=shapes.Routing)
def routing_of_case(call: Call) -> Any:
    """Why it came to whoever has it; or why it still waits: how many people are left out, by reason."""
    return _told(explain_routing(call.person, call.number, at=call.at))


@route("PUT", f"{_CASE}/acceptance", status=204)
def accepted(call: Call) -> None:
    """You take up what you were offered. Opening the case on screen and answering it do the same. 409 where it is offered to you no more."""
    accept(call.person, call.number, by=call.by, at=call.at)


@route("PUT", f"{_CASE}/skills/{{skill}}", body=shapes.Asked, status=204)
def asked_skill(call: Call) -> None:
    """The case asks for a skill, whatever the rules say."""
    given, skill = call.body, int(call.path["skill"])
    ask_for_skill(
        call.person, call.number, skill, level=given.level, is_mandatory=given.is_mandatory, by=call.by, at=call.at
    )


@route("DELETE", f"{_CASE}/skills/{{skill}}", status=204)
def unasked_skill(call: Call) -> None:
    """What was asked for on this case alone is not any more."""
    ask_no_more(call.person, call.number, int(call.path["skill"]), by=call.by, at=call.at)


def _one(call: Call) -> shapes.Queue:
    found = queue_figures([call.id], at=call.at)
    if not found:
        raise NotFound(f"There is no team {call.id}.")
    return _queue(found[0], silences())


def _queue(one: QueueFigures, held: Mapping[int, Silence]) -> shapes.Queue:
    terms, silence = one.terms, held.get(one.team, USUAL)
    return shapes.Queue(
        str(one.team), Named(str(one.team), one.name), one.waiting, one.oldest, one.people, one.available, one.load, one.units, terms.mode,
        terms.strategy, terms.accept_seconds, terms.when_missed, terms.sticky_days, terms.sticky_minutes, terms.lower_after_minutes,
        terms.drop_after_minutes, terms.most_each, str(terms.calendar) if terms.calendar else None,
        silence.hours, str(silence.calendar) if silence.calendar else None,
    )  # fmt: skip


def _told(told: Told) -> shapes.Routing:
    return shapes.Routing(
        mode=told.terms.mode if told.terms else None,
        decision=_decision(told.decision) if told.decision else None,
        waiting=_waits(told.waits) if told.waits else None,
        offer=shapes.Offer(Named(str(told.offer.agent_id), told.offer.agent_name), told.offer.due_at)
        if told.offer
        else None,
        asked_by_hand=[
            shapes.AskedSkill(str(row.skill_id), row.name, row.level, row.is_mandatory) for row in told.by_hand
        ],
    )


def _decision(row: Any) -> shapes.Decision:
    return shapes.Decision(
        Named(str(row.agent_id), row.agent_name),
        row.at,
        row.why,
        row.waited_seconds,
        row.candidates,
        row.stage,
        _excluded(row.excluded),
    )


def _waits(waits: Waits) -> shapes.StillWaiting:
    names = {row.id: row.name for row in skills()}
    asked = [
        shapes.AskedSkill(str(one.skill), names.get(one.skill, ""), one.level, one.is_mandatory) for one in waits.asks
    ]
    return shapes.StillWaiting(waits.since, waits.stage, waits.free, asked, _excluded(waits.excluded))


def _excluded(counts: dict[str, int]) -> list[shapes.Excluded]:
    found = []
    for reason, people in sorted(counts.items()):
        missing = skill_of(reason)
        skill, level = (str(missing[0]), missing[1]) if missing else (None, None)
        found.append(shapes.Excluded(reason.split(":")[0], people, skill, level))
    return found
