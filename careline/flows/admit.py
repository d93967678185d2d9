"""Somebody unknown wrote into a thread: an agent says whether they belong to it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases, participants
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person


def admit(agent: Person, number: int, participant: int, *, welcome: bool, by: Actor, at: datetime) -> None:
    """From now on they receive answers of this case (or, not welcome, never do). Raises NotFound, Forbidden."""
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:reply").id)
        decide = participants.admit if welcome else participants.dismiss
        decide(case, participant=participant, by=by, at=at)
