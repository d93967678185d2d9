"""How pressing a due moment is."""

from __future__ import annotations

from datetime import datetime, timedelta

SOON = timedelta(hours=2)


def due_state(due_at: datetime | None, *, at: datetime) -> str:
    """none, ok, soon (within two hours) or late."""
    if due_at is None:
        return "none"
    left = due_at - at
    return "late" if left < timedelta() else "soon" if left <= SOON else "ok"
