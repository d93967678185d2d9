"""Transcripts are made, one after the other, each in a process of its own."""

from __future__ import annotations

import threading

from careline.entrypoints.worker import wakeup
from careline.flows.transcript import make_due_transcript
from careline.kit import clock


class Transcripts:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        if not make_due_transcript(at=clock.now()):
            wakeup.sleep(1.0, stop=self._stop)
