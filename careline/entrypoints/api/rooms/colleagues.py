"""One colleague: roles, superior, deputies, what they may do and why, leaving; and a team's members."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.rules.reasons import Explained
from careline.domain.staff.commands import change_team, reactivate
from careline.domain.staff.factors import factors_of
from careline.domain.staff.queries import agent_by_number, agents, teams
from careline.domain.staff.roles import roles_of
from careline.domain.staff.rules import Forbidden, may, require
from careline.domain.staff.standing_in import KEPT, change_colleague, deputies_of, deputyship, end_deputy, name_deputy
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.rooms.roles import key_words
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import access as shapes
from careline.entrypoints.api.shapes.house import Team
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.explain import Rights, Source, rights, why
from careline.flows.leave import belongings, leave


@route("GET", "/agents/{id}", answer=shapes.Colleague)
def colleague(call: Call) -> Any:
    """One of those who work here, or did."""
    require(call.person, "staff:read")
    return _colleague(call.id)


@route("PATCH", "/agents/{id}", body=shapes.ColleagueChange, answer=shapes.Colleague)
def changed_colleague(call: Call) -> Any:
    """Other roles, or another superior. Refused for your own roles, for what you do not hold, and for the last administrator."""
    require(call.person, "staff:manage")
    found, given = _found(call.id), call.body
    change_colleague(
        found, role=given.role or None, extra=None if given.extra_roles is UNSET else given.extra_roles,
        superior=KEPT if given.reports_to is UNSET else int(given.reports_to) if given.reports_to else None, by=call.by, at=call.at,
    )  # fmt: skip
    return _colleague(call.id)


@route("GET", "/agents/{id}/belongings", answer=shapes.Belongings)
def colleagues_belongings(call: Call) -> Any:
    """What would be handed over if they left."""
    found = belongings(call.person, call.id)
    return shapes.Belongings(found.open_cases, found.snoozed, found.without_team, found.scheduled, found.followed)


@route("PUT", "/agents/{id}/deactivation", body=shapes.Leaving, answer=shapes.Left)
def deactivated(call: Call) -> Any:
    """Ends their access at once, and hands their open cases over. Answers they scheduled still leave."""
    to = int(call.body.hand_over_to) if call.body.hand_over_to else None
    return shapes.Left(leave(call.person, call.id, hand_over_to=to, by=call.by, at=call.at))


@route("DELETE", "/agents/{id}/deactivation", status=204)
def reactivated(call: Call) -> None:
    """They are back, with the roles they had."""
    require(call.person, "staff:manage")
    found = _found(call.id)
    if not found.is_active:
        reactivate(found, by=call.by, at=call.at)


@route("GET", "/agents/{id}/rights", query=shapes.RightsQuery, answer=shapes.Rights)
def colleagues_rights(call: Call) -> Any:
    """What they may do, and why; with `conversation` also on that case."""
    found, number = rights(call.person, call.id, at=call.at), call.query.conversation
    answers = why(call.person, call.id, number, at=call.at)[1] if number else ()
    return shapes.Rights(
        Named(str(found.who.id), found.who.name), _rights(found), number, [_on_case(one) for one in answers]
    )


@route("GET", "/agents/{id}/deputies", query=PageQuery, answer=Page[shapes.Deputy])
def deputies(call: Call) -> Any:
    """Who stands in for them, now or later."""
    require(call.person, "staff:read")
    _found(call.id)
    return short_page_of([_deputy(row) for row in deputies_of(call.id, at=call.at)], call.query)


@route("POST", "/agents/{id}/deputies", body=shapes.NewDeputy, answer=shapes.Deputy, status=201)
def new_deputy(call: Call) -> Any:
    """From one moment to another a colleague acts on their cases with their rights. Everybody names their own."""
    _require_own_or_manage(call)
    given = call.body
    made = name_deputy(
        _found(call.id), deputy_id=int(given.deputy), starts_at=given.starts_at, ends_at=given.ends_at, by=call.by, at=call.at
    )  # fmt: skip
    shown = next(_deputy(row) for row in deputies_of(call.id, at=call.at) if row.id == made.pk)
    return Created(f"/agents/{call.id}/deputies", shown)


@route("DELETE", "/agents/{id}/deputies/{deputy}", status=204)
def ended_deputy(call: Call) -> None:
    """They stand in no longer, from now on."""
    _require_own_or_manage(call)
    key = int(call.path["deputy"])
    found = deputyship(key)
    if found is None or found.absent_id != call.id:
        raise NotFound("There is no such deputy.")
    end_deputy(key, by=call.by, at=call.at)


@route("PATCH", "/teams/{id}", body=shapes.TeamChange, answer=Team)
def changed_team(call: Call) -> Any:
    """Another name or signature, or exactly these members."""
    require(call.person, "staff:manage")
    row, given = _team(call.id), call.body
    name = row.name if given.name is UNSET else " ".join(given.name.split())
    if not name:
        raise Wrong(("name", "It is empty."))
    members = None if given.members is UNSET else tuple(dict.fromkeys(int(key) for key in given.members))
    known = {one.id for one in agents()}
    if unknown := [key for key in members or () if key not in known]:
        raise Wrong(("members", f"Nobody has the number {unknown[0]}."))
    signature = row.signature if given.signature is UNSET else given.signature
    change_team(row.id, name=name, signature=signature, agent_ids=members, by=call.by, at=call.at)
    row = _team(call.id)
    return Team(str(row.id), row.name, row.signature, row.size)


def _require_own_or_manage(call: Call) -> None:
    if call.id != call.person.id and not may(call.person, "staff:manage"):
        raise Forbidden("staff:manage")


def _colleague(key: int) -> shapes.Colleague:
    row = next((row for row in agents() if row.id == key), None)
    if row is None:
        raise NotFound(f"Nobody has the number {key}.")
    extra = [one.code for one in roles_of(key) if one.is_extra]
    superior = str(row.reports_to_id) if row.reports_to_id else None
    factors = [one.kind for one in factors_of(key)]
    return shapes.Colleague(
        str(row.id), row.name, row.email, row.is_active, row.role, extra, list(row.team_names), superior, factors
    )


def _rights(found: Rights) -> list[shapes.Right]:
    return [shapes.Right(verb, [_source(one) for one in sources]) for verb, sources in found.sources.items()]


def _source(one: Source) -> shapes.Source:
    line = one.line
    absent = Named(str(one.absent), one.absent_name) if one.absent else None
    return shapes.Source(
        line.scope, key_words(line.channel_id), key_words(line.brand_id), key_words(line.team_id), one.role, absent
    )


def _on_case(one: Explained) -> shapes.OnCase:
    reasons = [shapes.Reason(r.why, r.allowed.scope, str(r.absent) if r.absent else None) for r in one.reasons]
    return shapes.OnCase(one.verb, one.is_allowed, one.is_held, one.is_kept_out, reasons)


def _deputy(row: Any) -> shapes.Deputy:
    return shapes.Deputy(str(row.id), Named(str(row.deputy_id), row.name), row.starts_at, row.ends_at, row.is_now)


def _found(key: int) -> Any:
    found = agent_by_number(key)
    if found is None:
        raise NotFound(f"Nobody has the number {key}.")
    return found


def _team(key: int) -> Any:
    found = next((row for row in teams() if row.id == key), None)
    if found is None:
        raise NotFound(f"There is no team {key}.")
    return found
