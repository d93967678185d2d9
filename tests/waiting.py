"""Waiting for what happens in another process, no longer than it takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any


def eventually(condition: Callable[[], Any], *, within: float = 20.0, every: float = 0.02) -> Any:
    """The first true value of `condition`; its last value where none came in time.

    What takes longer is asked for more seldom: who asks takes the processor from those who are waited for.
    """
    began = time.monotonic()
    while not (found := condition()) and (waited := time.monotonic() - began) < within:
        time.sleep(max(every, min(waited / 20, 0.25)))
    return found
