"""A loop that goes on: what fails is logged and tried again, a database that went away is waited for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import connection

from careline.kit import db
from careline.kit.lending import lending

log = logging.getLogger(__name__)
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0


class Loop(threading.Thread):
    """Calls `once` again and again; `once` waits by itself where there is nothing to do."""

    def __init__(self, name: str, once: Callable[[], None], stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self._once, self._stop_asked = once, stop

    def run(self) -> None:
        with lending():
            self._go_on()

    def _go_on(self) -> None:
        wait = _FIRST_WAIT
        while not self._stop_asked.is_set():
            try:
                self._once()
                wait = _FIRST_WAIT
            except Exception as error:
                if db.is_passing(error):
                    log.warning("%s: not now (%s); trying again in %.1f s.", self.name, _words_of(error), wait)
                else:
                    log.exception("%s: failed; trying again in %.1f s.", self.name, wait)
                connection.close()
                self._stop_asked.wait(wait)
                wait = min(wait * 2, _LONGEST_WAIT)


def _words_of(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
