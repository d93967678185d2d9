"""Transcripts asked for, made, and forgotten after a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

KEPT = timedelta(days=1)
TRIED_FOR = timedelta(minutes=5)


def ask(
    case: Any, *, agent: int, with_notes: bool, with_files: bool, send_to: list[dict[str, str]], by: Actor, at: datetime
) -> int:
    """Its key; the worker makes it."""
    key = db.value(
        """INSERT INTO conversations_transcript (conversation_id, agent_id, with_notes, with_files, send_to, state, words, created_at, due_at)
           VALUES (%s, %s, %s, %s, %s, 'queued', '', %s, %s) RETURNING id""",
        [case.id, agent, with_notes, with_files, db.json(send_to), at, at],
    )
    data = {"transcript": key, "notes": with_notes, "sent": len(send_to)}
    record(
        Happening("conversation.transcribed", "conversation", case.number, case.id, case.customer_id, data),
        by=by,
        at=at,
    )
    return int(key)


def take_up(*, at: datetime) -> Any | None:
    """The next one to make, put off meanwhile, so that one whose maker died is tried again; given up after three times."""
    db.execute("DELETE FROM conversations_transcript WHERE created_at < %s", [at - KEPT])
    return db.row(
        """UPDATE conversations_transcript SET due_at = %s, words = words || '.' WHERE id = (
               SELECT id FROM conversations_transcript WHERE state = 'queued' AND due_at <= %s
               ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *""",
        [at + TRIED_FOR, at],
    )


def note_made(transcript: int, *, digest: str) -> None:
    db.execute(
        "UPDATE conversations_transcript SET state = 'done', words = '', file_id = %s WHERE id = %s",
        [digest, transcript],
    )


def note_failed(transcript: int, *, words: str) -> None:
    db.execute(
        "UPDATE conversations_transcript SET state = 'failed', words = %s WHERE id = %s", [words[:500], transcript]
    )
