"""Mails of the house to its own people: links to get in. Stored with their words sealed, sent by the worker, then emptied."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.staff.models import Agent, HouseLetter
from careline.kit import db
from careline.kit.keys import ring

SEALED_FOR = "house letter"
MOST_TRIES = 5
_AGAIN_AFTER = timedelta(minutes=1)
KEPT = timedelta(days=30)


def write_letter(agent: Agent, *, kind: str, words: str, valid: timedelta, at: datetime) -> None:
    """`words` are the link's token. Joins the transaction that made it."""
    HouseLetter.objects.create(
        agent=agent, kind=kind, words=ring().encrypt(SEALED_FOR, words.encode()), due_at=at, expires_at=at + valid
    )


@transaction.atomic
def claim_letter(*, at: datetime) -> Any | None:
    """The next that is due, and not due again for a minute: id, kind, token, name, email, language, message (a number). None where none is."""
    found = db.row(
        """SELECT l.id, l.kind, l.words, l.tries, l.expires_at, a.name, a.email, a.language FROM staff_houseletter l
           JOIN staff_agent a ON a.id = l.agent_id WHERE l.due_at <= %s ORDER BY l.due_at LIMIT 1 FOR UPDATE OF l SKIP LOCKED""",
        [at],
    )
    if found is None:
        return None
    is_over = found.expires_at <= at or found.tries >= MOST_TRIES or found.words is None
    again = None if is_over else at + _AGAIN_AFTER * 2**found.tries
    HouseLetter.objects.filter(pk=found.id).update(
        tries=found.tries + 1, due_at=again, **({"words": None} if is_over else {})
    )
    return None if is_over else found


def token_of(letter: Any) -> str:
    return ring().decrypt(SEALED_FOR, bytes(letter.words)).decode()


def note_sent(letter_id: int, *, at: datetime) -> None:
    HouseLetter.objects.filter(pk=letter_id).update(sent_at=at, due_at=None, words=None, error="")


def note_failed(letter_id: int, *, error: str) -> None:
    HouseLetter.objects.filter(pk=letter_id).update(error=error[:500])


def earliest_letter() -> datetime | None:
    return db.value("SELECT min(due_at) FROM staff_houseletter WHERE due_at IS NOT NULL")


def letters_since(agent_id: int, *, since: datetime) -> int:
    """How many were asked for: nobody's mailbox is filled from our sign-in page."""
    # expires_at stands for when it was written, which differs by its validity only
    return HouseLetter.objects.filter(agent_id=agent_id, expires_at__gt=since).exclude(kind="digest").count()


def forget_letters(*, at: datetime) -> int:
    return HouseLetter.objects.filter(expires_at__lt=at - KEPT).delete()[0]
