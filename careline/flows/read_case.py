"""Somebody reads a case: how far is kept, and what they were told of it is seen."""

from __future__ import annotations

from datetime import datetime

from careline.domain.conversations.commands.labels import note_read
from careline.domain.history.actor import Actor
from careline.domain.notifications.commands.telling import see


def read_case(agent: int, conversation: int, message: int | None, *, by: Actor, at: datetime) -> None:
    """`message` is the last one they saw; None where they had read it all before."""
    if message:
        note_read(agent=agent, conversation=conversation, message=message)
    see(agent, conversation=conversation, by=by, at=at)
