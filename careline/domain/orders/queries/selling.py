"""Carts, quotes, terms of sale, and what can be put into a cart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.company.queries import setting
from careline.domain.orders.errors import NotFound
from careline.domain.orders.rules.selling import CartLine, Sums, Tax, sums_of
from careline.kit import db

NO_TAX = Tax("", 0)
ASK, CANCEL, KEEP = "ask", "cancel", "keep"
UNPAID_CHOICES = (ASK, CANCEL, KEEP)
UNPAID = "unpaid_orders"
"""Under which name the company's choice among them is kept."""
_CART = "SELECT * FROM orders_cart"
_QUOTE = """
SELECT q.id, q.number, q.version, q.cart_id, q.customer_id, q.conversation_id, q.state, q.currency, q.total, q.language, q.token, q.reason,
    q.order_id, q.agent_id, q.sent_at, q.valid_until, q.decided_at, o.number AS order_number, c.number AS case_number, cu.name AS customer_name,
    (SELECT max(n.version) FROM orders_quote n WHERE n.number = q.number) AS newest
FROM orders_quote q JOIN customers_customer cu ON cu.id = q.customer_id LEFT JOIN orders_order o ON o.id = q.order_id
LEFT JOIN conversations_conversation c ON c.id = q.conversation_id
"""
_OFFERED = """
SELECT v.id, v.product_id, v.sku, p.name, v.options, v.price, v.currency, v.stock, v.is_available AND p.is_active AS is_available,
    p.billing, p.terms
FROM orders_variant v JOIN orders_product p ON p.id = v.product_id
"""


@dataclass(frozen=True, slots=True)
class Terms:
    """How we sell. `shipping`: [{"name", "amount", "currency"}]. `unpaid`: what becomes of an order whose payment link was let pass."""

    tax: Tax = NO_TAX
    shipping: tuple[dict[str, Any], ...] = ()
    hold_minutes: int = 30
    quote_days: int = 14
    quote_hold_hours: int = 72
    link_days: int = 7
    unpaid: str = ASK


@dataclass(frozen=True, slots=True)
class Cart:
    """`due_at`: until when its goods are reserved; None where they are not (any more)."""

    id: int
    customer: int
    conversation: int | None
    state: str
    currency: str
    address: dict[str, str]
    order: int | None
    revises: int | None
    agent: int | None
    version: int
    due_at: datetime | None
    lines: tuple[CartLine, ...]
    reserved: dict[int, int]

    @property
    def sums(self) -> Sums:
        return sums_of(self.lines)


def terms() -> Terms:
    row = db.row("SELECT * FROM orders_terms ORDER BY id LIMIT 1")
    if row is None:
        return Terms(unpaid=setting(UNPAID) or ASK)
    return Terms(
        Tax(row.tax_name, row.tax_rate), tuple(row.shipping), row.hold_minutes, row.quote_days, row.quote_hold_hours, row.link_days,
        setting(UNPAID) or ASK,
    )  # fmt: skip


def cart_of_case(conversation: int) -> Cart | None:
    """The one that is being put together."""
    row = db.row(f"{_CART} WHERE conversation_id = %s AND state IN ('open', 'waiting')", [conversation])
    return cart_from(row) if row is not None else None


def cart_by_id(key: int) -> Cart:
    row = db.row(f"{_CART} WHERE id = %s", [key])
    if row is None:
        raise NotFound(f"There is no cart {key}.")
    return cart_from(row)


def cart_from(row: Any) -> Cart:
    lines, reserved = [], {}
    for one in db.rows("SELECT * FROM orders_cartline WHERE cart_id = %s ORDER BY id", [row.id]):
        lines.append(
            CartLine(
                one.kind, one.name, one.amount, one.variant_id, one.quantity, one.unit_price, one.rate, one.options
            )
        )
        if one.reserved:
            reserved[one.variant_id] = one.reserved
    return Cart(
        row.id, row.customer_id, row.conversation_id, row.state, row.currency, row.address, row.order_id, row.revises_id, row.agent_id,
        row.version, row.due_at, tuple(lines), reserved,
    )  # fmt: skip


def offered(keys: Iterable[int]) -> dict[int, Any]:
    """Variants by key, with billing and terms of their product."""
    return {row.id: row for row in db.rows(f"{_OFFERED} WHERE v.id = ANY(%s)", [list(keys)])}


def also_there(variant: int, *, limit: int = 3) -> list[Any]:
    """Other variants of the same product that are there."""
    return db.rows(
        f"""{_OFFERED} WHERE v.product_id = (SELECT product_id FROM orders_variant WHERE id = %(key)s) AND v.id <> %(key)s AND v.is_available
            AND p.is_active AND (v.stock IS NULL OR v.stock > 0) ORDER BY v.stock DESC NULLS FIRST, v.id LIMIT %(limit)s""",
        {"key": variant, "limit": limit},
    )


def quote_by_token(token: str) -> Any | None:
    return db.row(f"{_QUOTE} WHERE q.token = %s", [token]) if token.isprintable() and token else None


def quote_by_id(key: int) -> Any | None:
    return db.row(f"{_QUOTE} WHERE q.id = %s", [key])


def quotes_of_case(conversation: int, *, limit: int = 5) -> list[Any]:
    """The newest first; of each number its newest version."""
    return db.rows(
        f"""SELECT * FROM ({_QUOTE} WHERE q.conversation_id = %s) AS all_of_them WHERE version = newest ORDER BY id DESC LIMIT %s""",
        [conversation, limit],
    )


def happened_to_quote(number: int) -> list[Any]:
    return db.rows(
        "SELECT id, version, state, total, currency, sent_at, decided_at FROM orders_quote WHERE number = %s ORDER BY version DESC",
        [number],
    )


def last_address_of(customers: Sequence[int]) -> dict[str, str]:
    """Where their last order went; empty where there is none."""
    found = db.value(
        "SELECT address FROM orders_order WHERE customer_id = ANY(%s) AND address <> '{}' ORDER BY placed_at DESC, id DESC LIMIT 1",
        [list(customers)],
    )
    return dict(found or {})
