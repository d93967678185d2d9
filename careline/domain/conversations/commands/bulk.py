"""Bulk changes as the worker goes through them: the change, its cases, how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

UNDONE_WITHIN = timedelta(days=1)


def ask(
    numbers: Sequence[int], *, change: dict[str, Any], verbs: Sequence[str], agent: int, by: Actor, at: datetime
) -> int:
    """A change to these cases (each once), waiting for the worker; its key."""
    wanted = list(dict.fromkeys(numbers))
    key = db.value(
        """INSERT INTO conversations_bulkchange (agent_id, verbs, via, change, state, total, created_at, due_at)
           VALUES (%s, %s, %s, %s, 'queued', %s, %s, %s) RETURNING id""",
        [agent, list(verbs), by.via, db.json(change), len(wanted), at, at],
    )
    db.execute(
        """INSERT INTO conversations_bulkitem (bulk_id, number, state, code, reason)
           SELECT %s, n, 'waiting', '', '' FROM unnest(%s::bigint[]) AS n""",
        [key, wanted],
    )
    record(Happening("bulk.asked", "bulk", key, data={"cases": len(wanted)}), by=by, at=at)
    return int(key)


def take_up(*, at: datetime) -> Any | None:
    """The next bulk change that has something to do, held until the transaction ends."""
    return db.row(
        """SELECT * FROM conversations_bulkchange WHERE state IN ('queued', 'running', 'undoing') AND due_at <= %s
           ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED""",
        [at],
    )


def locked(key: int) -> Any:
    return db.row("SELECT * FROM conversations_bulkchange WHERE id = %s FOR UPDATE", [key])


def set_state(bulk: Any, state: str, *, at: datetime) -> None:
    """`at` also makes it the last in the row of those that wait, so that a large change holds no small one up."""
    db.execute(
        """UPDATE conversations_bulkchange SET state = %s, due_at = %s,
               ended_at = CASE WHEN %s IN ('done', 'cancelled', 'undone') THEN %s END WHERE id = %s""",
        [state, at, state, at, bulk.id],
    )


def note_items(bulk: int, items: Sequence[dict[str, Any]]) -> None:
    """How it went with some cases: {number, state, code?, reason?, before?, version?, message?}."""
    if not items:
        return
    db.execute(
        """UPDATE conversations_bulkitem i SET state = n.state, code = coalesce(n.code, ''), reason = coalesce(n.reason, ''),
               before = coalesce(n.before, i.before), version = coalesce(n.version, i.version),
               message_id = coalesce(n.message, i.message_id)
           FROM jsonb_to_recordset(%s) AS n (number bigint, state text, code text, reason text, before jsonb, version int, message bigint)
           WHERE i.bulk_id = %s AND i.number = n.number""",
        [db.json(list(items)), bulk],
    )


def end(bulk: Any, state: str, *, by: Actor, at: datetime) -> None:
    """It is over, or undone: on the record with its figures."""
    set_state(bulk, state, at=at)
    found = db.rows(
        "SELECT state, count(*) AS n FROM conversations_bulkitem WHERE bulk_id = %s GROUP BY state", [bulk.id]
    )
    record(Happening(f"bulk.{state}", "bulk", bulk.id, data={row.state: row.n for row in found}), by=by, at=at)


def forget_old(*, at: datetime) -> int:
    """What can no longer be undone keeps no words of cases."""
    return db.execute(
        """UPDATE conversations_bulkitem i SET before = NULL FROM conversations_bulkchange b
           WHERE b.id = i.bulk_id AND b.ended_at < %s AND i.before IS NOT NULL""",
        [at - UNDONE_WITHIN],
    )
