"""Notifications: a durable reader that tells people of what happened, and what leaves for their browsers and mailboxes."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import transaction

from careline.domain.history.commands import move_cursor, set_aside
from careline.domain.history.queries import Happened, cursor_of, happenings_after
from careline.domain.notifications.queries.chosen import earliest_parcel
from careline.entrypoints.worker import wakeup
from careline.flows.notify import notify
from careline.flows.tell_by_mail import tell_by_mail
from careline.flows.tell_device import AT_ONCE, claim, note_end, packed, posted
from careline.kit import clock, db

log = logging.getLogger(__name__)
NAME = "notifications"
BATCH = 500


class Reader:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        if not read_on(at=clock.now()):
            wakeup.sleep(1.0, stop=self._stop)


class Leaving:
    """What is due for browsers and mailboxes. Up to sixteen browsers are told side by side."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="push")

    def once(self) -> None:
        if self.leave(at=clock.now()):
            return
        due = earliest_parcel()
        pause = 1.0 if due is None else (due - clock.now()).total_seconds()
        wakeup.sleep(min(1.0, max(0.05, pause)), stop=self._stop)

    def leave(self, *, at: datetime) -> bool:
        """Whether anything was due. What is claimed and not ended (killed in the middle) is tried again at its next moment."""
        claimed = claim(at=at)
        ready = [parcel for one in claimed if (parcel := packed(one, at=at)) is not None]
        for parcel, end in zip(ready, self._threads.map(posted, ready), strict=True):
            note_end(parcel, end, at=at)
        return tell_by_mail(at=at) or bool(claimed)


def read_on(*, at: datetime) -> int:
    """Reads on a batch: its notifications and the cursor in one transaction. How many happenings it went past."""
    with transaction.atomic():
        batch = happenings_after(cursor_of(NAME, locked=True), limit=BATCH)
        if batch:
            _tell(batch, at=at)
            last = batch[-1].cursor
            move_cursor(NAME, tx=last.tx, happening=last.happening, at=at)
    return len(batch)


def _tell(batch: list[Happened], *, at: datetime) -> None:
    """A happening that can't be told is set aside; those beside it are told."""
    try:
        with transaction.atomic():
            notify(batch, at=at)
    except Exception as error:
        if db.is_passing(error):
            raise
        if len(batch) > 1:
            for happened in batch:
                _tell([happened], at=at)
            return
        log.exception("Happening %s can't be told and is set aside.", batch[0].id)
        set_aside(NAME, happening=batch[0].id, name=batch[0].name, error=f"notify: {error}", at=at)
