"""Sealing history and checking the seals: one chain a month, continued after commit by the timetable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.rules import GENESIS, chained
from careline.kit import db

BATCH = 2000
_ROWS = """
SELECT tx::text::bigint AS tx, id, (at AT TIME ZONE 'UTC') AS at, actor_kind, actor_id, via, name, version, subject_kind, subject_key,
    conversation_id, customer_id, data
FROM history
WHERE at >= %(first)s AND at < %(next)s AND (tx, id) > (%(tx)s::text::xid8, %(id)s) AND (tx, id) <= (%(end_tx)s::text::xid8, %(end_id)s)
ORDER BY history.tx, history.id LIMIT %(limit)s
"""
_MONTHS = """
SELECT DISTINCT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM') AS month FROM history
WHERE (tx, id) > (%s::text::xid8, %s) AND (tx, id) <= (%s::text::xid8, %s) ORDER BY 1
"""


def seal(*, at: datetime) -> int:
    """Continues the chain of every month that has new happenings; how many were sealed."""
    with transaction.atomic():
        db.lock_words(["history-seal"])
        since = db.row(
            """SELECT coalesce(max(tx), 0) AS tx,
                   coalesce(max(happening) FILTER (WHERE tx = (SELECT max(tx) FROM history_seal)), 0) AS id FROM history_seal"""
        )
        end = db.row(
            """SELECT tx::text::bigint AS tx, id FROM history WHERE tx < pg_snapshot_xmin(pg_current_snapshot())
               ORDER BY history.tx DESC, history.id DESC LIMIT 1"""
        )
        if since is None or end is None:
            return 0
        months = db.rows(_MONTHS, [str(since.tx), since.id, str(end.tx), end.id])
        return sum(_seal_month(row.month, end, at=at) for row in months)


def broken_months() -> list[str]:
    """The months whose happenings no longer give the digest they were sealed with."""
    broken = []
    for held in db.rows("SELECT month, tx, happening AS id, count, digest FROM history_seal ORDER BY month"):
        digest, count = GENESIS, 0
        for batch in _batches(held.month, 0, 0, held):
            digest, count = chained(digest, batch), count + len(batch)
        if (digest, count) != (held.digest, held.count):
            broken.append(held.month)
    return broken


def _seal_month(month: str, end: Any, *, at: datetime) -> int:
    held = db.row("SELECT tx, happening AS id, count, digest FROM history_seal WHERE month = %s", [month])
    tx, key, count, digest = (held.tx, held.id, held.count, held.digest) if held else (0, 0, 0, GENESIS)
    sealed = 0
    for batch in _batches(month, tx, key, end):
        digest, sealed = chained(digest, batch), sealed + len(batch)
        tx, key = batch[-1].tx, batch[-1].id
    if sealed:
        db.execute(
            """INSERT INTO history_seal (month, tx, happening, count, digest, sealed_at) VALUES (%s, %s, %s, %s, %s, %s)
               ON CONFLICT (month) DO UPDATE SET tx = excluded.tx, happening = excluded.happening, count = excluded.count,
                   digest = excluded.digest, sealed_at = excluded.sealed_at""",
            [month, tx, key, count + sealed, digest, at],
        )
    return sealed


def _batches(month: str, tx: int, key: int, end: Any) -> Iterator[list[Any]]:
    """A month's rows after (tx, key) up to `end`, in the order of commits."""
    first = datetime.fromisoformat(f"{month}-01T00:00:00+00:00")
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    while True:
        batch = db.rows(
            _ROWS,
            {
                "first": first,
                "next": following,
                "tx": str(tx),
                "id": key,
                "end_tx": str(end.tx),
                "end_id": end.id,
                "limit": BATCH,
            },
        )
        if not batch:
            return
        yield batch
        tx, key = batch[-1].tx, batch[-1].id
