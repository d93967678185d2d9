"""Work finds its people: at once when something was marked, and at the moment when something falls due."""

from __future__ import annotations

import threading
from datetime import datetime

from django.db import transaction

from careline.domain.history.queries import Happened
from careline.domain.routing.queries.due import earliest_routing
from careline.entrypoints.worker import wakeup
from careline.flows import follow_routing
from careline.flows.offer import reclaim
from careline.flows.route import work_on_marks, work_on_steps
from careline.kit import clock

_LONGEST_SLEEP = 1.0
_A_MOMENT = 0.05


class Routing:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        at = clock.now()
        fallen_due = reclaim(at=at) + work_on_steps(at=at)
        worked = work_on_marks(at=at)
        if worked.again:
            self._stop.wait(_A_MOMENT)
        if fallen_due or worked.marks:
            return
        due = earliest_routing()
        pause = _LONGEST_SLEEP if due is None else (due - clock.now()).total_seconds()
        wakeup.sleep(min(_LONGEST_SLEEP, max(0.02, pause)), stop=self._stop, rest=wakeup.SHORT_REST)


def follow_case(happened: Happened, at: datetime) -> None:
    follow_routing.follow_case(happened, at)
    transaction.on_commit(wakeup.wake_all)


def follow_person(happened: Happened, at: datetime) -> None:
    follow_routing.follow_person(happened, at)
    transaction.on_commit(wakeup.wake_all)


def follow_queue(happened: Happened, at: datetime) -> None:
    follow_routing.follow_queue(happened, at)
    transaction.on_commit(wakeup.wake_all)


def follow_house(happened: Happened, at: datetime) -> None:
    follow_routing.follow_house(happened, at)
    transaction.on_commit(wakeup.wake_all)
