"""Payment links and gateways."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.domain.orders.gateways.contract import GatewaySettings
from careline.kit import db
from careline.kit.keys import CannotDecrypt, ring

SEALED = "gateway"
_LINK = """
SELECT l.*, o.number, o.customer_id, o.state AS order_state, o.total, o.mail
FROM orders_paymentlink l JOIN orders_order o ON o.id = l.order_id
"""


def gateway_settings(kind: str) -> GatewaySettings | None:
    """Of the gateway that is switched on; with the address of its public interface where none is said."""
    row = db.row("SELECT * FROM orders_gateway WHERE kind = %s AND is_active", [kind])
    if row is None:
        return None
    try:
        held = json.loads(ring().decrypt(SEALED, bytes(row.secrets))) if row.secrets else {}
    except CannotDecrypt:
        held = {}
    return GatewaySettings(row.kind, row.settings.get("url", ""), held.get("key", ""), held.get("webhook", ""))


def active_gateway() -> str:
    """Its kind; empty where there is none."""
    return str(db.value("SELECT kind FROM orders_gateway WHERE is_active ORDER BY id LIMIT 1") or "")


def gateways() -> list[Any]:
    return db.rows(
        "SELECT id, kind, settings, length(secrets) > 0 AS has_secrets, is_active, changed_at FROM orders_gateway ORDER BY id"
    )


def link_by_token(token: str) -> Any | None:
    return db.row(f"{_LINK} WHERE l.token = %s", [token]) if token.isprintable() and token else None


def link_by_id(key: int) -> Any | None:
    return db.row(f"{_LINK} WHERE l.id = %s", [key])


def link_of_session(gateway: str, session: str) -> Any | None:
    return db.row(f"{_LINK} WHERE l.gateway = %s AND l.session = %s", [gateway, session])


def links_of(orders: Sequence[int]) -> list[Any]:
    return db.rows(f"{_LINK} WHERE l.order_id = ANY(%s) ORDER BY l.id", [list(orders)])


def due_looks(*, at: datetime, limit: int = 20) -> list[Any]:
    """Links whose page at the gateway has to be looked at."""
    return db.rows(f"{_LINK} WHERE l.look_at <= %s ORDER BY l.look_at LIMIT %s", [at, limit])


def due_links(*, at: datetime, limit: int = 50) -> list[Any]:
    """Open ones whose time is over."""
    return db.rows(f"{_LINK} WHERE l.state = 'open' AND l.due_at <= %s ORDER BY l.due_at, l.id LIMIT %s", [at, limit])


def ended_links_of(order: int) -> int:
    return int(db.value("SELECT count(*) FROM orders_paymentlink WHERE order_id = %s AND state = 'expired'", [order]))


def awaits_its_link_alone(order: int) -> bool:
    """It has not begun, and nothing was paid or promised for it by any other way."""
    found = db.value(
        """SELECT EXISTS (SELECT FROM orders_order WHERE id = %(order)s AND state = 'pending') AND NOT EXISTS (
               SELECT FROM orders_payment WHERE order_id = %(order)s AND state IN ('settled', 'pending'))""",
        {"order": order},
    )
    return bool(found)


def acts_about(gateway: str, reference: str) -> list[Any]:
    """What the gateway was asked to give back of a payment."""
    return db.rows(
        "SELECT * FROM orders_gatewayact WHERE gateway = %s AND reference = %s AND kind = 'refund' ORDER BY id",
        [gateway, reference],
    )


def acts_of(orders: Sequence[int]) -> list[Any]:
    """What did not come to its end yet, or failed, about these orders' money."""
    return db.rows(
        """SELECT a.*, p.order_id FROM orders_gatewayact a JOIN orders_payment p ON p.id = a.payment_id
           WHERE p.order_id = ANY(%s) AND a.state <> 'done' ORDER BY a.id""",
        [list(orders)],
    )


def order_number(key: int) -> str:
    return str(db.value("SELECT number FROM orders_order WHERE id = %s", [key]) or "")


def owed_of(order: int) -> int:
    """What its lines come to, less what was given back of them and what is here; what an invoice promises is not here yet."""
    return int(
        db.value(
            """SELECT (SELECT coalesce(sum(due - credited), 0) FROM orders_line WHERE order_id = %(order)s)
                   - (SELECT coalesce(sum(CASE kind WHEN 'payment' THEN amount ELSE -amount END), 0) FROM orders_payment
                      WHERE order_id = %(order)s AND (state = 'settled' OR (state = 'pending' AND kind = 'refund')))""",
            {"order": order},
        )
    )


def open_link_of(order: int) -> str:
    """The token of the link by which it can be paid; empty where there is none."""
    return str(db.value("SELECT token FROM orders_paymentlink WHERE order_id = %s AND state = 'open'", [order]) or "")


def earliest_selling() -> datetime | None:
    """When the next cart, quote, link, event or act is due."""
    found: datetime | None = db.value(
        """SELECT least((SELECT min(due_at) FROM orders_cart WHERE due_at IS NOT NULL),
               (SELECT min(valid_until) FROM orders_quote WHERE state = 'sent'),
               (SELECT min(due_at) FROM orders_paymentlink WHERE state = 'open'),
               (SELECT min(look_at) FROM orders_paymentlink WHERE look_at IS NOT NULL),
               (SELECT min(due_at) FROM orders_gatewayevent WHERE due_at IS NOT NULL),
               (SELECT min(due_at) FROM orders_gatewayact WHERE due_at IS NOT NULL))"""
    )
    return found
