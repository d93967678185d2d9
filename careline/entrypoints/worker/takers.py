"""Who takes in what waits: one, and where much waits a second one beside.

While one of them waits for the database, the other reads or writes. Each has a connection of its own, and what hangs
together (domain/channels/email/strands.py) goes to one of them only.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from contextlib import contextmanager
from queue import SimpleQueue

from django.db import connection

from careline.domain.channels.email.strands import lanes_of
from careline.flows.take_in import RawArrival

BATCH = 32
"""Mails in one transaction."""
ROUND = 4 * BATCH
"""Mails under way at once, of both takers."""
_TURN = 0.0005
"""Seconds after which a thread that computes lets in one that has its answer from the database; Python's own are ten times that."""
Take = Callable[[Sequence[RawArrival]], None]


class Takers:
    def __init__(self) -> None:
        self._second: _Second | None = None

    def take(self, arrivals: Sequence[RawArrival], take: Take) -> None:
        """Has all of them taken, in batches. Raises what one of the two met, when the other has come to its end as well."""
        lanes = [lane for lane in _parted(arrivals) if lane]
        if len(lanes) == 1:
            _in_batches(lanes[0], take)
            return
        if self._second is None:
            self._second = _Second()
            self._second.start()
        first, second = lanes
        with _short_turns():
            beside = self._second.begin(lambda: _in_batches(second, take))
            try:
                _in_batches(first, take)
            finally:
                wait([beside])
        beside.result()

    def rest(self) -> None:
        """Nothing waits: the second goes, and its connection with it."""
        if self._second is not None:
            self._second.leave()
            self._second = None


class _Second(threading.Thread):
    """A daemon, so that the process can end whatever is being read."""

    def __init__(self) -> None:
        super().__init__(name="intake-beside", daemon=True)
        self._asked: SimpleQueue[tuple[Callable[[], None], Future[None]] | None] = SimpleQueue()

    def begin(self, work: Callable[[], None]) -> Future[None]:
        done: Future[None] = Future()
        self._asked.put((work, done))
        return done

    def leave(self) -> None:
        self._asked.put(None)
        self.join()

    def run(self) -> None:
        while (asked := self._asked.get()) is not None:
            work, done = asked
            try:
                work()
            except BaseException as error:
                connection.close()
                done.set_exception(error)
            else:
                done.set_result(None)
        connection.close()


def _parted(arrivals: Sequence[RawArrival]) -> list[Sequence[RawArrival]]:
    if len(arrivals) <= BATCH:
        return [arrivals]
    lanes = lanes_of([(arrival.raw, arrival.envelope_from) for arrival in arrivals], count=2)
    return [[arrivals[place] for place in lane] for lane in lanes]


def _in_batches(arrivals: Sequence[RawArrival], take: Take) -> None:
    for start in range(0, len(arrivals), BATCH):
        take(arrivals[start : start + BATCH])


@contextmanager
def _short_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
