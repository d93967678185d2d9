"""Out of the spool, into cases: batches, by two takers where much waits, and alone whatever may have stopped an earlier worker."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings

from careline.domain.channels.queries import channels
from careline.domain.company.queries import languages
from careline.entrypoints.worker.journal import Journal
from careline.entrypoints.worker.takers import ROUND, Takers
from careline.flows.set_aside import set_aside
from careline.flows.take_in import House, RawArrival, take_in
from careline.kit import clock, db
from careline.kit.language import get_ready
from careline.kit.lending import asleep
from careline.kit.spool import NoSuchSpooled, Spool, Spooled

log = logging.getLogger(__name__)
ROUND_BYTES = 24 * 1024 * 1024
SECONDS_FOR_A_BATCH = 120.0
STOPS_ALLOWED = 4
"""Enough that a worker which is killed again and again for other reasons blames no mail."""
TRIES = 8
_CLASHES, _OUT_OF_MEMORY = ("40", "55"), "53200"
_HOUSE_KEPT_SECONDS = 1.0


class Intake:
    def __init__(self, stop: threading.Event, folder: Path | None = None) -> None:
        self._spool = Spool(folder or settings.DATA / "spool")
        self._journal = Journal(settings.DATA / "intake-under-way.json")
        self._house: House | None = None
        self._house_until = 0.0
        self._failed: dict[str, int] = {}
        self._takers = Takers()
        self._stop = stop

    def once(self) -> None:
        """Takes in all that waits, then sleeps until something new lies in the spool."""
        self._known_house()
        for name, stops in self._journal.left_over().items():
            self._alone(name, stops)
        try:
            while not self._stop.is_set() and self.take_round():
                pass
        finally:
            self._takers.rest()
        with asleep():
            self._spool.wait(0.5)

    def take_round(self) -> int:
        """Takes in the next of what waits; how many entries that were."""
        arrivals = self._waiting()
        if not arrivals:
            return 0
        self._known_house()
        self._journal.begin([arrival.name for arrival in arrivals])
        try:
            self._takers.take(arrivals, self._take_batch)
        finally:
            self._journal.end()
        self._failed.clear()
        return len(arrivals)

    def _take_batch(self, batch: Sequence[RawArrival]) -> None:
        """What is not begun any more when the worker is asked to stop stays in the spool."""
        if not self._stop.is_set():
            self._take_watched(batch)
            self._spool.remove([arrival.name for arrival in batch])

    def _take_watched(self, batch: Sequence[RawArrival]) -> None:
        watch = threading.Timer(SECONDS_FOR_A_BATCH, _give_up)
        watch.daemon = True
        watch.start()
        try:
            self._take(batch)
        finally:
            watch.cancel()

    def _take(self, batch: Sequence[RawArrival]) -> None:
        now = clock.now()
        try:
            take_in(batch, house=self._house or self._known_house(), at=now)
        except Exception as error:
            if db.is_passing(error) and not self._keeps_failing(batch, error):
                raise
            if len(batch) == 1:
                log.exception("%s could not be taken in and is set aside.", batch[0].name)
                set_aside(batch[0], reason=f"Taking it in failed: {type(error).__name__}.", at=now)
                return
            log.warning("A batch of %s failed (%s); taking its mails one by one.", len(batch), type(error).__name__)
            for arrival in batch:
                self._take([arrival])

    def _keeps_failing(self, batch: Sequence[RawArrival], error: Exception) -> bool:
        """A clash or a lack of memory that comes back every time is made by what is read; an absent database or disk is not."""
        cause = error if isinstance(error, psycopg.Error) else error.__cause__
        state = (cause.sqlstate or "") if isinstance(cause, psycopg.Error) else ""
        if state[:2] not in _CLASHES and state != _OUT_OF_MEMORY:
            return False
        first = batch[0].name
        self._failed[first] = self._failed.get(first, 0) + 1
        return self._failed[first] > TRIES

    def _alone(self, name: str, stops: int) -> None:
        """A mail that was under way when a worker died: alone, and set aside when it did so again and again."""
        try:
            entry = self._spool.read(name)
        except NoSuchSpooled:
            self._journal.forget(name)
            return
        now = clock.now()
        if stops > STOPS_ALLOWED:
            set_aside(arrival_of(entry, now), reason="Reading it stopped the worker several times.", at=now)
        else:
            self._known_house()  # waits for the database before the mail is counted as being read
            self._journal.begin([name])
            try:
                self._take_watched([arrival_of(entry, now)])
            finally:
                self._journal.end()
        self._spool.remove([name])
        self._journal.forget(name)

    def _waiting(self) -> list[RawArrival]:
        """The oldest entries, as many as are under way at once."""
        now = clock.now()
        arrivals: list[RawArrival] = []
        size = 0
        for name in self._spool.names(ROUND):
            try:
                arrivals.append(arrival_of(self._spool.read(name), now))
            except NoSuchSpooled:
                continue
            size += len(arrivals[-1].raw)
            if size > ROUND_BYTES:
                break
        return arrivals

    def _known_house(self) -> House:
        if self._house is None or time.monotonic() > self._house_until:
            is_first = self._house is None
            self._house = House(channels(), languages())
            if is_first:
                get_ready(self._house.languages)  # so that no customer's mail has to wait for it
            self._house_until = time.monotonic() + _HOUSE_KEPT_SECONDS
        return self._house


def arrival_of(entry: Spooled, now: datetime) -> RawArrival:
    """A spool entry as intake reads it; an envelope that is broken gives what can be had."""
    envelope = entry.envelope
    try:
        received_at = datetime.fromisoformat(str(envelope["received_at"]))
    except (KeyError, ValueError):
        received_at = now
    channel = str(envelope.get("channel") or "")
    sender = str(envelope.get("from") or "")
    if not sender and envelope.get("door") in ("smtp", "lmtp"):
        sender = "<>"  # the null sender of RFC 5321, 4.5.5; from the other doors an empty one means that nobody knows
    return RawArrival(
        entry.name, entry.raw, received_at if received_at.tzinfo else now, str(envelope.get("door") or "deliver"),
        sender, tuple(str(to) for to in envelope.get("to") or ()), int(channel) if channel.isdigit() else None,
    )  # fmt: skip


def _give_up() -> None:
    """A batch that takes minutes hangs on one of its mails: die, and the next worker reads them one by one."""
    log.error("Reading a batch took more than %.0f s; starting the worker again.", SECONDS_FOR_A_BATCH)
    os._exit(70)
