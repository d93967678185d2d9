"""By the clock: periods are charged, trials and pauses end, what was cancelled ends. Each in a transaction of its own, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import SYSTEM
from careline.domain.orders.commands import carrying_out, subscriptions
from careline.domain.orders.commands.charges import step_due
from careline.domain.orders.queries.subscriptions import due_subscriptions
from careline.domain.orders.rules.subscriptions import PAST_DUE
from careline.flows.ask_for_period import ask_for_period

AT_ONCE = 100
"""Subscriptions before the timetable sees to other things."""


def work_on_subscriptions(*, at: datetime) -> int:
    """How many steps were done. A stop in the middle loses and doubles nothing: what was not committed is due still."""
    done = 0
    for key in due_subscriptions(at=at, limit=AT_ONCE):
        with transaction.atomic():
            found = subscriptions.owner_of(key)
            carrying_out.hold_customer(found)
            row = subscriptions.held(key)
            if row.due_at is None or row.due_at > at:
                continue
            if step_due(row, by=SYSTEM, at=at) == PAST_DUE:
                ask_for_period(key, at=at)
            done += 1
    return done
