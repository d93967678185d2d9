"""Somebody leaves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record


@transaction.atomic
def note_sign_out(agent_id: int, *, by: Actor, at: datetime) -> None:
    """Puts it on the record, so that streams that are still open close."""
    record(Happening("agent.signed_out", "agent", agent_id), by=by, at=at)
