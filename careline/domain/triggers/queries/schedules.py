"""Recurring cases as they stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.kit import db

_SCHEDULE = """
SELECT d.id, d.name, d.rule, d.starts_on, d.wall_time, d.zone, d.until, d.calendar_id, d.on_holiday, d.template, d.is_active, d.author_id,
    a.name AS author_name, d.added_at, d.next_on, d.next_due_at
FROM triggers_schedule d LEFT JOIN staff_agent a ON a.id = d.author_id
"""


def schedules() -> list[Any]:
    """All of them, what comes next first."""
    return db.rows(_SCHEDULE + "ORDER BY d.next_due_at NULLS LAST, lower(d.name), d.id")


def schedule_by_id(key: int) -> Any | None:
    return db.row(_SCHEDULE + "WHERE d.id = %s", [key])


def due_schedule(at: datetime) -> Any | None:
    """One that is due, held until the transaction ends."""
    return db.row(
        _SCHEDULE
        + "WHERE d.is_active AND d.next_due_at <= %s ORDER BY d.next_due_at, d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED",
        [at],
    )


def earliest_schedule() -> datetime | None:
    return db.value("SELECT min(next_due_at) FROM triggers_schedule WHERE is_active")


def openings_of(schedule: int, *, limit: int = 20) -> list[Any]:
    """What it opened, the newest first: on, at, number, missed, refusal."""
    return db.rows(
        """SELECT id, "on", at, number, missed, refusal FROM triggers_opening WHERE schedule_id = %s ORDER BY "on" DESC LIMIT %s""",
        [schedule, limit],
    )
