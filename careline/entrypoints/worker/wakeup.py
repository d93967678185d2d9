"""Sleeping until something was committed: one listening connection wakes every loop of the worker."""

from __future__ import annotations

import logging
import threading

import psycopg

from careline.domain.history import wake
from careline.kit.lending import asleep

log = logging.getLogger(__name__)
_something = threading.Condition()
_started = False


def sleep(seconds: float, *, stop: threading.Event) -> None:
    """Until something was committed anywhere, the time is over, or the worker is to stop. Others have our connection meanwhile."""
    global _started
    with asleep(), _something:
        if not _started:
            _started = True
            threading.Thread(target=_listen, args=[stop], name="wakeup", daemon=True).start()
        if not stop.is_set():
            _something.wait(seconds)


def pause(seconds: float, *, stop: threading.Event) -> None:
    """Until the time is over or the worker is to stop, whatever was committed."""
    with asleep():
        stop.wait(seconds)


def wake_all() -> None:
    """Wakes all who sleep: what they wait for may have come."""
    with _something:
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
