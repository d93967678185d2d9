"""Calendars that follow an address are looked at when they are due, in a loop of their own: a slow server holds up nothing."""

from __future__ import annotations

import threading

from careline.entrypoints.worker import wakeup
from careline.flows.subscribe_holidays import refresh_holidays
from careline.kit import clock


class Feeds:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        if not refresh_holidays(at=clock.now()):
            wakeup.sleep(5.0, stop=self._stop)
