"""A team says what a customer's message does to a case that was resolved."""

from __future__ import annotations

from datetime import datetime

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.rules.reopening import LONGEST, POLICIES
from careline.domain.history.actor import Actor
from careline.domain.staff import reopening
from careline.domain.staff.rules import Person, require


def set_reopening(agent: Person, team: int, *, policy: str, days: int, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NotFound, Refused."""
    require(agent, "case_settings:manage")
    if policy not in POLICIES:
        raise Refused(f"There is no such rule; there are {', '.join(POLICIES)}.")
    if not 1 <= days <= LONGEST:
        raise Refused(f"Give a number of days from 1 to {LONGEST}.")
    if not reopening.set_reopening(team, policy=policy, days=days, by=by, at=at):
        raise NotFound(f"There is no team {team}.")
