"""Store credit out of goodwill."""

from __future__ import annotations

from datetime import datetime

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.orders.commands.money import move_balance, store_credit
from careline.domain.orders.errors import OrderRefused
from careline.kit import db
from careline.kit.money import Money


def give_credit(
    customer: int, given: Money, *, order: int | None, conversation: int | None, reason: str, by: Actor, at: datetime
) -> int:
    """The credit's key. The customer's row is held by the caller. Raises OrderRefused."""
    if given.minor <= 0:
        raise OrderRefused("bad_amount", "A credit is more than nothing.")
    method = store_credit(customer, given.currency, at=at)
    move_balance(method, given.minor, currency=given.currency, order=order, why="goodwill", at=at)
    key = db.value(
        """INSERT INTO orders_credit (customer_id, order_id, conversation_id, method_id, amount, currency, reason, agent_id, at)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id""",
        [customer, order, conversation, method, given.minor, given.currency, reason, by.id if by.kind is ActorKind.AGENT else None, at],
    )  # fmt: skip
    data = {"amount": given.minor, "currency": given.currency, "credit": int(key), "order": order}
    record(Happening("credit.given", "customer", customer, conversation, customer, data), by=by, at=at)
    return int(key)
