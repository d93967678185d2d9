"""Outside shops, and which orders are kept there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from careline.domain.orders.shops.contract import ShopSettings
from careline.kit import db
from careline.kit.keys import CannotDecrypt, ring

SEALED = "shop"


def shops() -> list[Any]:
    """With `waiting`: events and acts that wait; `failed`: those that failed, and `odd`: orders that could not be followed whole."""
    return db.rows(
        """SELECT s.id, s.kind, s.name, s.code, s.url, s.token, length(s.secrets) > 0 AS has_secrets, s.trusts_mail, s.is_active, s.heard_at,
               s.failed_at, s.sentence, s.changed_at,
               (SELECT count(*) FROM orders_shopevent e WHERE e.shop_id = s.id AND e.due_at IS NOT NULL)
                   + (SELECT count(*) FROM orders_shopact a WHERE a.shop_id = s.id AND a.due_at IS NOT NULL) AS waiting,
               (SELECT count(*) FROM orders_shopevent e WHERE e.shop_id = s.id AND e.state = 'failed')
                   + (SELECT count(*) FROM orders_shopact a WHERE a.shop_id = s.id AND a.state = 'failed') AS failed,
               (SELECT count(*) FROM orders_shoporder o WHERE o.shop_id = s.id) AS orders,
               (SELECT count(*) FROM orders_shoporder o WHERE o.shop_id = s.id AND o.sentence <> '') AS odd
           FROM orders_outsideshop s ORDER BY s.id"""
    )


def remarks_of(shop: int, *, limit: int = 20) -> list[Any]:
    """What could not be done or followed, newest first: (what, sentence)."""
    return db.rows(
        """(SELECT e.subject AS what, e.sentence, e.received_at AS at FROM orders_shopevent e WHERE e.shop_id = %(shop)s AND e.state = 'failed'
            ORDER BY e.id DESC LIMIT %(limit)s)
           UNION ALL
           (SELECT o.number, a.sentence, a.done_at FROM orders_shopact a JOIN orders_payment p ON p.id = a.payment_id
            JOIN orders_order o ON o.id = p.order_id WHERE a.shop_id = %(shop)s AND a.state = 'failed' ORDER BY a.id DESC LIMIT %(limit)s)
           UNION ALL
           (SELECT o.number, s.sentence, s.updated_at FROM orders_shoporder s JOIN orders_order o ON o.id = s.order_id
            WHERE s.shop_id = %(shop)s AND s.sentence <> '' ORDER BY s.id DESC LIMIT %(limit)s)
           ORDER BY at DESC NULLS LAST LIMIT %(limit)s""",
        {"shop": shop, "limit": limit},
    )


def shop_by_id(key: int) -> Any | None:
    return db.row("SELECT * FROM orders_outsideshop WHERE id = %s", [key])


def shop_by_token(token: str) -> Any | None:
    return (
        db.row("SELECT * FROM orders_outsideshop WHERE token = %s AND token <> ''", [token])
        if token.isascii()
        else None
    )


def settings_of(row: Any, *, networks: Sequence[str] = ()) -> ShopSettings:
    """`row`: of orders_outsideshop."""
    try:
        held = json.loads(ring().decrypt(SEALED, bytes(row.secrets))) if row.secrets else {}
    except CannotDecrypt:
        held = {}
    return ShopSettings(
        row.kind, row.url, held.get("key", ""), held.get("secret", ""), held.get("webhook", ""), networks
    )


def known_order(shop: int, external_id: str) -> Any | None:
    """With the customer who has it."""
    return db.row(
        """SELECT s.*, o.customer_id FROM orders_shoporder s JOIN orders_order o ON o.id = s.order_id
           WHERE s.shop_id = %s AND s.external_id = %s""",
        [shop, external_id],
    )


def customer_of_buyer(shop: int, buyer: str) -> int | None:
    """Who bought there as this one before, and is not erased."""
    found = db.value(
        """SELECT o.customer_id FROM orders_shoporder s JOIN orders_order o ON o.id = s.order_id
           JOIN customers_customer c ON c.id = o.customer_id AND c.erased_at IS NULL
           WHERE s.shop_id = %s AND s.buyer = %s AND s.buyer <> '' ORDER BY s.id DESC LIMIT 1""",
        [shop, buyer],
    )
    return int(found) if found is not None else None


def shop_of_order(order: int) -> str:
    """The name of the shop that an order is kept in; empty for our own."""
    return str(
        db.value(
            "SELECT s.name FROM orders_outsideshop s JOIN orders_shoporder o ON o.shop_id = s.id WHERE o.order_id = %s",
            [order],
        )
        or ""
    )
