"""A loop that goes on: what fails is logged and tried again, a database that went away is waited for."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

import psycopg
from django.db import connection

from careline.kit import db

log = logging.getLogger(__name__)
_FIRST_WAIT, _LONGEST_WAIT = 0.1, 5.0
# SQLSTATE: a clash with another transaction, no room or memory, held by another, shutting down, the system's fault.
_PASSING = ("40", "53", "55", "57", "58")


class Loop(threading.Thread):
    """Calls `once` again and again; `once` waits by itself where there is nothing to do."""

    def __init__(self, name: str, once: Callable[[], None], stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self._once, self._stop_asked = once, stop

    def run(self) -> None:
        wait = _FIRST_WAIT
        while not self._stop_asked.is_set():
            try:
                self._once()
                wait = _FIRST_WAIT
            except Exception as error:
                if is_passing(error):
                    log.warning("%s: not now (%s); trying again in %.1f s.", self.name, _words_of(error), wait)
                else:
                    log.exception("%s: failed; trying again in %.1f s.", self.name, wait)
                connection.close()
                self._stop_asked.wait(wait)
                wait = min(wait * 2, _LONGEST_WAIT)
        connection.close()


def is_passing(error: BaseException) -> bool:
    """Whether trying again may help: the state of the database or the disk is to blame, not what was being worked on."""
    if isinstance(error, OSError) or db.is_lost(error):
        return True
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    return isinstance(cause, psycopg.Error) and (cause.sqlstate or "")[:2] in _PASSING


def _words_of(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
