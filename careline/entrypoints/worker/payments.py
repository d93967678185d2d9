"""What gateways told and have to do, by a loop of its own: one that does not answer holds nothing else up."""

from __future__ import annotations

import threading

from careline.entrypoints.worker import wakeup
from careline.flows.collect_payment import work_on_payments
from careline.flows.end_unpaid import end_unpaid
from careline.kit import clock

_SLEEP = 1.0


class Payments:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        if not work_on_payments(at=clock.now()) + end_unpaid(at=clock.now()):
            wakeup.sleep(_SLEEP, stop=self._stop)
