"""Complaints as the house itself reads them; what a person may see of them stands in desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.kit import db


def complaint_by_id(key: int) -> Any | None:
    return db.row("SELECT * FROM complaints_complaint WHERE id = %s", [key])


def clocks_of(complaints: Sequence[int]) -> list[Any]:
    """complaint_id, kind, due_at, warn_at, warned_at, met_at, broken_at, first_due_at; in the order in which they end."""
    return db.rows(
        """SELECT complaint_id, kind, due_at, warn_at, warned_at, met_at, broken_at, first_due_at FROM complaints_clock
           WHERE complaint_id = ANY(%s) ORDER BY complaint_id, due_at, id""",
        [list(complaints)],
    )


def record_of(complaint: int, *, limit: int = 500) -> list[Any]:
    """Its lines, the newest first: id, at, by_name, what, words, data, language, message_id, paper_id."""
    return db.rows(
        """SELECT e.id, e.at, a.name AS by_name, e.what, e.words, e.data, e.language, e.message_id, e.paper_id
           FROM complaints_entry e LEFT JOIN staff_agent a ON a.id = e.by_agent_id
           WHERE e.complaint_id = %s ORDER BY e.id DESC LIMIT %s""",
        [complaint, limit],
    )


def entry_of(complaint: int, key: int) -> Any | None:
    return db.row("SELECT * FROM complaints_entry WHERE complaint_id = %s AND id = %s", [complaint, key])


def corrections_of(complaint: int) -> list[Any]:
    return db.rows(f"{_CORRECTIONS} WHERE k.complaint_id = %s ORDER BY k.id", [complaint])


def correction_by_id(key: int) -> Any | None:
    return db.row(f"{_CORRECTIONS} WHERE k.id = %s", [key])


def earliest_complaint() -> datetime | None:
    """When something is to be done for complaints next."""
    found: datetime | None = db.value(
        """SELECT least((SELECT min(rings_at) FROM complaints_clock WHERE rings_at IS NOT NULL),
               (SELECT min(rings_at) FROM complaints_correction WHERE rings_at IS NOT NULL))"""
    )
    return found


_CORRECTIONS = """
SELECT k.*, o.name AS owner_name, d.name AS doer_name, c.name AS checker_name FROM complaints_correction k
LEFT JOIN staff_agent o ON o.id = k.owner_id LEFT JOIN staff_agent d ON d.id = k.done_by_id
LEFT JOIN staff_agent c ON c.id = k.checked_by_id
"""
