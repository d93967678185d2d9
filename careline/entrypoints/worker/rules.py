"""Rules: a durable reader that lets them hear of what happened, what waited for its hold, and those that go by time."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from django.db import transaction

from careline.automation.rules.by_time import look
from careline.automation.rules.recurring import open_due
from careline.automation.rules.triggers import finish_waiting, react, read_rules, rules_for
from careline.domain.history.commands import move_cursor, set_aside
from careline.domain.history.queries import Happened, cursor_of, happenings_after
from careline.domain.triggers.queries.rules import earliest_due_rule
from careline.domain.triggers.queries.runs import earliest_waiting
from careline.domain.triggers.queries.schedules import earliest_schedule
from careline.entrypoints.worker import wakeup
from careline.kit import clock, db

log = logging.getLogger(__name__)
NAME = "rules"
BATCH = 500


class Reader:
    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        if not read_on(at=clock.now()):
            wakeup.sleep(1.0, stop=self._stop)


class ByTime:
    """What rules do at a moment: the end of a hold, the look each minute, recurring cases."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop

    def once(self) -> None:
        at = clock.now()
        if finish_waiting(at=at) or look(at=at) or open_due(at=at):
            return
        due = earliest()
        pause = 1.0 if due is None else (due - clock.now()).total_seconds()
        wakeup.sleep(min(1.0, max(0.02, pause)), stop=self._stop)


def earliest() -> datetime | None:
    """When rules have to do something next."""
    dues = (earliest_waiting(), earliest_due_rule(), earliest_schedule())
    return min((due for due in dues if due is not None), default=None)


def read_on(*, at: datetime) -> int:
    """Reads on to the next happening that a rule hears of: its effects and the cursor in one transaction.

    How many happenings it went past.
    """
    with transaction.atomic():
        batch = happenings_after(cursor_of(NAME, locked=True), limit=BATCH)
        passed = 0
        rules = read_rules() if batch else []
        for happened in batch:
            passed += 1
            if hearing := rules_for(happened, rules):
                _react(happened, hearing, at)
                break
        if passed:
            last = batch[passed - 1].cursor
            move_cursor(NAME, tx=last.tx, happening=last.happening, at=at)
    return passed


def _react(happened: Happened, rules: list[object], at: datetime) -> None:
    try:
        with transaction.atomic():
            react(happened, rules, at=at)
    except Exception as error:
        if db.is_passing(error):
            raise
        log.exception("Rules failed on happening %s, which is set aside.", happened.id)
        set_aside(NAME, happening=happened.id, name=happened.name, error=f"rules: {error}", at=at)
