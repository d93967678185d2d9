"""What was reserved comes back at its moment, and quotes end at theirs."""

from __future__ import annotations

from datetime import datetime

from careline.domain.orders.commands.selling_carts import give_back_due
from careline.domain.orders.commands.selling_pay import forget_events
from careline.domain.orders.commands.selling_quotes import expire_due_quotes
from careline.domain.orders.commands.shops import forget_shop_events


def end_due(*, at: datetime) -> int:
    """How many ended."""
    done = 0
    while found := expire_due_quotes(at=at) + give_back_due(at=at):
        done += found
    return done


def forget_old_events(*, at: datetime) -> int:
    return forget_events(at=at)


def forget_old_shop_events(*, at: datetime) -> int:
    return forget_shop_events(at=at)
