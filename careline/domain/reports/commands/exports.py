"""Cases on their way into a file: asked for, taken up by the worker, made, fetched for a day, gone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

KEPT = timedelta(days=1)
TRIED_FOR = timedelta(minutes=30)
MOST_TRIES = 3


def ask(
    agent: int,
    *,
    format: str,
    columns: list[str],
    wanted: dict[str, Any],
    total: int,
    due_at: datetime,
    by: Actor,
    at: datetime,
) -> int:
    """Its key; the worker makes it when it is due."""
    key = db.value(
        """INSERT INTO reports_export (agent_id, format, columns, wanted, state, tries, total, written, size, parcel, words, created_at,
               due_at, expires_at) VALUES (%s, %s, %s, %s, 'queued', 0, %s, 0, 0, '', '', %s, %s, %s) RETURNING id""",
        [agent, format, db.json(columns), db.json(wanted), total, at, due_at, at + KEPT],
    )
    data = {"export": key, "format": format, "rows": total}
    record(Happening("cases.exported", "agent", agent, data=data), by=by, at=at)
    return int(key)


def take_up(*, at: datetime, key: int | None = None) -> Any | None:
    """The next one to make (or this one), put off meanwhile, so that one whose maker died is tried again. None where none is due."""
    return db.row(
        """UPDATE reports_export SET due_at = %(again)s, tries = tries + 1, written = 0 WHERE id = (
               SELECT id FROM reports_export WHERE state = 'queued' AND (id = %(key)s OR (%(key)s::bigint IS NULL AND due_at <= %(at)s))
               ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *""",
        {"again": at + TRIED_FOR, "at": at, "key": key},
    )


def release(*, at: datetime) -> None:
    """What a worker that died had taken up is due again at once."""
    db.execute("UPDATE reports_export SET due_at = %s WHERE state = 'queued' AND tries > 0 AND due_at > %s", [at, at])


def note_written(export: int, *, written: int) -> bool:
    """How far it is; False where nobody wants it any more."""
    return bool(db.execute("UPDATE reports_export SET written = %s WHERE id = %s", [written, export]))


def note_made(export: int, *, parcel: str, size: int, written: int) -> bool:
    """It may be fetched; what came or went meanwhile is counted as it was written. False where nobody wants it any more."""
    return bool(
        db.execute(
            """UPDATE reports_export SET state = 'done', words = '', parcel = %s, size = %s, written = %s, total = %s WHERE id = %s""",
            [parcel, size, written, written, export],
        )
    )


def note_failed(export: int, *, words: str) -> None:
    db.execute("UPDATE reports_export SET state = 'failed', words = %s WHERE id = %s", [words[:500], export])


def drop(export: int, *, agent: int) -> str | None:
    """One's own leaves the list, made or not; the name of its parcel. None where there is none."""
    return db.value("DELETE FROM reports_export WHERE id = %s AND agent_id = %s RETURNING parcel", [export, agent])


def forget(*, at: datetime) -> list[str]:
    """Those that nobody may fetch any more leave; the names of their parcels."""
    return [row.parcel for row in db.rows("DELETE FROM reports_export WHERE expires_at <= %s RETURNING parcel", [at])]
