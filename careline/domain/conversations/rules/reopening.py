"""What a customer's message does to a case that was resolved."""

from __future__ import annotations

from datetime import datetime, timedelta

REOPEN, NEW, WITHIN = "reopen", "new", "within"
POLICIES = (REOPEN, NEW, WITHIN)
LONGEST = 3_650


def reopens(policy: str, *, days: int, resolved_at: datetime | None, at: datetime) -> bool:
    """Whether the case opens again; else the message begins a new one that is linked to it."""
    if policy == NEW:
        return False
    if policy == WITHIN and resolved_at is not None:
        return at - resolved_at <= timedelta(days=days)
    return True
