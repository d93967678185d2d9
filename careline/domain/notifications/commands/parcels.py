"""What is about to leave: one row for each browser, or one for the next mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.kit import db

MOST_TRIES = 6
_AGAIN_AFTER = timedelta(minutes=1)
_PUT = """
INSERT INTO notifications_parcel AS p (notification_id, device_id, due_at, tries, error)
SELECT r.notification, r.device, r.due, 0, '' FROM jsonb_to_recordset(%s) AS r (notification bigint, device bigint, due timestamptz)
ON CONFLICT (notification_id, device_id) DO UPDATE SET due_at = coalesce(p.due_at, excluded.due_at), tries = 0
"""
_CLAIM = """
UPDATE notifications_parcel p SET tries = p.tries + 1, due_at = CASE WHEN p.tries + 1 >= %(most)s THEN NULL
        ELSE %(at)s + %(pause)s::interval * power(2, p.tries) END
FROM (SELECT q.id FROM notifications_parcel q WHERE q.due_at <= %(at)s AND q.device_id IS NOT NULL
      ORDER BY q.due_at, q.id LIMIT %(limit)s FOR UPDATE SKIP LOCKED) due, notifications_notification n, notifications_device d
WHERE p.id = due.id AND n.id = p.notification_id AND d.id = p.device_id
RETURNING p.id, p.notification_id, p.device_id, n.agent_id, d.sealed, d.signed_by
"""


def put(parcels: Sequence[tuple[int, int | None, datetime]]) -> None:
    """(notification, device or None for mail, due moment) each; one that waits already keeps its moment."""
    if parcels:
        rows = [{"notification": n, "device": device, "due": due.isoformat()} for n, device, due in parcels]
        db.execute(_PUT, [db.json(rows)])


@transaction.atomic
def claim(*, at: datetime, limit: int) -> list[Any]:
    """Due for browsers, and not due again for a while: id, notification_id, device_id, agent_id, sealed, signed_by."""
    return db.rows(_CLAIM, {"at": at, "limit": limit, "most": MOST_TRIES, "pause": _AGAIN_AFTER})


def note_left(parcel: int, *, at: datetime) -> None:
    db.execute(
        """WITH done AS (UPDATE notifications_parcel SET due_at = NULL, left_at = %(at)s, error = '' WHERE id = %(id)s RETURNING device_id)
           UPDATE notifications_device d SET told_at = %(at)s FROM done WHERE d.id = done.device_id""",
        {"id": parcel, "at": at},
    )


def note_failed(parcel: int, *, error: str) -> None:
    """It is tried again at its next moment, where there is one."""
    db.execute("UPDATE notifications_parcel SET error = %s WHERE id = %s", [error[:300], parcel])


def drop(parcel: int) -> None:
    """There is nothing to tell any more."""
    db.execute("UPDATE notifications_parcel SET due_at = NULL WHERE id = %s", [parcel])


def take_for_mail(*, at: datetime) -> tuple[int, list[int]] | None:
    """(agent, notifications) of whoever's mail is due, all that waits for it then; over with the running transaction."""
    first = db.value(
        """SELECT n.agent_id FROM notifications_parcel p JOIN notifications_notification n ON n.id = p.notification_id
           WHERE p.due_at <= %s AND p.device_id IS NULL ORDER BY p.due_at, p.id LIMIT 1 FOR UPDATE OF p SKIP LOCKED""",
        [at],
    )
    if first is None:
        return None
    taken = db.rows(
        """UPDATE notifications_parcel p SET due_at = NULL, left_at = %s FROM notifications_notification n
           WHERE n.id = p.notification_id AND n.agent_id = %s AND p.device_id IS NULL AND p.due_at <= %s RETURNING p.notification_id""",
        [at, first, at],
    )
    return int(first), [row.notification_id for row in taken]
