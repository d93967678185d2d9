"""A draft is tried on what was decided before: some decisions at a time, by the worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from careline.domain.approvals.rules.simulating import DAYS, MOST, Simulation
from careline.kit import db

KEPT = timedelta(days=30)


def start(policy: int, rules: Any, *, agent: int, at: datetime) -> int:
    """Its key. `rules` are those of the draft as they stand now."""
    return int(
        db.value(
            """INSERT INTO approvals_simulation (policy_id, asked_by_id, at, rules, total, done, found, due_at)
               SELECT %(policy)s, %(agent)s, %(at)s, %(rules)s, least(count(*), %(most)s), 0, '{}', %(at)s
               FROM approvals_decision WHERE at > %(since)s AND at <= %(at)s RETURNING id""",
            {"policy": policy, "agent": agent, "at": at, "rules": db.json(rules), "most": MOST, "since": at - timedelta(days=DAYS)},
        )
    )  # fmt: skip


def take_due(*, at: datetime) -> Any | None:
    """One that goes on, held by whoever asks."""
    return db.row(
        "SELECT * FROM approvals_simulation WHERE due_at <= %s ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED", [at]
    )


def go_on(key: int, found: Simulation, *, done: int, before: int | None, at: datetime) -> None:
    """`before`: the oldest decision that was tried; None: that was all."""
    db.execute(
        """UPDATE approvals_simulation SET found = %(found)s, done = done + %(done)s, before = %(before)s,
               due_at = CASE WHEN %(before)s::bigint IS NULL THEN NULL ELSE due_at END,
               ended_at = CASE WHEN %(before)s::bigint IS NULL THEN %(at)s::timestamptz END WHERE id = %(id)s""",
        {"found": db.json(found.kept()), "done": done, "before": before, "at": at, "id": key},
    )


def forget_simulations(*, at: datetime) -> int:
    """Those of a month ago go."""
    return db.execute("DELETE FROM approvals_simulation WHERE at < %s", [at - KEPT])
