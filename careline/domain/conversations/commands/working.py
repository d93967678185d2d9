"""How long somebody was at work on a case: recorded as it happens, counted by reports."""

from __future__ import annotations

from datetime import datetime

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record


def note_work(number: int, conversation: int, *, seconds: int, began_at: datetime, by: Actor, at: datetime) -> None:
    """No customer's row: what one of us does before the screen is nothing of their story."""
    data = {"seconds": seconds, "began_at": began_at.isoformat()}
    record(Happening("conversation.worked", "conversation", number, conversation, data=data), by=by, at=at)
