"""When the calendars that decide over people open next: they come in then, without anybody saying so."""

from __future__ import annotations

from datetime import datetime

from careline.domain.calendars.queries import calendars
from careline.domain.calendars.rules.schedule import NeverOpens, Schedule, TooFar, schedule_of
from careline.domain.calendars.rules.working_time import NeverCloses, next_opening
from careline.kit import db

_IN_USE = """
SELECT calendar_id FROM routing_queue WHERE calendar_id IS NOT NULL UNION
SELECT calendar_id FROM staff_attendance WHERE calendar_id IS NOT NULL
"""


def look_ahead(*, at: datetime) -> None:
    """Reckons anew when each calendar in use opens next; one that never does is not waited for."""
    used = {row.calendar_id for row in db.rows(_IN_USE)}
    found = {row.id: opening_of(schedule_of(row.hours), at) for row in calendars() if row.id in used}
    db.execute("DELETE FROM routing_opening")
    db.execute(
        "INSERT INTO routing_opening (calendar_id, due_at) SELECT c, d FROM unnest(%s::bigint[], %s::timestamptz[]) AS n (c, d)",
        [list(found), list(found.values())],
    )


def take_opened(*, at: datetime) -> list[int]:
    """Calendars that have opened; each waits for its next opening already."""
    opened = [
        row.calendar_id
        for row in db.rows("SELECT calendar_id FROM routing_opening WHERE due_at <= %s FOR UPDATE SKIP LOCKED", [at])
    ]
    if opened:
        look_ahead(at=at)
    return opened


def opening_of(schedule: Schedule, at: datetime) -> datetime | None:
    try:
        return next_opening(schedule, at)
    except (NeverOpens, NeverCloses, TooFar):
        return None
