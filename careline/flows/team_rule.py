"""How a team works on its cases."""

from __future__ import annotations

from datetime import datetime

from careline.domain.conversations.commands import teamrules
from careline.domain.conversations.errors import NotFound
from careline.domain.history.actor import Actor
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import Person, require


def keep_team_rule(agent: Person, team: int, *, only_assignee_sends: bool, by: Actor, at: datetime) -> None:
    """Whether answers of the team's cases are sent by their assignee alone. Raises Forbidden, NotFound."""
    require(agent, "staff:manage")
    if team not in {row.id for row in teams()}:
        raise NotFound(f"There is no team {team}.")
    teamrules.keep(team, only_assignee_sends=only_assignee_sends, by=by, at=at)
