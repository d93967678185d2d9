"""What is counted for tiers and offers: a little at a time, beside everything else that is due."""

from __future__ import annotations

import time
from datetime import datetime

from careline.domain.loyalty.queries.scheme import due
from careline.flows import count_pairs, keep_loyalty

_BUDGET = 0.3
"""Seconds before the timetable goes on with what else is due."""


class Counts:
    """How far it came is kept in memory only: a worker that is killed begins anew, and counts the same."""

    def __init__(self) -> None:
        self._after = 0
        self._pairs: count_pairs.Counting | None = None

    def once(self, at: datetime) -> None:
        found = due()
        if found is None:
            return
        until = time.monotonic() + _BUDGET
        while found.tiers_due_at is not None and found.tiers_due_at <= at and time.monotonic() < until:
            last = keep_loyalty.count_next_tiers(self._after, at=at)
            self._after = last or 0
            if last is None:
                break
        while found.pairs_due_at is not None and found.pairs_due_at <= at and time.monotonic() < until:
            self._pairs = self._pairs or count_pairs.begin(at=at)
            if not count_pairs.go_on(self._pairs, at=at):
                self._pairs = None
                break
