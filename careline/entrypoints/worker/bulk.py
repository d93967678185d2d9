"""Bulk changes and mailings are carried out, a chunk at a time."""

from __future__ import annotations

import threading

from careline.entrypoints.worker import wakeup
from careline.flows.bulk_change import carry_on
from careline.flows.send_mailing import carry_on_mailing
from careline.kit import clock


class Bulk:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        if not carry_on(at=clock.now()) and not carry_on_mailing(at=clock.now()):
            wakeup.sleep(1.0, stop=self._stop)
