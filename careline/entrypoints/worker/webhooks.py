"""Webhooks: a durable reader that queues what happened, and a dispatcher whose attempts never wait for each other."""

from __future__ import annotations

import logging
import queue
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.commands import move_cursor, set_aside
from careline.domain.history.queries import Happened, cursor_of, happenings_after
from careline.domain.webhooks.commands.attempts import Attempt
from careline.domain.webhooks.queries import earliest_due
from careline.entrypoints.worker import wakeup
from careline.flows.deliver_webhook import Describe, claim, note_end, packed, posted, take_over_abandoned
from careline.flows.queue_webhooks import queue_webhooks
from careline.kit import clock, db

log = logging.getLogger(__name__)
NAME = "webhooks"
BATCH = 1000
THREADS = 64
_LONGEST_SLEEP = 1.0
_BUSY_SLEEP = 0.05


class Reader:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        if not read_on(at=clock.now()):
            wakeup.sleep(_LONGEST_SLEEP, stop=self._stop)


class Dispatcher:
    """One loop speaks to the database; each attempt is on a thread of its own, so that one slow target delays no other."""

    def __init__(self, worker: str, stop: threading.Event, describe: Describe | None = None) -> None:
        self._worker, self._stop, self._describe = f"{worker}/webhooks", stop, describe
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="webhook")
        self._ended: queue.SimpleQueue[tuple[int, Attempt]] = queue.SimpleQueue()
        self._unsaid: list[tuple[int, Attempt]] = []
        self._under_way: set[int] = set()
        self._knows_its_claims = False

    def once(self) -> None:
        noted = self._note_ends()
        self._take_up_again()
        self._knows_its_claims = False
        begun = self._begin() if len(self._under_way) < THREADS else 0
        self._knows_its_claims = True
        if noted or begun:
            return
        if self._under_way:
            self._wait_for_an_end()
        else:
            due = earliest_due()
            pause = _LONGEST_SLEEP if due is None else (due - clock.now()).total_seconds()
            wakeup.sleep(min(_LONGEST_SLEEP, max(0.02, pause)), stop=self._stop)

    def _take_up_again(self) -> None:
        """What a dead worker left, and after the database went away, what was claimed here without our learning of it."""
        if not self._knows_its_claims:
            take_over_abandoned(worker=self._worker, under_way=list(self._under_way), at=clock.now())

    def _begin(self) -> int:
        claimed = claim(worker=self._worker, at=clock.now())
        for delivery in claimed:
            parcel = self._packed(delivery)
            if parcel is not None:
                self._under_way.add(delivery.id)
                self._threads.submit(posted, parcel).add_done_callback(self._noting(delivery.id))
        return len(claimed)

    def _packed(self, delivery: Any) -> Any:
        """What can't be made into a parcel fails alone, and is shown with its reason."""
        try:
            return packed(delivery, worker=self._worker, describe=self._describe, at=clock.now())
        except Exception as error:
            if db.is_passing(error):
                raise
            log.exception("Webhook delivery %s can't be made.", delivery.id)
            self._under_way.add(delivery.id)
            self._unsaid.append((delivery.id, Attempt(None, f"It could not be made: {type(error).__name__}.")))
            return None

    def _noting(self, delivery: int) -> Any:
        def ended(future: Future[Attempt]) -> None:
            error = future.exception()
            if error is not None:
                log.error("Webhook delivery %s failed.", delivery, exc_info=error)
            attempt = future.result() if error is None else Attempt(None, f"{type(error).__name__}: {error}"[:500])
            self._ended.put((delivery, attempt))

        return ended

    def _note_ends(self) -> int:
        while True:
            try:
                self._unsaid.append(self._ended.get_nowait())
            except queue.Empty:
                break
        count = len(self._unsaid)
        while self._unsaid:
            delivery, attempt = self._unsaid[0]
            note_end(delivery, attempt, worker=self._worker, at=clock.now())
            self._under_way.discard(delivery)
            del self._unsaid[0]
        return count

    def _wait_for_an_end(self) -> None:
        """Also looks now and then whether another target has something due."""
        try:
            self._unsaid.append(self._ended.get(timeout=_BUSY_SLEEP))
        except queue.Empty:
            return


def read_on(*, at: datetime) -> int:
    """Reads on a batch: its deliveries and the cursor in one transaction. How many happenings it went past."""
    with transaction.atomic():
        batch = happenings_after(cursor_of(NAME, locked=True), limit=BATCH)
        if batch:
            _queue(batch, at=at)
            last = batch[-1].cursor
            move_cursor(NAME, tx=last.tx, happening=last.happening, at=at)
    if batch:
        wakeup.wake_all()
    return len(batch)


def _queue(batch: list[Happened], *, at: datetime) -> None:
    """A happening that can't be told is set aside; those beside it are."""
    try:
        with transaction.atomic():
            queue_webhooks(batch, at=at)
    except Exception as error:
        if db.is_passing(error):
            raise
        if len(batch) > 1:
            for happened in batch:
                _queue([happened], at=at)
            return
        log.exception("Happening %s can't be told to webhooks and is set aside.", batch[0].id)
        set_aside(NAME, happening=batch[0].id, name=batch[0].name, error=f"queue_webhooks: {error}", at=at)
