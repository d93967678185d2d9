"""How much one visitor, and one address, may do: buckets in this process's memory that fill again while they are not used."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, field

MOST_KNOWN = 20_000


@dataclass(slots=True)
class Buckets:
    """Each holds `most` and fills again by `per_second`."""

    most: float
    per_second: float
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def seconds_to_wait(self, whose: str, *, now: float | None = None) -> int:
        """0 where it may go on (it is counted), else the seconds until the next may."""
        now = time.monotonic() if now is None else now
        with self._lock:
            if len(self._left) > MOST_KNOWN:
                self._forget_rested(now)
            left, since = self._left.get(whose, (self.most, now))
            left = min(self.most, left + (now - since) * self.per_second)
            self._left[whose] = (left - 1 if left >= 1 else left, now)
            return 0 if left >= 1 else math.ceil((1 - left) / self.per_second)

    def forget(self) -> None:
        with self._lock:
            self._left.clear()

    def _forget_rested(self, now: float) -> None:
        rested = [
            who for who, (left, since) in self._left.items() if left + (now - since) * self.per_second >= self.most
        ]
        for who in rested or list(self._left)[: MOST_KNOWN // 2]:
            del self._left[who]


MESSAGES = Buckets(20, 0.75)
"""Of one visitor: twenty at once, then one in a second and a third."""
FILES = Buckets(10, 0.1)
FILES_FROM = Buckets(60, 0.5)
"""From one address: visitors cost nothing to make, room for files does."""
CALLS = Buckets(120, 4)
"""Of one visitor, all kinds together."""
VISITS = Buckets(120, 2)
"""New visitors from one address: an office behind one address opens many pages."""
TALKS_FROM = Buckets(60, 0.25)
"""New talks from one address: sixty at once, then fifteen a minute, so that a whole office may write of one outage."""
FROM_ADDRESS = Buckets(2000, 60)
"""All calls from one address."""
GUESSES = Buckets(30, 0.2)
"""Calls from one address with a token that nobody was given."""
ALL = (MESSAGES, FILES, FILES_FROM, CALLS, VISITS, TALKS_FROM, FROM_ADDRESS, GUESSES)
