"""How often one address may ask: a bucket in this process's memory that fills again while it is not used."""

from __future__ import annotations

import threading
import time

from django.http import HttpRequest

_MOST_CALLERS = 20_000


class Pace:
    """`burst` at once, then as many a minute as `a_minute` says."""

    def __init__(self, *, burst: int, a_minute: int) -> None:
        self._burst, self._per_second = float(burst), a_minute / 60
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def allows(self, request: HttpRequest) -> bool:
        """Whether the one who asks may; it is counted."""
        caller, now = str(request.META.get("REMOTE_ADDR", "")), time.monotonic()
        with self._lock:
            if len(self._left) > _MOST_CALLERS:
                self._left.clear()
            left, since = self._left.get(caller, (self._burst, now))
            left = min(self._burst, left + (now - since) * self._per_second)
            self._left[caller] = (left - 1 if left >= 1 else left, now)
            return left >= 1

    def forget(self) -> None:
        """Everybody begins anew; for tests."""
        self._left.clear()
