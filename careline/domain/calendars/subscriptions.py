"""Calendars that take their holidays from an address: which, when each is to be looked at, and what came of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from careline.kit import db

_SUBSCRIBE = """
INSERT INTO calendars_subscription AS s (calendar_id, url, days, due_at, words) VALUES (%(calendar)s, %(url)s, '[]', %(at)s, '')
ON CONFLICT (calendar_id) DO UPDATE SET url = excluded.url, due_at = excluded.due_at, failed_at = NULL, words = ''
"""
# Whoever takes it has it until `until`: one that dies with it leaves it to be taken again then.
_TAKE = """
UPDATE calendars_subscription s SET due_at = %(until)s WHERE s.calendar_id = (
    SELECT calendar_id FROM calendars_subscription WHERE due_at <= %(at)s ORDER BY due_at, calendar_id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING s.calendar_id, s.url
"""


def subscription_of(calendar: int) -> Any | None:
    """url, days, due_at, refreshed_at, failed_at, words."""
    return db.row(
        "SELECT url, days, due_at, refreshed_at, failed_at, words FROM calendars_subscription WHERE calendar_id = %s",
        [calendar],
    )


def earliest_subscription() -> datetime | None:
    found: datetime | None = db.value("SELECT min(due_at) FROM calendars_subscription")
    return found


def subscribe(calendar: int, url: str, *, at: datetime) -> None:
    """It is looked at as soon as the worker can. The days of the address before go when the first of this one come."""
    db.execute(_SUBSCRIBE, {"calendar": calendar, "url": url, "at": at})


def unsubscribe(calendar: int) -> bool:
    """Its days stay. False where there was none."""
    return bool(db.execute("DELETE FROM calendars_subscription WHERE calendar_id = %s", [calendar]))


def take_due(*, at: datetime, until: datetime) -> Any | None:
    """The next that is due: calendar_id, url."""
    return db.row(_TAKE, {"at": at, "until": until})


def note_read(calendar: int, *, days: Collection[date], due: datetime, at: datetime) -> None:
    db.execute(
        """UPDATE calendars_subscription SET days = %s, refreshed_at = %s, due_at = %s, failed_at = NULL, words = ''
           WHERE calendar_id = %s""",
        [db.json([day.isoformat() for day in sorted(days)]), at, due, calendar],
    )


def note_failure(calendar: int, url: str, *, words: str, due: datetime, at: datetime) -> None:
    """Unless it has another address by now."""
    db.execute(
        "UPDATE calendars_subscription SET failed_at = %s, words = %s, due_at = %s WHERE calendar_id = %s AND url = %s",
        [at, words, due, calendar, url],
    )
