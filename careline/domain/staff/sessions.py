"""In which browsers somebody is signed in: listed, and ended one by one or all at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.models import Agent, Session
from careline.kit import db

NUMBER = "careline_session"
"""Under this name a browser's session keeps its number in the list."""
NOTED_EVERY = timedelta(minutes=5)
KEPT = timedelta(days=90)
LONGEST = timedelta(hours=12)
"""As SESSION_COOKIE_AGE: what is older has run out by itself."""


@transaction.atomic
def begin_session(agent: Agent, *, how: str, device: str, place: str, by: Actor, at: datetime) -> int:
    """Somebody is in: puts it on the record. `how` they got in: password, link, passkey, sso …, with `+code` for a second factor."""
    made = Session.objects.create(
        agent=agent, how=how, device=device[:300], place=place[:64], started_at=at, last_seen_at=at
    )
    Agent.objects.filter(pk=agent.pk).update(last_login=at)
    record(Happening("agent.signed_in", "agent", agent.pk, data={"how": how, "session": made.pk}), by=by, at=at)
    return made.pk


def note_seen(session_id: int, *, place: str, at: datetime) -> None:
    Session.objects.filter(pk=session_id).update(last_seen_at=at, place=place[:64])


@transaction.atomic
def end_session(session_id: int, *, agent_id: int, by: Actor, at: datetime) -> bool:
    """That browser is out at its next step, its stream at once. False where there is no such session of theirs."""
    ended = Session.objects.filter(pk=session_id, agent_id=agent_id, ended_at=None).update(ended_at=at)
    if ended:
        record(Happening("session.ended", "agent", agent_id, data={"session": session_id}), by=by, at=at)
    return bool(ended)


@transaction.atomic
def end_sessions(agent_id: int, *, by: Actor, at: datetime, but: int | None = None) -> int:
    """All sessions of somebody end, `but` one; how many."""
    ended = Session.objects.filter(agent_id=agent_id, ended_at=None).exclude(pk=but or 0).update(ended_at=at)
    if ended:
        record(Happening("session.ended", "agent", agent_id, data={"count": ended}), by=by, at=at)
    return ended


def forget_sessions(*, at: datetime) -> int:
    """Where somebody was signed in long ago is nobody's business; how many."""
    return Session.objects.filter(last_seen_at__lt=at - KEPT).delete()[0]


def sessions_of(agent_id: int, *, at: datetime) -> list[Any]:
    """Those that are open, the latest first: id, how, device, place, started_at, last_seen_at."""
    return db.rows(
        """SELECT id, how, device, place, started_at, last_seen_at FROM staff_session
           WHERE agent_id = %s AND ended_at IS NULL AND last_seen_at > %s ORDER BY last_seen_at DESC, id DESC""",
        [agent_id, at - LONGEST],
    )
