"""What the bank or the gateway says became of money: once, however often and late it is said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.orders.commands.money import await_no_more, pay
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.facts import Order
from careline.kit import db

SETTLED, FAILED = "settled", "failed"
LONGEST_REFERENCE = 200


def note_result(order: Order, payment: Any, outcome: str, *, reference: str, by: Actor, at: datetime) -> bool:
    """False where it was known already. The order is held. Raises OrderRefused where it was said otherwise before.

    A refund that failed and is done after all (the gateway timed out, and did it) is settled, unless it went another way since.
    """
    if reference and _is_of_another(reference, payment.id):
        raise OrderRefused("reference_taken", "This reference is that of another payment.")
    if payment.state == outcome:
        return False
    if payment.state == "void" or (payment.state == SETTLED and outcome == FAILED):
        raise OrderRefused(f"payment_{payment.state}", "This payment is over: it can't be said otherwise.")
    if payment.again_id is not None:
        raise OrderRefused(
            "paid_again", "This refund failed and went another way since: the money may have gone twice. Ask the bank."
        )
    db.execute(
        """UPDATE orders_payment SET state = %(state)s, reference = CASE WHEN %(reference)s = '' THEN reference ELSE %(reference)s END,
               settled_at = CASE WHEN %(state)s = 'settled' THEN %(at)s::timestamptz END WHERE id = %(id)s""",
        {"state": outcome, "reference": reference, "at": at, "id": payment.id},
    )
    if outcome == SETTLED and payment.kind == "payment":
        await_no_more(order.id)
    _moved(order, payment, outcome, by=by, at=at)
    return True


def pay_again(order: Order, payment: Any, method: int, *, by: Actor, at: datetime) -> int:
    """A refund that failed goes another way, once; the new payment's key. The order is held. Raises OrderRefused."""
    if payment.kind != "refund" or payment.state != FAILED:
        raise OrderRefused("not_failed", "Only a refund that failed goes another way.")
    if payment.again_id is not None:
        raise OrderRefused("paid_again", "This refund went another way already.")
    if payment.amount > order.paid:
        raise OrderRefused("more_than_paid", "That is more than was paid for this order and not given back yet.")
    pay(order.id, method, -payment.amount, currency=payment.currency, why="refund", at=at)
    key = int(db.value("SELECT max(id) FROM orders_payment WHERE order_id = %s AND method_id = %s", [order.id, method]))
    db.execute("UPDATE orders_payment SET instead_of_id = %s WHERE id = %s", [payment.id, key])
    _moved(order, payment, "again", by=by, at=at)
    return key


def held_payment(order: int, payment: int) -> Any | None:
    """With `again_id`: what it went by instead. The order is held by the caller."""
    return db.row(
        """SELECT p.*, (SELECT a.id FROM orders_payment a WHERE a.instead_of_id = p.id) AS again_id
           FROM orders_payment p WHERE p.id = %s AND p.order_id = %s FOR UPDATE OF p""",
        [payment, order],
    )


def _is_of_another(reference: str, payment: int) -> bool:
    return bool(
        db.value("SELECT EXISTS (SELECT FROM orders_payment WHERE reference = %s AND id <> %s)", [reference, payment])
    )


def _moved(order: Order, payment: Any, what: str, *, by: Actor, at: datetime) -> None:
    data = {
        "order": order.id,
        "payment": payment.id,
        "kind": payment.kind,
        "amount": payment.amount,
        "currency": payment.currency,
    }
    name = f"order.{payment.kind}_{what}"
    record(Happening(name, "order", order.id, None, order.customer, data), by=by, at=at)
    db.execute("UPDATE orders_order SET version = version + 1 WHERE id = %s", [order.id])
