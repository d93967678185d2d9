"""A snoozed case comes back at its moment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.queries.cases import earliest_snooze, snoozed_until
from careline.domain.history.actor import SYSTEM


def wake_snoozed(*, at: datetime, limit: int = 100) -> int:
    """Wakes cases whose snooze is over; how many."""
    with transaction.atomic():
        due = snoozed_until(at, limit=limit)
        for case in due:
            cases.snooze(case, until=None, by=SYSTEM, at=at)
    return len(due)


def earliest_snoozed() -> datetime | None:
    return earliest_snooze()
