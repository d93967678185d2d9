"""Money of an order, and what lies on gift cards and store credit. Each balance is the sum of its movements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import SIGNED
from careline.domain.orders.rules.facts import CHARGED_LATER
from careline.kit import db

_PAY = """
INSERT INTO orders_payment (order_id, method_id, kind, state, amount, currency, at)
SELECT %(order)s, m.id, %(kind)s,
    CASE WHEN m.balance IS NULL AND (%(kind)s = 'refund' OR m.kind = ANY(%(later)s)) THEN 'pending' ELSE 'settled' END,
    abs(%(amount)s), %(currency)s, %(at)s
FROM orders_method m WHERE m.id = %(method)s RETURNING id
"""
_OWED = f"""
SELECT (SELECT coalesce(sum(due - credited), 0) FROM orders_line WHERE order_id = %(order)s)
    - (SELECT coalesce(sum({SIGNED}), 0) FROM orders_payment p WHERE order_id = %(order)s)
"""


def pay(order: int, method: int, amount: int, *, currency: str, why: str, at: datetime) -> None:
    """Above 0 the customer pays, below it goes back: at once to a balance, else pending until the bank has done it; so is what
    is paid by bank or invoice."""
    values = {
        "order": order, "method": method, "kind": "payment" if amount > 0 else "refund", "amount": amount, "currency": currency, "at": at,
        "later": list(CHARGED_LATER),
    }  # fmt: skip
    if db.row(_PAY, values) is None:
        raise OrderRefused("no_such_method", "The customer has no such way to pay.")
    move_balance(method, -amount, currency=currency, order=order, why=why, at=at)


def pay_all(order: int, money: Mapping[int, int], *, currency: str, why: str, at: datetime) -> None:
    for method, amount in sorted(money.items()):
        pay(order, method, amount, currency=currency, why=why, at=at)


def move_balance(method: int, amount: int, *, currency: str, order: int | None, why: str, at: datetime) -> None:
    """Nothing happens where the method has no balance. Raises OrderRefused where it would fall below nothing."""
    held = db.row("SELECT balance, currency FROM orders_method WHERE id = %s FOR UPDATE", [method])
    if held is None or held.balance is None:
        return
    if held.currency != currency:
        raise OrderRefused("other_currency", f"This balance is in {held.currency}, not in {currency}.")
    if held.balance + amount < 0:
        raise OrderRefused("balance_too_low", "There is not enough on this gift card or store credit.")
    db.execute("UPDATE orders_method SET balance = balance + %s WHERE id = %s", [amount, method])
    db.execute(
        "INSERT INTO orders_movement (method_id, order_id, amount, why, at) VALUES (%s, %s, %s, %s, %s)",
        [method, order, amount, why, at],
    )


def add_method(
    customer: int, kind: str, *, code: str = "", label: str = "", last_four: str = "", gateway_reference: str = "",
    currency: str = "", balance: int | None = None, at: datetime,
) -> int:  # fmt: skip
    """A way to pay; what lies on it at first is its first movement. Raises OrderRefused where the code is taken."""
    key = db.value(
        """INSERT INTO orders_method (customer_id, kind, code, label, last_four, gateway_reference, currency, balance, is_active, created_at)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, true, %s) ON CONFLICT DO NOTHING RETURNING id""",
        [customer, kind, code, label, last_four, gateway_reference, currency, None if balance is None else 0, at],
    )
    if key is None:
        raise OrderRefused("code_taken", "There is a way to pay with this code already.")
    if balance:
        move_balance(int(key), balance, currency=currency, order=None, why="opened", at=at)
    return int(key)


def store_credit(customer: int, currency: str, *, at: datetime) -> int:
    """The customer's store credit in this currency; made where they have none. The customer's row is held by the caller."""
    found = db.value(
        """SELECT id FROM orders_method WHERE customer_id = %s AND kind = 'store_credit' AND currency = %s AND is_active
           ORDER BY id LIMIT 1""",
        [customer, currency],
    )
    return (
        int(found) if found is not None else add_method(customer, "store_credit", currency=currency, balance=0, at=at)
    )


def await_no_more(order: int) -> None:
    """What is to come by bank or invoice is no more than what is still owed; the newest goes first. The order is held."""
    waiting = db.rows(
        "SELECT id, amount FROM orders_payment WHERE order_id = %s AND kind = 'payment' AND state = 'pending' ORDER BY id DESC",
        [order],
    )
    if not waiting:
        return
    owed = db.value(_OWED, {"order": order})
    more = sum(row.amount for row in waiting) - max(0, owed)
    for row in waiting:
        less = min(row.amount, more)
        if less <= 0:
            return
        more -= less
        db.execute(
            "UPDATE orders_payment SET amount = amount - %(less)s WHERE id = %(id)s" if less < row.amount
            else "UPDATE orders_payment SET state = 'void' WHERE id = %(id)s",
            {"less": less, "id": row.id},
        )  # fmt: skip
