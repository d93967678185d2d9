"""Keeping what an undo puts back, for the seconds in which it may."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.rules.covers import UNDO_HOLD, cover_of
from careline.kit import db


def keep(case: Any, *, agent: int, at: datetime, note: int | None = None) -> None:
    """Keeps how the case stood (its row from before the change), unless nothing has changed. Forgets what is over.

    Of nobody (0: a rule did it) nothing is kept: people undo what they did themselves.
    """
    if not agent:
        return
    db.execute("DELETE FROM conversations_undo WHERE due_at < %s", [at])
    db.execute(
        """INSERT INTO conversations_undo (conversation_id, agent_id, at, due_at, before, version, note_id)
           SELECT c.id, %(agent)s, %(at)s, %(due)s, %(before)s, c.version, %(note)s FROM conversations_conversation c
           WHERE c.id = %(case)s AND c.version <> %(version)s
           ON CONFLICT (conversation_id, agent_id) DO UPDATE SET at = excluded.at, due_at = excluded.due_at,
               before = excluded.before, version = excluded.version, note_id = excluded.note_id""",
        {
            "agent": agent, "at": at, "due": at + UNDO_HOLD, "before": db.json(cover_of(case)), "note": note, "case": case.id,
            "version": case.version,
        },
    )  # fmt: skip


def forget(undo: int) -> None:
    db.execute("DELETE FROM conversations_undo WHERE id = %s", [undo])
