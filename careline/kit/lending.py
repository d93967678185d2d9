"""Threads that mostly sleep share a few connections: whoever sleeps lays its own down, whoever wakes picks one up.

A connection is a process of PostgreSQL and weighs two to eight megabytes, whether anybody asks it anything or not. Nobody
waits long for another's: after a moment a new one is opened, and what nobody has picked up for a while is closed.
"""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg.pq import TransactionStatus

PATIENCE = 0.5
"""Seconds in which another's connection is waited for: many wake at once, and each has done in a few milliseconds."""
KEPT = 8.0
"""Seconds that a connection may lie untouched."""
FEW, A_MOMENT = 2, 0.1
"""With so many in use one waits so many seconds for them before another is picked up: all loops wake at the same commit, and what
lies for that moment alone would never grow old."""

_changed = threading.Condition()
_lying: list[tuple[float, Any]] = []
"""When each was laid down, and the connection; the last one is the first to be picked up, so that the rest grow old."""
_in_use: set[int] = set()
"""Threads that have a connection which was lent, or will be."""
_of_this_thread = threading.local()


@contextmanager
def lending() -> Iterator[None]:
    """Inside, this thread begins with another's connection and lends it whenever it sleeps; at the end it closes its own."""
    _of_this_thread.lends = True
    try:
        pick_up()
        yield
    finally:
        _of_this_thread.lends = False
        with _changed:
            _in_use.discard(threading.get_ident())
            _changed.notify()
        connection.close()


@contextmanager
def asleep() -> Iterator[None]:
    """Inside, this thread asks the database nothing. Threads that are not `lending` keep what they have."""
    if not getattr(_of_this_thread, "lends", False):
        yield
        return
    lay_down()
    try:
        yield
    finally:
        pick_up()


def lay_down() -> None:
    """For others to pick up; one that is in the middle of something stays where it is."""
    now = time.monotonic()
    old: list[Any] = []
    with _changed:
        if _is_free():
            _lying.append((now, connection.connection))
            connection.connection = None
        if connection.connection is None:
            _in_use.discard(threading.get_ident())
            _changed.notify()
        while _lying and now - _lying[0][0] > KEPT:
            old.append(_lying.pop(0)[1])
    for one in old:
        one.close()


def pick_up() -> None:
    """Where none comes free in time, Django opens a new one for the first statement."""
    if connection.connection is not None:
        return
    now = time.monotonic()
    until, soon = now + PATIENCE, now + A_MOMENT
    with _changed:
        while len(_in_use) >= FEW and time.monotonic() < soon:
            _changed.wait(soon - time.monotonic())
        while (found := _sound()) is None and time.monotonic() < until:
            _changed.wait(until - time.monotonic())
        _in_use.add(threading.get_ident())
    if found is not None:
        _use(found)


def close_lying() -> None:
    """Before the process ends, or the database is taken away."""
    with _changed:
        old = [one for _, one in _lying]
        _lying.clear()
    for one in old:
        one.close()


def _is_free() -> bool:
    raw = connection.connection
    return (
        raw is not None
        and not raw.closed
        and not connection.in_atomic_block
        and bool(connection.get_autocommit())
        and raw.info.transaction_status == TransactionStatus.IDLE
    )


def _sound() -> Any | None:
    """The one laid down last. What the server has said something on meanwhile was closed by it."""
    while _lying:
        _, raw = _lying.pop()
        if not raw.closed and not select.select([raw.fileno()], [], [], 0)[0]:
            return raw
        raw.close()
    return None


def _use(raw: Any) -> None:
    """As Django makes a connection its own; nothing of it asks the server, for the settings are those it was opened with."""
    own: Any = connection
    own.get_new_connection = lambda params: raw
    try:
        own.connect()
    finally:
        del own.get_new_connection
