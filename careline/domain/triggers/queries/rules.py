"""The rules as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.kit import db

_RULE = """
SELECT r.id, r.name, r.kind, r.whens, r.conditions, r.actions, r.calendar_id, r.position, r.is_active, r.stops, r.author_id,
    a.name AS author_name, r.added_at, r.changed_at, r.heard_from, r.next_due_at, r.version
FROM triggers_rule r LEFT JOIN staff_agent a ON a.id = r.author_id
"""
ACTED = ("done", "partly", "refused")


def rules() -> list[Any]:
    """All of them, in the order in which they run."""
    return db.rows(_RULE + "ORDER BY r.position, r.id")


def rule_by_id(key: int) -> Any | None:
    return db.row(_RULE + "WHERE r.id = %s", [key])


def listening_rules() -> list[Any]:
    """Triggers that are switched on, in order."""
    return db.rows(_RULE + "WHERE r.is_active AND r.kind = 'trigger' ORDER BY r.position, r.id", prepared=True)


def due_rule(at: datetime) -> Any | None:
    """A rule by time whose minute has come, held until the transaction ends."""
    return db.row(
        _RULE
        + """WHERE r.is_active AND r.kind = 'time' AND r.next_due_at <= %s ORDER BY r.next_due_at, r.position, r.id LIMIT 1
                   FOR UPDATE OF r SKIP LOCKED""",
        [at],
    )


def earliest_due_rule() -> datetime | None:
    """When a rule by time looks next."""
    return db.value("SELECT min(next_due_at) FROM triggers_rule WHERE is_active AND kind = 'time'")


def figures_of(rules: Sequence[int], *, at: datetime) -> dict[int, Any]:
    """Rule → acted (in 7 days), last_at (when it acted last, of what the log still holds)."""
    found = db.rows(
        """SELECT rule_id, count(*) FILTER (WHERE at > %(since)s) AS acted, max(at) AS last_at FROM triggers_run
           WHERE rule_id = ANY(%(rules)s) AND outcome = ANY(%(acted)s) GROUP BY rule_id""",
        {"rules": list(rules), "since": at - timedelta(days=7), "acted": list(ACTED)},
    )
    return {row.rule_id: row for row in found}
