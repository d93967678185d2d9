"""Waiting for what happens in another process, no longer than it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def eventually(condition: Callable[[], Any], *, within: float = 20.0, every: float = 0.02) -> Any:
    """The first true value of `condition`; its last value where none came in time."""
    until = time.monotonic() + within
    while not (found := condition()) and time.monotonic() < until:
        time.sleep(every)
    return found
