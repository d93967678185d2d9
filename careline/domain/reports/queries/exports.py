"""Exports of cases, each for whoever asked for it alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.kit import db


def export_of(key: int, *, agent: int, at: datetime) -> Any | None:
    """One's own export: id, format, columns, wanted, state, tries, total, written, size, parcel, words, created_at, expires_at."""
    return db.row("SELECT * FROM reports_export WHERE id = %s AND agent_id = %s AND expires_at > %s", [key, agent, at])


def exports_of(agent: int, *, at: datetime, before: int | None = None, limit: int = 20) -> list[Any]:
    """One's own exports, the newest first; `before`: the key of the last one seen."""
    return db.rows(
        """SELECT * FROM reports_export WHERE agent_id = %(agent)s AND expires_at > %(at)s
               AND (%(before)s::bigint IS NULL OR id < %(before)s) ORDER BY id DESC LIMIT %(limit)s""",
        {"agent": agent, "at": at, "before": before, "limit": limit},
    )


def parcels() -> set[str]:
    """The names of all that are kept."""
    return {row.parcel for row in db.rows("SELECT parcel FROM reports_export WHERE parcel <> ''")}
