"""The worker process: takes mail in, sends what is due, reacts to what happened. One of it per database."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from django.db import close_old_connections, connection

from careline.entrypoints.worker import (
    bulk,
    doors,
    exports,
    facts,
    feeds,
    house_letters,
    intake,
    notifications,
    outbox,
    payments,
    reader,
    routing,
    rules,
    search,
    shops,
    timetable,
    transcripts,
    wakeup,
    webhooks,
)
from careline.entrypoints.worker.loops import Loop
from careline.flows.deliver_webhook import Describe
from careline.kit import clock, db
from careline.kit.lending import close_lying

log = logging.getLogger(__name__)
_ONE_WORKER = "careline-worker"
_LOOK_EVERY = 1.0
SECONDS_TO_FINISH = 8


class Door(Protocol):
    """Takes in without the database, so it is open from the first moment and closed first."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


def run(mail_doors: Sequence[Door] = (), *, describe: Describe | None = None) -> int:
    """Runs until SIGTERM; then lets what is under way finish. `describe` shows webhooks what the API would."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    name = f"{socket.gethostname()}:{os.getpid()}:{time.time_ns()}"
    senders = outbox.names(name)
    loops = [
        Loop("intake", intake.Intake(stop).once, stop),
        *(Loop(f"outbox-{n}", outbox.Outbox(sender, stop).once, stop) for n, sender in enumerate(senders)),
        Loop("reader", reader.Reader(stop).once, stop),
        Loop("search", search.Indexer(stop).once, stop),
        Loop("timetable", timetable.Timetable(name, stop).once, stop),
        Loop("doors", doors.Doors(stop).once, stop),
        Loop("house-letters", house_letters.HouseLetters(stop).once, stop),
        Loop("webhook-reader", webhooks.Reader(stop).once, stop),
        Loop("webhooks", webhooks.Dispatcher(name, stop, describe).once, stop),
        Loop("notice-reader", notifications.Reader(stop).once, stop),
        Loop("notices", notifications.Leaving(stop).once, stop),
        Loop("routing", routing.Routing(stop).once, stop),
        Loop("rules", rules.Reader(stop).once, stop),
        Loop("rules-by-time", rules.ByTime(stop).once, stop),
        Loop("bulk", bulk.Bulk(stop).once, stop),
        Loop("feeds", feeds.Feeds(stop).once, stop),
        Loop("facts", facts.Facts(stop).once, stop),
        Loop("transcripts", transcripts.Transcripts(stop).once, stop),
        Loop("exports", exports.Exports(stop).once, stop),
        Loop("payments", payments.Payments(stop).once, stop),
        Loop("shops", shops.Shops(stop).once, stop),
    ]
    if clock.is_standing():
        from careline.entrypoints.worker import standing

        loops.append(Loop("clock", standing.Standing(stop).once, stop))
    for door in mail_doors:
        door.start()
    with_only_worker(stop, lambda: outbox.take_over(senders))
    for loop in loops:
        loop.start()
    _stay_only_worker(stop)
    wakeup.wake_all()
    deadline = time.monotonic() + SECONDS_TO_FINISH
    for door in mail_doors:
        threading.Thread(target=door.stop, daemon=True).start()
    for loop in loops:
        loop.join(timeout=max(0.0, deadline - time.monotonic()))
    close_lying()
    return 0


def _stay_only_worker(stop: threading.Event) -> None:
    """Until asked to stop. A lock lost with the database is taken anew; where another worker has it by now, this one ends."""
    while not stop.wait(_LOOK_EVERY):
        try:
            held = db.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
            if not held and not db.value("SELECT pg_try_advisory_lock(hashtext(%s))", [_ONE_WORKER]):
                log.warning("Another worker took over while the database was away; ending this one.")
                stop.set()
        except Exception as error:
            if not db.is_lost(error):
                raise
            connection.close()


def with_only_worker(stop: threading.Event, then: Callable[[], None]) -> None:
    """Waits until no other worker holds the database, so that whatever is claimed was claimed by a dead one."""
    while not stop.is_set():
        try:
            close_old_connections()
            if db.value("SELECT pg_try_advisory_lock(hashtext(%s))", [_ONE_WORKER]):
                then()
                return
        except Exception as error:
            if not db.is_lost(error):
                raise
            connection.close()
        stop.wait(0.2)
