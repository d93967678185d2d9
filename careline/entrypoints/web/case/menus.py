"""What the menus of a case's cover hold: fetched when one is first opened, for a house of a hundred teams need not be in every page."""

from __future__ import annotations

from django.http import HttpResponse

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.staff.queries import agents, teams
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.presenting import agent_of
from careline.entrypoints.web.visit import Visit


def assignees(visit: Visit, number: int) -> HttpResponse:
    """Whom the case can be given to."""
    found = conversation_for(visit.person, number)
    people = [agent_of(row) for row in agents() if row.is_active]
    return part(visit, "case/_assignees", url=f"/conversations/{number}", agents=people, held=found.assignee_id)


def teams_of_house(visit: Visit, number: int) -> HttpResponse:
    """Which team it can be moved to."""
    found = conversation_for(visit.person, number)
    return part(visit, "case/_teams", url=f"/conversations/{number}", teams=teams(), held=found.team_id)
