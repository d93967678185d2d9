"""Quotes are sent, accepted, declined, and come to their end. Guarded: flows only."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import SYSTEM, Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.orders.commands.selling_carts import give_back, locked_cart, set_cart_state
from careline.domain.orders.queries.selling import Cart
from careline.kit import db

TOKEN_BYTES = 24


def add_quote(cart: Cart, *, language: str, valid_until: datetime, by: Actor, at: datetime) -> Any:
    """Its row. A cart that changes a quote becomes that quote's next version, and the earlier one is replaced."""
    before = db.row("SELECT id, number, state FROM orders_quote WHERE id = %s FOR UPDATE", [cart.revises])
    if before is not None and before.state == "sent":
        _settle(before.id, "replaced", at=at)
    values = {
        "before": before.number if before else None, "cart": cart.id, "customer": cart.customer, "case": cart.conversation,
        "currency": cart.currency, "total": cart.sums.total, "language": language, "token": secrets.token_urlsafe(TOKEN_BYTES),
        "agent": by.id if by.kind is ActorKind.AGENT else None, "at": at, "until": valid_until,
    }  # fmt: skip
    row = db.row(
        """INSERT INTO orders_quote (number, version, cart_id, customer_id, conversation_id, state, currency, total, language, token, reason,
               agent_id, sent_at, valid_until)
           SELECT coalesce(%(before)s::bigint, nextval('quote_number')),
               coalesce((SELECT max(version) FROM orders_quote WHERE number = %(before)s), 0) + 1,
               %(cart)s, %(customer)s, %(case)s, 'sent', %(currency)s, %(total)s, %(language)s, %(token)s, '', %(agent)s, %(at)s, %(until)s
           RETURNING *""",
        values,
    )
    assert row is not None
    set_cart_state(cart, "quoted", by=by, at=at)
    told(row, "quote.sent", by=by, at=at)
    return row


def locked_quote(key: int) -> Any:
    """Held until the transaction ends; after customer and case, before its cart."""
    return db.row("SELECT * FROM orders_quote WHERE id = %s FOR UPDATE", [key])


def note_accepted(quote: Any, *, order: int, by: Actor, at: datetime) -> None:
    db.execute("UPDATE orders_quote SET order_id = %s WHERE id = %s", [order, quote.id])
    _settle(quote.id, "accepted", at=at)
    told(quote, "quote.accepted", {"order": order}, by=by, at=at)


def note_declined(quote: Any, *, reason: str, state: str = "declined", by: Actor, at: datetime) -> None:
    """`state` withdrawn: we take it back."""
    db.execute("UPDATE orders_quote SET reason = %s WHERE id = %s", [reason, quote.id])
    _settle(quote.id, state, at=at)
    _end_cart(quote, by=by, at=at)
    told(quote, f"quote.{state}", by=by, at=at)


def expire_due_quotes(*, at: datetime, limit: int = 50) -> int:
    with transaction.atomic():
        due = db.rows(
            """SELECT * FROM orders_quote WHERE state = 'sent' AND valid_until <= %s ORDER BY valid_until LIMIT %s
               FOR UPDATE SKIP LOCKED""",
            [at, limit],
        )
        for row in due:
            _settle(row.id, "expired", at=row.valid_until)
            _end_cart(row, by=SYSTEM, at=row.valid_until)
            told(row, "quote.expired", by=SYSTEM, at=row.valid_until)
    return len(due)


def told(quote: Any, name: str, data: dict[str, Any] | None = None, *, by: Actor, at: datetime) -> None:
    said = {
        "quote": quote.id,
        "number": quote.number,
        "version": quote.version,
        "total": quote.total,
        "currency": quote.currency,
    }
    record(
        Happening(name, "quote", quote.id, quote.conversation_id, quote.customer_id, said | (data or {})), by=by, at=at
    )


def _end_cart(quote: Any, *, by: Actor, at: datetime) -> None:
    cart = locked_cart(quote.cart_id)
    give_back(cart)
    set_cart_state(cart, "dropped", by=by, at=at)


def _settle(key: int, state: str, *, at: datetime) -> None:
    db.execute("UPDATE orders_quote SET state = %s, decided_at = %s WHERE id = %s", [state, at, key])
