"""Keeps the facts of cases that reports are read from: follows what happens, and counts all anew where a definition changed."""

from __future__ import annotations

import threading
import time

from careline.domain.reports.commands.facts import count_marked, follow, go_on_recounting
from careline.entrypoints.worker import wakeup
from careline.kit import clock

_GATHERED = 0.25
"""Seconds in which happenings are gathered: a case that moves three times at once is counted once."""
_LOOK_AGAIN = 30.0
"""Seconds after which it is looked whether the opening hours or the zone are others than before."""


class Facts:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._look_at = 0.0

    def once(self) -> None:
        """A piece of each work that waits; then a pause as long as that took, so that it never takes the house for itself."""
        began = time.monotonic()
        if read := follow(at=clock.now()):
            self._look_at = 0.0  # perhaps the hours were changed
        busy = read or count_marked()
        if not busy and began >= self._look_at:
            busy = go_on_recounting(at=clock.now())
            self._look_at = began if busy else began + _LOOK_AGAIN
        if busy:
            self._stop.wait(min(_GATHERED, time.monotonic() - began))
        else:
            wakeup.sleep(2.0, stop=self._stop)
