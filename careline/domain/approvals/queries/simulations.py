"""Trials of drafts, and how far they are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.kit import db


def simulation_by_id(key: int) -> Any | None:
    """id, policy_id, rules, total, done, found, at, ended_at."""
    return db.row("SELECT * FROM approvals_simulation WHERE id = %s", [key])


def latest_simulation() -> Any | None:
    """Of the draft as it stands now: what was tried before it was changed is not it."""
    return db.row(
        """SELECT s.* FROM approvals_simulation s JOIN approvals_policy p ON p.id = s.policy_id AND p.valid_from IS NULL
           AND p.rules = s.rules ORDER BY s.id DESC LIMIT 1"""
    )


def decisions_before(key: int | None, *, since: datetime, until: datetime, limit: int) -> list[Any]:
    """The newest first: id, at, agent_id, action, facts, outcome, code, rule, exceeded, conversation_id."""
    return db.rows(
        """SELECT id, at, agent_id, action, facts, outcome, code, rule, exceeded, conversation_id FROM approvals_decision
           WHERE at > %(since)s AND at <= %(until)s AND (%(key)s::bigint IS NULL OR id < %(key)s) ORDER BY id DESC LIMIT %(limit)s""",
        {"since": since, "until": until, "key": key, "limit": limit},
    )


def earliest_simulation() -> datetime | None:
    found: datetime | None = db.value("SELECT min(due_at) FROM approvals_simulation WHERE due_at IS NOT NULL")
    return found
