"""Somebody leaves: they are out at once, and their open work goes to a colleague or back to its team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.conversations.commands.handing_over import AT_ONCE, hand_over_some, unfollow_some
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.belongings import belongings_of
from careline.domain.history.actor import Actor
from careline.domain.staff.commands import deactivate
from careline.domain.staff.queries import agent_by_number, is_assignable
from careline.domain.staff.rules import Forbidden, Person, require


@dataclass(frozen=True, slots=True)
class Belongings:
    """What hangs on somebody: of it the open cases are handed over, and following ends; scheduled answers still leave."""

    open_cases: int
    snoozed: int
    without_team: int
    scheduled: int
    followed: int


def belongings(agent: Person, who: int) -> Belongings:
    """What would be handed over if this person left. Raises Forbidden, NotFound."""
    require(agent, "staff:manage")
    _present(who)
    found = belongings_of(who)
    return Belongings(found.open_cases, found.snoozed, found.without_team, found.scheduled, found.followed)


def leave(agent: Person, who: int, *, hand_over_to: int | None, by: Actor, at: datetime) -> int:
    """Ends somebody's access and hands their open cases over (None: to their teams' queues); how many.

    First the access, in one step; then the cases, some at a time. Called again it goes on with what is left.
    Raises Forbidden, NotFound, Refused, LastAdministrator.
    """
    require(agent, "staff:manage")
    if who == agent.id:
        raise Forbidden("staff:manage", "Nobody ends their own access: ask another administrator.")
    leaver = _present(who)
    if hand_over_to is not None and (hand_over_to == who or not is_assignable(hand_over_to)):
        raise Refused("This person can't be given cases: they are away for good, or may not reply.")
    if leaver.is_active:
        deactivate(leaver, by=by, at=at)
    handed = 0
    while (some := hand_over_some(who, to=hand_over_to, by=by, at=at)) > 0:
        handed += some
        if some < AT_ONCE:
            break
    while unfollow_some(who, by=by, at=at) == AT_ONCE:
        pass
    return handed


def _present(who: int) -> Any:
    found = agent_by_number(who)
    if found is None:
        raise NotFound(f"Nobody has the number {who}.")
    return found
