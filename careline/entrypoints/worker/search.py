"""Keeps the search index: follows what happens, reads attached files, indexes anew what was indexed by older rules."""

from __future__ import annotations

import threading
import time

from careline.domain.conversations.commands.search_index import index_outdated
from careline.entrypoints.worker import wakeup
from careline.flows.keep_search import BATCH, follow, read_file
from careline.kit import clock
from careline.kit.extraction.reader import Reader

_LONGEST_SLEEP = 2.0
_GATHERED = 0.25
"""Seconds in which happenings are gathered: read one by one each would cost a transaction."""
_READER_KEPT = 30.0
"""Seconds that the reading process is kept while nothing waits to be read."""


class Indexer:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._reader = Reader()
        self._last_read = 0.0

    def once(self) -> None:
        """A piece of each work that waits; then the same pause, so that indexing never takes the house for itself."""
        began = time.monotonic()
        followed = follow(at=clock.now())
        busy = followed >= BATCH
        if not busy and read_file(self._reader, at=clock.now()):
            busy, self._last_read = True, time.monotonic()
        if busy or index_outdated():
            self._stop.wait(min(0.5, time.monotonic() - began))
            return
        if followed:
            self._stop.wait(_GATHERED)
            return
        if time.monotonic() - self._last_read > _READER_KEPT:
            self._reader.close()
        wakeup.sleep(_LONGEST_SLEEP, stop=self._stop)
        if self._stop.is_set():
            self._reader.close()
