"""A refusal is put on the record: who wanted what they may not."""

from __future__ import annotations

from datetime import datetime

from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.rules import Forbidden


def note_refusal(refusal: Forbidden | Refused, *, number: int = 0, by: Actor, at: datetime) -> None:
    """`number` is the case it was about; 0 for none. Call it outside the transaction that was refused."""
    data = {"code": getattr(refusal, "code", "")} | ({"case": number} if number else {})
    record(Happening("access.refused", "agent", by.id, data=data), by=by, at=at)
