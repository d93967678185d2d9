"""Out of the spool, into cases: batches, and alone whatever may have stopped an earlier worker."""

from __future__ import annotations

import json
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
from careline.flows.set_aside import set_aside
from careline.flows.take_in import House, RawArrival, take_in
from careline.kit import clock, db
from careline.kit.language import get_ready
from careline.kit.lending import asleep
from careline.kit.spool import NoSuchSpooled, Spool, Spooled

log = logging.getLogger(__name__)
BATCH = 32
BATCH_BYTES = 24 * 1024 * 1024
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
        self._stop = stop

    def once(self) -> None:
        """Takes in all that waits, then sleeps until something new lies in the spool."""
        self._known_house()
        for name, stops in self._journal.left_over().items():
            self._alone(name, stops)
        while not self._stop.is_set() and self.take_batch():
            pass
        with asleep():
            self._spool.wait(0.5)

    def take_batch(self) -> int:
        """Takes one batch in; how many entries it held."""
        entries = self._entries()
        if not entries:
            return 0
        names = [entry.name for entry in entries]
        self._known_house()
        self._journal.begin(names)
        self._take_watched(entries)
        self._spool.remove(names)
        self._journal.end()
        self._failed.clear()
        return len(entries)

    def _take_watched(self, entries: Sequence[Spooled]) -> None:
        watch = threading.Timer(SECONDS_FOR_A_BATCH, _give_up)
        watch.daemon = True
        watch.start()
        try:
            self._take(entries)
        finally:
            watch.cancel()

    def _take(self, entries: Sequence[Spooled]) -> None:
        now = clock.now()
        try:
            take_in([arrival_of(entry, now) for entry in entries], house=self._known_house(), at=now)
        except Exception as error:
            if db.is_passing(error) and not self._keeps_failing(entries, error):
                self._journal.end()
                raise
            if len(entries) == 1:
                log.exception("%s could not be taken in and is set aside.", entries[0].name)
                set_aside(arrival_of(entries[0], now), reason=f"Taking it in failed: {type(error).__name__}.", at=now)
                return
            log.warning("A batch of %s failed (%s); taking its mails one by one.", len(entries), type(error).__name__)
            for entry in entries:
                self._take([entry])

    def _keeps_failing(self, entries: Sequence[Spooled], error: Exception) -> bool:
        """A clash or a lack of memory that comes back every time is made by what is read; an absent database or disk is not."""
        cause = error if isinstance(error, psycopg.Error) else error.__cause__
        state = (cause.sqlstate or "") if isinstance(cause, psycopg.Error) else ""
        if state[:2] not in _CLASHES and state != _OUT_OF_MEMORY:
            return False
        first = entries[0].name
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
            self._take_watched([entry])
        self._spool.remove([name])
        self._journal.forget(name)

    def _entries(self) -> list[Spooled]:
        entries: list[Spooled] = []
        size = 0
        for name in self._spool.names(BATCH):
            try:
                entry = self._spool.read(name)
            except NoSuchSpooled:
                continue
            entries.append(entry)
            size += len(entry.raw)
            if size > BATCH_BYTES:
                break
        return entries

    def _known_house(self) -> House:
        if self._house is None or time.monotonic() > self._house_until:
            is_first = self._house is None
            self._house = House(channels(), languages())
            if is_first:
                get_ready(self._house.languages)  # so that no customer's mail has to wait for it
            self._house_until = time.monotonic() + _HOUSE_KEPT_SECONDS
        return self._house


class Journal:
    """Which entries are being read now, for the worker that comes after one that died of one of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stops = self._read()

    def left_over(self) -> dict[str, int]:
        """Entries that were under way when the last worker died → how often they were."""
        return dict(self._stops)

    def begin(self, names: Sequence[str]) -> None:
        counted = {**self._stops, **{name: self._stops.get(name, 0) + 1 for name in names}}
        self._write(counted)

    def end(self) -> None:
        self._write(self._stops)

    def forget(self, name: str) -> None:
        self._stops.pop(name, None)
        self._write(self._stops)

    def _read(self) -> dict[str, int]:
        try:
            return {str(name): int(stops) for name, stops in json.loads(self._path.read_text()).items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def _write(self, stops: dict[str, int]) -> None:
        if not stops:
            self._path.unlink(missing_ok=True)
            return
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(stops))
        part.replace(self._path)


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
