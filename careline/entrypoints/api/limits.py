"""How many calls one caller may make: a bucket in this process's memory that fills again while it is not used."""

from __future__ import annotations

import math
import threading
import time

A_MINUTE = 1_200
_MOST_CALLERS = 10_000
_PER_SECOND = A_MINUTE / 60

_left: dict[str, tuple[float, float]] = {}
_lock = threading.Lock()


def seconds_to_wait(caller: str) -> int:
    """0 where the call may go on (it is counted), else the seconds until the next one may."""
    now = time.monotonic()
    with _lock:
        if len(_left) > _MOST_CALLERS:
            _forget_rested(now)
        left, since = _left.get(caller, (float(A_MINUTE), now))
        left = min(float(A_MINUTE), left + (now - since) * _PER_SECOND)
        if left < 1:
            _left[caller] = (left, now)
            return math.ceil((1 - left) / _PER_SECOND)
        _left[caller] = (left - 1, now)
        return 0


def _forget_rested(now: float) -> None:
    rested = [caller for caller, (left, since) in _left.items() if left + (now - since) * _PER_SECOND >= A_MINUTE]
    for caller in rested or list(_left)[: _MOST_CALLERS // 2]:
        del _left[caller]
