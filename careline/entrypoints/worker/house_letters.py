"""Mails of the house to its own people, and links for customers, leave at once, by a loop of their own: a slow server holds nothing else up."""

from __future__ import annotations

import threading

from careline.domain.customers.queries.portal import earliest_link
from careline.domain.staff.house_letters import earliest_letter
from careline.entrypoints.worker import wakeup
from careline.flows.send_entry_link import send_entry_link
from careline.flows.send_house_letter import send_house_letter
from careline.kit import clock

_LONGEST_SLEEP = 1.0


class HouseLetters:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        if send_house_letter(at=clock.now()) or send_entry_link(at=clock.now()):
            return
        due = min(filter(None, (earliest_letter(), earliest_link())), default=None)
        pause = _LONGEST_SLEEP if due is None else (due - clock.now()).total_seconds()
        wakeup.sleep(min(_LONGEST_SLEEP, max(0.05, pause)), stop=self._stop)
