"""Those who work here: yourself, agents, teams."""

from __future__ import annotations

from typing import Any

from careline.domain.conversations.errors import NotFound
from careline.domain.staff.commands import add_agent, add_team
from careline.domain.staff.queries import agents as all_agents
from careline.domain.staff.queries import teams as all_teams
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import address_of, team_key
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes.house import Agent, Me, NewAgent, NewTeam, Team
from careline.entrypoints.api.shapes.parts import Page, PageQuery


@route("GET", "/me", answer=Me)
def me(call: Call) -> Any:
    """Who you are, and what you may do: each verb with how far it reaches."""
    who = call.person
    return Me(
        id=str(who.id), name=who.name, email=who.email, role=who.role, language=who.language, time_zone=who.time_zone,
        teams=[str(team) for team in who.team_ids],
        grants={verb: sorted({grant.scope for grant in held}) for verb, held in sorted(who.grants.items())},
    )  # fmt: skip


@route("GET", "/agents", query=PageQuery, answer=Page[Agent])
def agents(call: Call) -> Any:
    """Everybody who works here, by name."""
    require(call.person, "staff:read")
    return short_page_of([_agent(row) for row in all_agents()], call.query)


@route("POST", "/agents", body=NewAgent, answer=Agent, status=201)
def new_agent(call: Call) -> Any:
    """Adds somebody; they sign in by a link from `careline user` or the people page."""
    require(call.person, "staff:manage")
    given = call.body
    email = address_of(given.email, "email")
    teams = tuple(dict.fromkeys(team_key(words, f"teams[{n}]") for n, words in enumerate(given.teams)))
    new = add_agent(email, name=given.name.strip(), role=given.role, team_ids=teams, by=call.by, at=call.at)
    return Created(f"/agents/{new.pk}", next(_agent(row) for row in all_agents() if row.id == new.pk))


@route("GET", "/teams", query=PageQuery, answer=Page[Team])
def teams(call: Call) -> Any:
    """The teams, by name."""
    require(call.person, "staff:read")
    return short_page_of([_team(row) for row in all_teams()], call.query)


@route("GET", "/teams/{id}", answer=Team)
def team(call: Call) -> Any:
    """One team."""
    require(call.person, "staff:read")
    found = next((row for row in all_teams() if row.id == call.id), None)
    if found is None:
        raise NotFound(f"There is no team {call.id}.")
    return _team(found)


@route("POST", "/teams", body=NewTeam, answer=Team, status=201)
def new_team(call: Call) -> Any:
    """Adds a team; a name that another one has is refused with 409."""
    require(call.person, "staff:manage")
    name = " ".join(call.body.name.split())
    if not name:
        raise Wrong(("name", "It is empty."))
    new = add_team(name, signature=call.body.signature, by=call.by, at=call.at)
    return Created(f"/teams/{new.pk}", Team(str(new.pk), new.name, new.signature, 0))


def _agent(row: Any) -> Agent:
    return Agent(str(row.id), row.name, row.email, row.role, row.role_name, row.is_active, row.team_names)


def _team(row: Any) -> Team:
    return Team(str(row.id), row.name, row.signature, row.size)
