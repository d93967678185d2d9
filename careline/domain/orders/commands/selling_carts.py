"""Carts are put together; what is in them is taken out of stock, and comes back. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import SYSTEM, Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.orders.commands.stock import move as move_stock
from careline.domain.orders.errors import NotFound
from careline.domain.orders.queries.selling import Cart, cart_from
from careline.domain.orders.rules.plans import added
from careline.domain.orders.rules.selling import CartLine, needed
from careline.kit import db

_LINE = """
INSERT INTO orders_cartline (cart_id, kind, variant_id, name, options, quantity, unit_price, rate, amount, reserved)
VALUES (%(cart)s, %(kind)s, %(variant)s, %(name)s, %(options)s, %(quantity)s, %(unit_price)s, %(rate)s, %(amount)s, %(reserved)s)
"""


def open_cart(
    customer: int, conversation: int, *, currency: str, address: Mapping[str, str], revises: int | None = None, by: Actor, at: datetime
) -> Cart:  # fmt: skip
    """The case's cart; the one that is there already, where two began at once."""
    db.execute(
        """INSERT INTO orders_cart (customer_id, conversation_id, state, currency, address, revises_id, agent_id, version, created_at)
           VALUES (%s, %s, 'open', %s, %s, %s, %s, 1, %s) ON CONFLICT DO NOTHING""",
        [customer, conversation, currency, db.json(dict(address)), revises, _agent(by), at],
    )
    row = db.row(
        "SELECT * FROM orders_cart WHERE conversation_id = %s AND state IN ('open', 'waiting') FOR UPDATE",
        [conversation],
    )
    assert row is not None, "it was put in just now, or stood there"
    return cart_from(row)


def locked_cart(key: int) -> Cart:
    """Held until the transaction ends; after customer and case. Raises NotFound."""
    row = db.row("SELECT * FROM orders_cart WHERE id = %s FOR UPDATE", [key])
    if row is None:
        raise NotFound(f"There is no cart {key}.")
    return cart_from(row)


def write_cart(
    cart: Cart, lines: Sequence[CartLine], *, currency: str, address: Mapping[str, str], until: datetime, reserves: bool = True,
    by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Its lines anew, their goods reserved until then (unless `reserves` says not yet). Raises OrderRefused where they are not
    there; then nothing has changed."""
    wanted = needed(lines) if reserves else {}
    move_stock(added([cart.reserved, {variant: -units for variant, units in wanted.items()}]))
    db.execute("DELETE FROM orders_cartline WHERE cart_id = %s", [cart.id])
    db.execute_all(
        _LINE,
        [
            {
                "cart": cart.id, "kind": line.kind, "variant": line.variant, "name": line.name, "options": db.json(dict(line.options)),
                "quantity": line.quantity, "unit_price": line.unit_price, "rate": line.rate, "amount": line.amount,
                "reserved": line.quantity if line.variant in wanted and line.kind == "item" else 0,
            } for line in lines
        ],
    )  # fmt: skip
    db.execute(
        """UPDATE orders_cart SET version = version + 1, currency = %s, address = %s, due_at = %s, agent_id = coalesce(%s, agent_id)
           WHERE id = %s""",
        [currency, db.json(dict(address)), until if wanted else None, _agent(by), cart.id],
    )
    _told(cart, "cart.changed", {}, by=by, at=at)


def give_back(cart: Cart) -> None:
    """What it had reserved is in stock again."""
    move_stock(cart.reserved)
    db.execute("UPDATE orders_cartline SET reserved = 0 WHERE cart_id = %s AND reserved > 0", [cart.id])
    db.execute("UPDATE orders_cart SET due_at = NULL WHERE id = %s", [cart.id])


def set_cart_state(cart: Cart, state: str, *, order: int | None = None, by: Actor, at: datetime) -> None:
    """`ordered` and `dropped` are its end: give back first."""
    db.execute(
        "UPDATE orders_cart SET state = %s, order_id = coalesce(%s, order_id) WHERE id = %s", [state, order, cart.id]
    )
    if state != "quoted":
        _told(cart, f"cart.{state}", {"order": order} if order else {}, by=by, at=at)


def drop_changes_of(quote: int, *, by: Actor, at: datetime) -> None:
    """What was begun to change this quote ends: it was accepted as it stands."""
    for row in db.rows(
        "SELECT * FROM orders_cart WHERE revises_id = %s AND state IN ('open', 'waiting') FOR UPDATE", [quote]
    ):
        cart = cart_from(row)
        give_back(cart)
        set_cart_state(cart, "dropped", by=by, at=at)


def keep_reserved(cart: Cart, *, until: datetime) -> None:
    """What is reserved stays so for longer."""
    db.execute("UPDATE orders_cart SET due_at = %s WHERE id = %s AND due_at IS NOT NULL", [until, cart.id])


def give_back_due(*, at: datetime, limit: int = 50) -> int:
    """Carts whose time is over give back what they had reserved; how many."""
    with transaction.atomic():
        due = db.rows(
            "SELECT * FROM orders_cart WHERE due_at <= %s ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED", [at, limit]
        )
        for row in due:
            cart = cart_from(row)
            give_back(cart)
            _told(
                cart,
                "cart.released",
                {"units": sum(cart.reserved.values())},
                by=SYSTEM,
                at=max(row.due_at, row.created_at),
            )
    return len(due)


def _told(cart: Cart, name: str, data: dict[str, Any], *, by: Actor, at: datetime) -> None:
    record(Happening(name, "cart", cart.id, cart.conversation, cart.customer, {"cart": cart.id, **data}), by=by, at=at)


def _agent(by: Actor) -> int | None:
    return by.id if by.kind is ActorKind.AGENT else None
