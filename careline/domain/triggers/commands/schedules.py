"""Schedules are written and removed, and come due: once for each day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.triggers.rules.recurrence import Recurrence
from careline.kit import db


@dataclass(frozen=True, slots=True)
class WrittenSchedule:
    """A recurring case as somebody wrote it, already judged; `template` as `Schedule` has it."""

    name: str
    recurrence: Recurrence
    template: dict[str, Any] = field(default_factory=dict)
    calendar: int | None = None
    is_active: bool = True


Next = tuple[date, datetime] | None
"""The local day of the next case, and when it is due."""


@transaction.atomic
def add_schedule(written: WrittenSchedule, *, due: Next, author: int, by: Actor, at: datetime) -> int:
    key = db.value(
        """INSERT INTO triggers_schedule (name, rule, starts_on, wall_time, zone, until, calendar_id, on_holiday, template, is_active, author_id,
               added_at, next_on, next_due_at)
           VALUES (%(name)s, %(rule)s, %(starts)s, %(time)s, %(zone)s, %(until)s, %(calendar)s, %(holiday)s, %(template)s, %(active)s,
               %(author)s, %(at)s, %(next_on)s, %(next_at)s) RETURNING id""",
        _columns(written, due, author, at),
    )
    record(Happening("schedule.added", "schedule", key), by=by, at=at)
    return int(key)


@transaction.atomic
def change_schedule(key: int, written: WrittenSchedule, *, due: Next, author: int, by: Actor, at: datetime) -> None:
    db.execute(
        """UPDATE triggers_schedule SET name = %(name)s, rule = %(rule)s, starts_on = %(starts)s, wall_time = %(time)s, zone = %(zone)s,
               until = %(until)s, calendar_id = %(calendar)s, on_holiday = %(holiday)s, template = %(template)s, is_active = %(active)s,
               author_id = %(author)s, next_on = %(next_on)s, next_due_at = %(next_at)s WHERE id = %(key)s""",
        {**_columns(written, due, author, at), "key": key},
    )
    record(Happening("schedule.changed", "schedule", key), by=by, at=at)


@transaction.atomic
def remove_schedule(key: int, *, by: Actor, at: datetime) -> None:
    """The cases that it opened stay."""
    db.execute("DELETE FROM triggers_opening WHERE schedule_id = %s", [key])
    db.execute("DELETE FROM triggers_schedule WHERE id = %s", [key])
    record(Happening("schedule.removed", "schedule", key), by=by, at=at)


def claim_day(schedule: int, *, on: date, missed: int, at: datetime) -> int | None:
    """The right to open the case of that day; None where it was opened before."""
    found: int | None = db.value(
        """INSERT INTO triggers_opening (schedule_id, "on", at, missed, refusal) VALUES (%s, %s, %s, %s, '')
           ON CONFLICT (schedule_id, "on") DO NOTHING RETURNING id""",
        [schedule, on, at, missed],
    )
    return found


def note_opened(opening: int, *, number: int | None, refusal: str = "") -> None:
    db.execute("UPDATE triggers_opening SET number = %s, refusal = %s WHERE id = %s", [number, refusal[:500], opening])


def move_on(schedule: int, due: Next) -> None:
    """It comes due next then; without a next one it has ended."""
    db.execute(
        "UPDATE triggers_schedule SET next_on = %s, next_due_at = %s WHERE id = %s",
        [due[0] if due else None, due[1] if due else None, schedule],
    )


def _columns(written: WrittenSchedule, due: Next, author: int, at: datetime) -> dict[str, Any]:
    rule = written.recurrence
    return {
        "name": written.name, "rule": rule.rule, "starts": rule.starts_on, "time": rule.at, "zone": rule.zone, "until": rule.until,
        "calendar": written.calendar, "holiday": rule.on_holiday, "template": db.json(written.template), "active": written.is_active,
        "author": author, "at": at, "next_on": due[0] if due else None, "next_at": due[1] if due else None,
    }  # fmt: skip
