"""Mails of the house to its own people leave at once, by a loop of their own: a slow server holds nothing else up."""

from __future__ import annotations

import threading

from careline.domain.staff.house_letters import earliest_letter
from careline.entrypoints.worker import wakeup
from careline.flows.send_house_letter import send_house_letter
from careline.kit import clock

_LONGEST_SLEEP = 1.0


class HouseLetters:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        if send_house_letter(at=clock.now()):
            return
        due = earliest_letter()
        pause = _LONGEST_SLEEP if due is None else (due - clock.now()).total_seconds()
        wakeup.sleep(min(_LONGEST_SLEEP, max(0.05, pause)), stop=self._stop)
