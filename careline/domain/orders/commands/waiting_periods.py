"""The order by which a period waits to be paid, and its end where the period is paid or ended another way. Guarded: flows only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.commands.selling_pay import end_link
from careline.domain.orders.queries.held import facts_of
from careline.domain.orders.rules.cancelling import cancellation
from careline.kit import db

_WAITING = """
SELECT o.* FROM orders_order o WHERE o.customer_id = %s AND o.source = %s AND o.state = 'pending'
    AND NOT EXISTS (SELECT FROM orders_charge c WHERE c.order_id = o.id) ORDER BY o.id DESC LIMIT 1 FOR UPDATE
"""


def waiting_order(row: Any) -> Any | None:
    """The order that a subscription's next period waits for, held; `row`: the subscription's."""
    return db.row(_WAITING, [row.customer_id, source_of(row)])


def source_of(row: Any) -> str:
    return f"subscription {row.number}"


def drop_waiting(row: Any, *, reason: str, conversation: int | None, by: Actor = SYSTEM, at: datetime) -> None:
    """Nothing is owed by it any more, and its link is over; whoever pays just now gets their money back."""
    order = waiting_order(row)
    if order is None:
        return
    for link in db.rows(
        "SELECT * FROM orders_paymentlink WHERE order_id = %s AND state = 'open' FOR UPDATE", [order.id]
    ):
        end_link(link, "withdrawn", customer=row.customer_id, by=by, at=at)
    facts = facts_of(order)
    # Nothing was taken from the stock for it.
    plan = replace(cancellation(facts, None), stock={})
    carry_out(facts, plan, Occasion(conversation, "cancellation", reason), by=by, at=at)
