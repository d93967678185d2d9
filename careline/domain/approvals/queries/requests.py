"""Requests for a decision, and who may be asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from careline.domain.approvals.rules.asking import Candidate
from careline.domain.staff.standing_in import superiors_of
from careline.kit import db


def request_by_id(key: int) -> Any | None:
    return db.row("SELECT * FROM approvals_request WHERE id = %s", [key])


def steps_of(request: int) -> list[Any]:
    """Oldest first: at, what, by_name, to_name, amount."""
    return db.rows(
        """SELECT s.at, s.what, s.by_agent_id, s.to_agent_id, b.name AS by_name, t.name AS to_name, s.amount FROM approvals_step s
           LEFT JOIN staff_agent b ON b.id = s.by_agent_id LEFT JOIN staff_agent t ON t.id = s.to_agent_id
           WHERE s.request_id = %s ORDER BY s.id""",
        [request],
    )


def asked_before(request: int) -> set[int]:
    """Everybody whom it was put before."""
    rows = db.rows(
        "SELECT DISTINCT to_agent_id FROM approvals_step WHERE request_id = %s AND to_agent_id IS NOT NULL", [request]
    )
    return {row.to_agent_id for row in rows}


def waiting_on(conversations: Collection[int]) -> int:
    """How many wait on these cases."""
    return int(
        db.value(
            "SELECT count(*) FROM approvals_request WHERE conversation_id = ANY(%s) AND state = 'waiting'",
            [list(conversations)],
        )
    )


def waiting_like(digest: str) -> int | None:
    """The request that waits for exactly this."""
    found: int | None = db.value("SELECT id FROM approvals_request WHERE digest = %s AND state = 'waiting'", [digest])
    return found


def waiting_for_return(goods: int) -> int | None:
    """The request that the outcome of a return waits for."""
    found: int | None = db.value(
        """SELECT q.id FROM approvals_request q JOIN orders_return g ON g.id = %s
           WHERE q.conversation_id = g.conversation_id AND q.state = 'waiting' AND q.params ->> 'return' = g.id::text ORDER BY q.id DESC LIMIT 1""",
        [goods],
    )
    return found


def candidates(agents: Collection[int], *, free: Collection[int], asker: int, at: datetime) -> list[Candidate]:
    """These people as they stand to the asker. `free`: those without a limit."""
    steps = {key: step for step, key in enumerate(superiors_of(asker) if asker else [], 1)}
    rows = db.rows(
        """SELECT a.id, coalesce(t.state, 'away') = 'away' AND t.since IS NOT NULL AS is_away,
               ARRAY(SELECT d.deputy_id FROM staff_deputy d JOIN staff_agent w ON w.id = d.deputy_id AND w.is_active
                     WHERE d.absent_id = a.id AND d.starts_at <= %(at)s AND d.ends_at > %(at)s ORDER BY d.id) AS deputies,
               (SELECT count(*) FROM approvals_request q WHERE q.approver_id = a.id AND q.state = 'waiting') AS waiting
           FROM staff_agent a LEFT JOIN staff_attendance t ON t.agent_id = a.id WHERE a.is_active AND a.id = ANY(%(agents)s)""",
        {"at": at, "agents": list(agents)},
    )
    return [
        Candidate(row.id, steps.get(row.id), tuple(row.deputies), row.id in free, bool(row.is_away), row.waiting)
        for row in rows
    ]


def waiting_for(agent: int) -> list[int]:
    """Requests that were put before this person and wait."""
    rows = db.rows("SELECT id FROM approvals_request WHERE approver_id = %s AND state = 'waiting' ORDER BY id", [agent])
    return [row.id for row in rows]


def earliest_request() -> datetime | None:
    found: datetime | None = db.value("SELECT min(due_at) FROM approvals_request WHERE due_at IS NOT NULL")
    return found
