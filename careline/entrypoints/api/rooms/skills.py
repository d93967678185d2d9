"""Skills: which there are, who has them, and which cases ask for them."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from careline.domain.conversations.errors import NotFound
from careline.domain.routing.queries.terms import requirements, weights
from careline.domain.staff.rules import require
from careline.domain.staff.skills import skills, skills_of
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import routing as shapes
from careline.entrypoints.api.shapes.parts import Page, PageQuery
from careline.flows import keep_queues, keep_skills
from careline.flows.keep_queues import Rule
from careline.flows.set_availability import attendance_for, set_availability, set_capacity, set_skills


@route("GET", "/skills", query=PageQuery, answer=Page[shapes.Skill])
def all_skills(call: Call) -> Any:
    """Every skill, by kind and name."""
    require(call.person, "staff:read")
    return short_page_of([_skill(row) for row in skills()], call.query)


@route("POST", "/skills", body=shapes.NewSkill, answer=shapes.Skill, status=201)
def new_skill(call: Call) -> Any:
    """Adds a skill; a name that another one has is refused with 409."""
    key = keep_skills.add_skill(call.person, call.body.name, kind=call.body.kind, by=call.by, at=call.at)
    return Created(f"/skills/{key}", _one(key))


@route("PATCH", "/skills/{id}", body=shapes.SkillPatch, answer=shapes.Skill)
def changed_skill(call: Call) -> Any:
    """Another name or kind."""
    require(call.person, keep_queues.VERB)
    was, given = _one(call.id), call.body
    name = was.name if given.name is UNSET else given.name
    kind = was.kind if given.kind is UNSET else given.kind
    keep_skills.change_skill(call.person, call.id, name=name, kind=kind, by=call.by, at=call.at)
    return _one(call.id)


@route("DELETE", "/skills/{id}", status=204)
def removed_skill(call: Call) -> None:
    """Nobody has it, and no rule and no case asks for it any more."""
    keep_skills.remove_skill(call.person, call.id, by=call.by, at=call.at)


@route("GET", "/skill-rules", query=PageQuery, answer=Page[shapes.SkillRule])
def skill_rules(call: Call) -> Any:
    """Which cases ask for which skills."""
    require(call.person, "staff:read")
    return short_page_of([_rule(row) for row in requirements()], call.query)


@route("POST", "/skill-rules", body=shapes.NewSkillRule, answer=shapes.SkillRule, status=201)
def new_skill_rule(call: Call) -> Any:
    """Cases that fit all that is said ask for the skill from now on."""
    given = call.body
    rule = Rule(
        int(given.skill), given.level, given.is_mandatory, _key(given.topic), given.language, _key(given.channel), _key(given.brand),
        _key(given.team),
    )  # fmt: skip
    key = keep_queues.add_rule(call.person, rule, by=call.by, at=call.at)
    return Created(f"/skill-rules/{key}", next(_rule(row) for row in requirements() if row.id == key))


@route("DELETE", "/skill-rules/{id}", status=204)
def removed_skill_rule(call: Call) -> None:
    """They ask for it no more."""
    keep_queues.remove_rule(call.person, call.id, by=call.by, at=call.at)


@route("GET", "/case-weights", answer=shapes.Weights)
def case_weights(call: Call) -> Any:
    """What a case counts by the kind of its channel."""
    require(call.person, "staff:read")
    return _weights()


@route("PUT", "/case-weights", body=shapes.Weights, answer=shapes.Weights)
def set_case_weights(call: Call) -> Any:
    """Says so for the kinds that are given; the others stay."""
    wanted = {one.kind: (one.units, one.waiting_units) for one in call.body.weights}
    keep_queues.set_weights(call.person, wanted, by=call.by, at=call.at)
    return _weights()


@route("GET", "/agents/{id}/skills", answer=shapes.SkillsOf)
def skills_of_agent(call: Call) -> Any:
    """What somebody can do, and how well."""
    attendance_for(call.person, call.id)
    return _skills_of(call.id)


@route("PUT", "/agents/{id}/skills", body=shapes.SkillsOf, answer=shapes.SkillsOf)
def set_agents_skills(call: Call) -> Any:
    """Exactly these."""
    wanted = {int(one.skill): one.level for one in call.body.skills}
    set_skills(call.person, call.id, wanted, by=call.by, at=call.at)
    return _skills_of(call.id)


@route("GET", "/agents/{id}/availability", answer=shapes.Availability)
def availability(call: Call) -> Any:
    """Whether somebody may be given work just now."""
    return _availability(call)


@route("PUT", "/agents/{id}/availability", body=shapes.AvailabilitySaid, answer=shapes.Availability)
def set_agents_availability(call: Call) -> Any:
    """Your own, or that of people you lead. Said outside of their hours, available holds until these begin."""
    said = call.body
    set_availability(call.person, call.id, said.state, reason=said.reason, by=call.by, at=call.at)
    return _availability(call)


@route("PATCH", "/agents/{id}/availability", body=shapes.CapacityPatch, answer=shapes.Availability)
def set_agents_capacity(call: Call) -> Any:
    """How much somebody can have at once, and whose hours they keep."""
    was, given = attendance_for(call.person, call.id), call.body
    units = was.units if given.capacity is UNSET else given.capacity
    calendar = was.calendar_id if given.calendar is UNSET else _key(given.calendar)
    set_capacity(call.person, call.id, units=units, calendar=calendar, by=call.by, at=call.at)
    return _availability(call)


def _availability(call: Call) -> shapes.Availability:
    now = attendance_for(call.person, call.id)
    calendar = str(now.calendar_id) if now.calendar_id else None
    return shapes.Availability(now.state, now.reason, now.since, now.units, calendar, now.insists_until)


def _skills_of(agent: int) -> shapes.SkillsOf:
    return shapes.SkillsOf([shapes.SkillLevel(str(row.id), row.level, row.name) for row in skills_of(agent)])


def _weights() -> shapes.Weights:
    found = weights()
    kinds = sorted({*found.kinds.values(), *found.by_kind, "email", "chat", "phone"})
    return shapes.Weights([shapes.Weight(kind, *found.of_kind(kind)) for kind in kinds])


def _one(key: int) -> shapes.Skill:
    found = next((row for row in skills() if row.id == key), None)
    if found is None:
        raise NotFound(f"There is no skill {key}.")
    return _skill(found)


def _skill(row: Any) -> shapes.Skill:
    return shapes.Skill(str(row.id), row.kind, row.name, row.people)


def _rule(row: Any) -> shapes.SkillRule:
    return shapes.SkillRule(
        str(row.id), str(row.skill_id), row.level, row.is_mandatory, _word(row.topic_id), row.language, _word(row.channel_id),
        _word(row.brand_id), _word(row.team_id),
    )  # fmt: skip


def _key(word: str | None) -> int | None:
    return int(word) if word else None


def _word(key: int | None) -> str | None:
    return str(key) if key else None
