"""Somebody follows a case, by themselves or because a colleague put them on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases, followers
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.staff.queries import is_assignable
from careline.domain.staff.rules import Person


def follow(agent: Person, number: int, who: int, *, by: Actor, at: datetime) -> None:
    """Whoever sees a case may follow it; to put somebody else on it takes the right to assign. Raises NotFound, Forbidden, Refused."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=_verb(agent, who)).id)
        if who != agent.id and not is_assignable(who, "conversation:read"):
            raise Refused("This person can't follow cases: they are away for good, or may not read any.")
        if case.restricted_to is not None and who not in case.restricted_to:
            raise Refused("This case is open to named people only, and they are not one of them.")
        followers.follow(case, agent=who, by=by, at=at)


def unfollow(agent: Person, number: int, who: int, *, by: Actor, at: datetime) -> None:
    """The other way round, by the same rule."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=_verb(agent, who)).id)
        followers.unfollow(case, agent=who, by=by, at=at)


def _verb(agent: Person, who: int) -> str:
    return "conversation:read" if who == agent.id else "conversation:assign"
