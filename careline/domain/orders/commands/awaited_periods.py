"""A period that no way to pay can be charged for waits as an order, and begins once that is paid. Guarded: flows only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.charges import (
    coming_period,
    go_on,
    note_charge,
    note_there,
    place_period,
)
from careline.domain.orders.commands.subscriptions import held, say
from careline.domain.orders.commands.waiting_periods import drop_waiting, waiting_order
from careline.domain.orders.queries.subscriptions import subscription_of_order
from careline.domain.orders.rules.subscriptions import PAST_DUE, Due, require_may

_OTHER = "another_price"


@transaction.atomic
def await_period(row: Any, *, conversation: int | None, by: Actor, at: datetime) -> int:
    """The order to be paid for the period that is due: the one that waits already, unless the period comes to something else now.

    Raises OrderRefused: `subscription_…` where none is due.
    """
    require_may("collect", row.state)
    coming = coming_period(row)
    waiting = waiting_order(row)
    if waiting is not None and waiting.total == coming.due.amount:
        return int(waiting.id)
    drop_waiting(row, reason=_OTHER, conversation=conversation, by=by, at=at)
    key = place_period(coming.row, coming.due, payments={}, conversation=conversation, by=by, at=at)
    data = {"order": key, "amount": coming.due.amount, "currency": row.currency}
    say("asked", row, data, conversation=conversation, by=by, at=at)
    return key


@transaction.atomic
def settle_period(order: Any, *, conversation: int | None, by: Actor, at: datetime) -> bool:
    """An order is paid: where a period waited for it, that period begins. False where it is of no subscription. The order is held."""
    found = subscription_of_order(order.id)
    if found is None:
        return False
    row = held(found)
    if row.state != PAST_DUE:
        return True
    coming = coming_period(row)
    if coming.due.amount != order.total:  # agreed to something else meanwhile: that counts from the next period on
        coming = coming.paid_as(Due(order.total, 0, 0, order.total))
    if note_charge(coming.row, coming.due, kind="period", of=coming.start, until=coming.end, order=order.id, at=at):
        note_there(order.id, at=at)
        go_on(coming, order.id, conversation=conversation, by=by, at=at)
    return True
