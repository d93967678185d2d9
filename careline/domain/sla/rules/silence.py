"""When a case counts as forgotten: it is open, and nobody has touched it for three days; on the wall, so that a weekend alone is none."""

from __future__ import annotations

from datetime import datetime, timedelta

UNTOUCHED = timedelta(days=3)


def is_forgotten(category: str, updated_at: datetime, snoozed_until: datetime | None, *, at: datetime) -> bool:
    """What sleeps is not forgotten: somebody said when it comes back."""
    is_asleep = snoozed_until is not None and snoozed_until > at
    return category == "open" and not is_asleep and updated_at < at - UNTOUCHED
