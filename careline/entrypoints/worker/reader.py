"""The durable reader that calls the reactions, in the order of commits."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from careline.domain.history.commands import move_cursor, set_aside
from careline.domain.history.queries import Happened, cursor_of, happenings_after
from careline.entrypoints.worker import wakeup
from careline.entrypoints.worker.reactions import REACTIONS, Reaction
from careline.kit import clock, db

log = logging.getLogger(__name__)
NAME = "reactions"
BATCH = 50


class Reader:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        if not read_on(NAME, REACTIONS, at=clock.now()):
            wakeup.sleep(1.0, stop=self._stop, rest=wakeup.SHORT_REST)


def read_on(reader: str, reactions: Mapping[str, tuple[Reaction, ...]], *, at: datetime) -> int:
    """Reads on to the next happening that somebody reacts to: its effects and the cursor in one transaction.

    One at a time, because a transaction that locks several cases meets intake, which locks them in another order.
    How many happenings it went past.
    """
    with transaction.atomic():
        batch = happenings_after(cursor_of(reader, locked=True), limit=BATCH)
        passed = 0
        for happened in batch:
            passed += 1
            if wanted := reactions.get(happened.name, ()):
                for reaction in wanted:
                    _react(reader, reaction, happened, at)
                break
        if passed:
            last = batch[passed - 1].cursor
            move_cursor(reader, tx=last.tx, happening=last.happening, at=at)
    return passed


def _react(reader: str, reaction: Reaction, happened: Happened, at: datetime) -> None:
    try:
        with transaction.atomic():
            reaction(happened, at)
    except Exception as error:
        if db.is_passing(error):
            raise
        log.exception("%s failed on happening %s and is set aside.", reaction.__name__, happened.id)
        set_aside(reader, happening=happened.id, name=happened.name, error=f"{reaction.__name__}: {error}", at=at)
