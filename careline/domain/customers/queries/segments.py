"""Saved filters over customers."""

from __future__ import annotations

from typing import Any

from careline.kit import db

_SEGMENT = """
SELECT s.id, s.name, s.filter, s.owner_id, a.name AS owner_name, s.created_at, s.changed_at
FROM customers_segment s LEFT JOIN staff_agent a ON a.id = s.owner_id
"""


def segments() -> list[Any]:
    """All of them, by name."""
    return db.rows(f"{_SEGMENT} ORDER BY lower(s.name), s.id")


def segment_by_id(segment: int) -> Any | None:
    return db.row(f"{_SEGMENT} WHERE s.id = %s", [segment])
