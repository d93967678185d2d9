"""Sleeping until something was committed: one listening connection wakes every loop of the worker."""

from __future__ import annotations

import logging
import threading
import time

import psycopg

from careline.domain.history import wake
from careline.kit import clock
from careline.kit.lending import asleep

log = logging.getLogger(__name__)
REST, SHORT_REST = 0.25, 0.05
"""Seconds between two turns that commits call for: the first one is heard at once, where they follow each other they are gathered.
Two dozen loops that look after each single commit cost more than all that was committed."""
_something = threading.Condition()
_news = 0
_started = False
_of_this_thread = threading.local()


def sleep(seconds: float, *, stop: threading.Event, rest: float = REST) -> None:
    """Until something was committed anywhere, the time is over, or the worker is to stop. Others have our connection meanwhile.

    What was committed since the last time counts too. `rest` is for loops that somebody waits for.
    """
    global _started
    ends = time.monotonic() + seconds
    with asleep():
        with _something:
            if not _started:
                _started = True
                threading.Thread(target=_listen, args=[stop], name="wakeup", daemon=True).start()
            if not stop.is_set() and getattr(_of_this_thread, "heard", _news) == _news:
                _something.wait(seconds)
        rested_at = getattr(_of_this_thread, "woken_at", 0.0) + (0.0 if clock.is_standing() else rest)
        if (left := min(ends, rested_at) - time.monotonic()) > 0:
            stop.wait(left)
    _of_this_thread.heard, _of_this_thread.woken_at = _news, time.monotonic()


def pause(seconds: float, *, stop: threading.Event) -> None:
    """Until the time is over or the worker is to stop, whatever was committed."""
    with asleep():
        stop.wait(seconds)


def wake_all() -> None:
    """Wakes all who sleep: what they wait for may have come."""
    global _news
    with _something:
        _news += 1
        _something.notify_all()


def _listen(stop: threading.Event) -> None:
    params = wake.dsn()
    while not stop.is_set():
        try:
            with psycopg.connect(**params, autocommit=True) as own:
                own.execute(f"LISTEN {wake.CHANNEL}")
                while not stop.is_set():
                    for _ in own.notifies(timeout=1.0, stop_after=1):
                        wake_all()
        except psycopg.Error:
            log.warning("The listening connection was lost; trying again.")
            stop.wait(1.0)
