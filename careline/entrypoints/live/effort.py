"""How long people are at work on a case, told by the same reports that say who is there.

Kept in memory and written down when they leave the case, fall idle, or every few minutes: what a process that is killed
forgets is at most that. A report that comes late, as after a closed lid, begins anew.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careline.domain.conversations.commands.working import note_work
from careline.domain.history.actor import agent

WORKS = ("view", "reply", "note")
LATE = timedelta(seconds=15)
WRITTEN_EVERY = timedelta(minutes=5)
LEAST = timedelta(seconds=2)
"""Shorter looks are no work."""


@dataclass(slots=True)
class Stretch:
    """Somebody at a case, without a break, from `began` to `last`."""

    number: int
    conversation: int
    began: datetime
    last: datetime


class Efforts:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[int, Stretch] = {}

    def take(self, case: Any, *, who: int, doing: str, at: datetime) -> None:
        """One report about a case; `case` has its id and number."""
        for stretch in self._over(case, who, doing, at):
            note_work(
                stretch.number, stretch.conversation, seconds=int((stretch.last - stretch.began).total_seconds()),
                began_at=stretch.began, by=agent(who), at=stretch.last,
            )  # fmt: skip

    def _over(self, case: Any, who: int, doing: str, at: datetime) -> list[Stretch]:
        """What is to be written down now."""
        with self._lock:
            held = self._open.get(who)
            is_same = held is not None and held.conversation == case.id
            if held is not None and is_same and at - held.last <= LATE:
                held.last = max(held.last, at)
            if held is not None and not is_same and doing not in WORKS:
                return []  # a farewell to a case that they had left before
            is_on = doing in WORKS and held is not None and is_same and at - held.last <= LATE
            if is_on and held is not None and held.last - held.began < WRITTEN_EVERY:
                return []
            self._open.pop(who, None)
            if doing in WORKS:
                self._open[who] = Stretch(case.number, case.id, at, at)
            return [held] if held is not None and held.last - held.began >= LEAST else []


EFFORTS = Efforts()
