"""A case that only named people may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases, followers
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.staff.queries import is_assignable
from careline.domain.staff.rules import Person

VERB = "conversation:restrict"


def restrict(agent: Person, number: int, people: Sequence[int], *, by: Actor, at: datetime) -> None:
    """From now on only these people see it, whoever restricts it and its assignee among them. Raises NotFound, Forbidden, Refused."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=VERB).id)
        wanted = {agent.id, *people, *([case.assignee_id] if case.assignee_id else [])}
        if not all(is_assignable(key, "conversation:read") for key in wanted - {agent.id}):
            raise Refused("One of these people may not read cases, or is away for good.")
        followers.restrict(case, people=sorted(wanted), by=by, at=at)


def unrestrict(agent: Person, number: int, *, by: Actor, at: datetime) -> None:
    """All who may see such cases see it again. Raises NotFound, Forbidden."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=VERB).id)
        followers.restrict(case, people=None, by=by, at=at)
