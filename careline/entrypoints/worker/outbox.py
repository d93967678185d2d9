"""What is due leaves. Several senders side by side, so that one slow server holds nobody else up."""

from __future__ import annotations

import threading
from typing import Any

from careline.domain.channels.adapter import Sent
from careline.domain.conversations.queries.messages import earliest_due_delivery
from careline.entrypoints.worker import wakeup
from careline.flows.abandoned import take_over_abandoned
from careline.flows.deliver import claim, hand_over, let_go, note_end
from careline.kit import clock

SENDERS = 4
_LONGEST_SLEEP = 1.0


class Outbox:
    """One sender, which claims under a name of its own."""

    def __init__(self, name: str, stop: threading.Event) -> None:
        self._name, self._stop = name, stop
        # The first one looks at every answer; the others help where it is held up.
        self._rest = wakeup.SHORT_REST if name.endswith("/0") else wakeup.REST
        self._ended: tuple[Any, Sent | None] | None = None
        self._knows_its_claims = True

    def once(self) -> None:
        self._take_up_again()
        self._knows_its_claims = False
        claimed = claim(worker=self._name, at=clock.now(), limit=1)
        for delivery in claimed:
            self._ended = delivery, hand_over(delivery, worker=self._name)
            self._note_end()
        self._knows_its_claims = True
        if claimed:
            return
        due = earliest_due_delivery()
        pause = _LONGEST_SLEEP if due is None else (due - clock.now()).total_seconds()
        wakeup.sleep(min(_LONGEST_SLEEP, max(0.02, pause)), stop=self._stop, rest=self._rest)

    def _take_up_again(self) -> None:
        """The database went away in the middle: what was sent is said now, what was only claimed waits again."""
        self._note_end()
        if not self._knows_its_claims:
            let_go(worker=self._name, at=clock.now())

    def _note_end(self) -> None:
        if self._ended is not None:
            delivery, sent = self._ended
            note_end(delivery, sent, worker=self._name, at=clock.now())
            self._ended = None


def names(worker: str) -> list[str]:
    """Of the senders of this worker."""
    return [f"{worker}/{number}" for number in range(SENDERS)]


def take_over(alive: list[str]) -> None:
    """What a dead worker left under way is sorted out before this one begins."""
    take_over_abandoned(alive=alive, at=clock.now())
