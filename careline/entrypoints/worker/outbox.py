"""What is due leaves. Several senders side by side, so that one slow server holds nobody else up."""

from __future__ import annotations

import threading

from careline.domain.conversations.queries.messages import earliest_due_delivery
from careline.entrypoints.worker import wakeup
from careline.flows.abandoned import take_over_abandoned
from careline.flows.deliver import deliver_due
from careline.kit import clock

SENDERS = 4
_LONGEST_SLEEP = 1.0


class Outbox:
    def __init__(self, worker: str, stop: threading.Event) -> None:
        self._worker, self._stop = worker, stop

    def once(self) -> None:
        if deliver_due(worker=self._worker, at=clock.now(), limit=1):
            return
        due = earliest_due_delivery()
        pause = _LONGEST_SLEEP if due is None else (due - clock.now()).total_seconds()
        wakeup.sleep(min(_LONGEST_SLEEP, max(0.02, pause)), stop=self._stop)


def take_over(worker: str) -> None:
    """What a dead worker left under way is sorted out before this one begins."""
    take_over_abandoned(alive=[worker], at=clock.now())
