"""Exports are made and reports leave, one after the other, in a loop of their own: a large one holds nothing else up."""

from __future__ import annotations

import threading

from careline.domain.reports.commands.exports import release
from careline.domain.reports.commands.sendings import release_letters
from careline.entrypoints.worker import wakeup
from careline.flows.export_rows import make_due_export
from careline.flows.send_report import send_due_report, write_due_letters
from careline.kit import clock


class Exports:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._is_begun = False

    def once(self) -> None:
        at = clock.now()
        if not self._is_begun:
            # There is one worker only: what is under way was under way in one that died.
            release(at=at)
            release_letters(at=at)
            self._is_begun = True
        if not (make_due_export(at=at) or write_due_letters(at=at) or send_due_report(at=at)):
            wakeup.sleep(1.0, stop=self._stop)
