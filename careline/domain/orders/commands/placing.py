"""An order is placed: its lines, what is reserved for it, what is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.orders.commands.money import pay
from careline.domain.orders.commands.stock import take
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.amounts import Amount, dues
from careline.domain.orders.rules.numbers import digits_of
from careline.domain.orders.rules.plans import added
from careline.kit import db

_PLACE = """
INSERT INTO orders_order (number, digits, customer_id, state, has_changed_items, currency, total, mail, phone, address, billing_address,
    source, cancel_reason, reordered_from_id, placed_at, version)
VALUES (%(number)s, %(digits)s, %(customer)s, 'pending', false, %(currency)s, %(total)s, %(mail)s, %(phone)s, %(address)s, %(billing)s,
    %(source)s, '', %(reordered_from)s, %(placed_at)s, 1)
ON CONFLICT (number) DO NOTHING RETURNING id
"""
_LINE = """
INSERT INTO orders_line (order_id, position, kind, variant_id, of_line_id, name, options, quantity, unit_price, rate, amount, due, credited,
    credited_units, cancelled, shipped, delivered, coming_back, returned, replaced)
VALUES (%(order)s, %(position)s, %(kind)s, %(variant)s, %(of)s, %(name)s, %(options)s, %(quantity)s, %(unit_price)s, %(rate)s,
    %(amount)s, %(due)s, 0, 0, 0, 0, 0, 0, 0, 0) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class NewLine:
    """`amount` of a discount is below 0. `of`: the place of the line that a discount or a tax is for."""

    kind: str
    name: str
    amount: int
    variant: int | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    quantity: int = 1
    unit_price: int = 0
    rate: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class NewOrder:
    """`payments`: by method, in minor units. `number` empty: the next of our own."""

    customer: int
    currency: str
    lines: tuple[NewLine, ...]
    payments: Mapping[int, int] = field(default_factory=dict)
    number: str = ""
    mail: str = ""
    phone: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    billing_address: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    reordered_from: int | None = None
    placed_at: datetime | None = None


@transaction.atomic
def place(
    order: NewOrder, *, takes_stock: bool = True, conversation: int | None = None, by: Actor, at: datetime
) -> int:
    """The order's key. Raises OrderRefused; then nothing was placed."""
    if not any(line.kind == "item" for line in order.lines):
        raise OrderRefused("nothing_named", "An order has at least one item.")
    due = dues([Amount(line.kind, line.amount, line.of, line.rate) for line in order.lines])
    total = sum(due)
    if sum(order.payments.values()) > total:
        raise OrderRefused("more_than_total", "More is paid than the order comes to.")
    number = order.number or str(db.value("SELECT nextval('order_number')"))
    key = _placed(order, number, total, at=at)
    _add_lines(key, order.lines, due)
    if takes_stock:
        take(added({line.variant: line.quantity} for line in order.lines if line.variant is not None))
    for method, amount in order.payments.items():
        pay(key, method, amount, currency=order.currency, why="order", at=order.placed_at or at)
    data = {"total": total, "currency": order.currency, "order": key}
    record(Happening("order.placed", "order", key, conversation, order.customer, data), by=by, at=at)
    return key


def _placed(order: NewOrder, number: str, total: int, *, at: datetime) -> int:
    key: int | None = db.value(
        _PLACE,
        {
            "number": number, "digits": digits_of(number), "customer": order.customer, "currency": order.currency, "total": total,
            "mail": order.mail.lower(), "phone": order.phone, "address": db.json(dict(order.address)),
            "billing": db.json(dict(order.billing_address)), "source": order.source, "reordered_from": order.reordered_from,
            "placed_at": order.placed_at or at,
        },
    )  # fmt: skip
    if key is None:
        raise OrderRefused("number_taken", f"There is an order {number} already.")
    return key


def _add_lines(order: int, lines: tuple[NewLine, ...], due: list[int]) -> None:
    keys: list[int] = []
    for position, (line, owed) in enumerate(zip(lines, due, strict=True)):
        values: dict[str, Any] = {
            "order": order, "position": position, "kind": line.kind, "variant": line.variant, "name": line.name,
            "options": db.json(dict(line.options)), "quantity": line.quantity, "unit_price": line.unit_price, "rate": line.rate,
            "amount": line.amount, "due": owed, "of": keys[line.of] if line.of is not None else None,
        }  # fmt: skip
        keys.append(int(db.value(_LINE, values)))
