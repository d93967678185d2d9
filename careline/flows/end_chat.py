"""A talk ends; what was said stays a case, which agents resolve as any other. Who asked for it gets the transcript by mail."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.chats import commands as chats
from careline.domain.history.actor import Actor


def end_chat(thread: int, *, by: Actor, at: datetime) -> bool:
    """False where it was over before."""
    with transaction.atomic():
        held = chats.locked_thread(thread)
        if held is None or not chats.end(held, by=by, at=at):
            return False
        if held.transcript_to:
            chats.mail_at(thread, at)
    return True
