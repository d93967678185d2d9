"""How each row of docs/permissions.csv about carts, quotes, payment links and pieces is tried."""

from __future__ import annotations

from typing import Any

from careline.domain.history.actor import agent
from careline.domain.orders.commands import selling_terms
from careline.domain.orders.queries.selling import Terms
from careline.domain.orders.rules.selling import Tax
from careline.flows.fill_cart import CartChange, change_cart
from careline.flows.keep_items import Registering, register_item
from careline.flows.place_cart import Paying, place_cart
from careline.flows.quote import Quoting, send_quote
from careline.kit import db
from tests.entrypoints.trials_of_shops import TRIALS_OF_SHOPS
from tests.world import NOON, World

CASE, CUSTOMER, HOUSE = "case", "customer", "house"
_CART = "/conversations/{case}/cart"
_READ, _WRITE, _MANAGE = "order:read", "order:write", "product:manage"
_PUT = {"units": [{"variant": "id {lock}", "quantity": 1}]}
_ITEM = {"customer": "id {carol}", "product": "id {product}", "serial": "S-9"}
_TIE = "/products/{product}/links/tag/{tag}"
Trial = tuple[str, Any, Any]

TRIALS_OF_SELLING: dict[tuple[str, str], Trial] = {
    ("flows.fill_cart.change_cart", _WRITE): (CASE, ("PATCH", _CART, _PUT), ("POST", _CART, {"do": "put", "variant": "{lock}"})),
    ("flows.fill_cart.drop_cart", _WRITE): (CASE, ("DELETE", _CART, None), ("POST", _CART, {"do": "empty"})),
    ("flows.place_cart.place_cart", _WRITE): (
        CASE,
        ("POST", f"{_CART}/order", {"way": "invoice"}),
        ("POST", f"{_CART}/order", {"way": "invoice"}),
    ),
    ("flows.quote.send_quote", _WRITE): (
        CASE,
        ("POST", "/conversations/{case}/quotes", {}),
        ("POST", f"{_CART}/quote", {"days": "3"}),
    ),
    ("flows.quote.change_quote", _WRITE): (
        CUSTOMER,
        ("POST", "/quotes/{other_quote}/changes", {}),
        None,
    ),
    ("flows.quote.withdraw_quote", _WRITE): (
        CUSTOMER,
        ("DELETE", "/quotes/{quote}", None),
        ("POST", "/sales/quotes/{quote}", {"do": "withdraw"}),
    ),
    ("desk.selling.quotes_page", _READ): (HOUSE, ("GET", "/quotes", None), ("GET", "/sales/quotes", None)),
    ("desk.selling.quote_for", _READ): (
        CUSTOMER, ("GET", "/quotes/{quote}", None), ("GET", "/sales/quotes/{quote}", None),
    ),
    ("flows.payment_link.send_payment_link", _WRITE): (
        CUSTOMER,
        ("POST", "/orders/{owing}/payment-links", {"conversation": "{case}"}),
        ("POST", "/orders/{owing}/payment-links", {"do": "send", "case": "{case}"}),
    ),
    ("flows.payment_link.withdraw_payment_link", _WRITE): (
        CUSTOMER,
        ("DELETE", "/orders/{linked}/payment-links", None),
        ("POST", "/orders/{linked}/payment-links", {"do": "withdraw"}),
    ),
    ("desk.selling.items_page", _READ): (HOUSE, ("GET", "/items", None), ("GET", "/items", None)),
    ("desk.selling.item_for", _READ): (CUSTOMER, ("GET", "/items/{item}", None), None),
    ("desk.selling.known_about", _READ): (
        HOUSE,
        ("GET", "/products/{product}/links", None),
        ("GET", "/products/{product}/known", None),
    ),
    ("flows.keep_items.register_item", _WRITE): (
        CUSTOMER,
        ("POST", "/items", _ITEM),
        ("POST", "/items", {"customer": "carol@example.com", "product": "{product}", "serial": "S-9"}),
    ),
    ("flows.keep_items.change_item", _WRITE): (CUSTOMER, ("PATCH", "/items/{item}", {"version": "2"}), None),
    ("flows.keep_items.tie_to_product", _MANAGE): (
        HOUSE,
        ("PUT", _TIE, None),
        ("POST", "/products/{product}/known", {"kind": "tag", "of": "{tag}"}),
    ),
    ("flows.keep_items.untie_from_product", _MANAGE): (
        HOUSE,
        ("DELETE", "/products/{product}/links/problem/{tied}", None),
        ("DELETE", "/products/{product}/known?kind=problem&of={tied}", None),
    ),
    ("flows.keep_terms.set_terms", _MANAGE): (
        HOUSE,
        ("PUT", "/terms-of-sale", {"tax_percent": 7}),
        ("POST", "/settings/selling", {"tax_rate": "7", "hold_minutes": "30", "quote_days": "9", "quote_hold_hours": "9", "link_days": "9"}),
    ),
    ("flows.keep_terms.set_gateway", "channel:manage"): (
        HOUSE, ("PUT", "/payment-gateways/stripe", {"key": "sk_test_1"}), ("POST", "/settings/payments", {"kind": "stripe", "is_active": "on"}),
    ),
} | TRIALS_OF_SHOPS  # fmt: skip


def keys_of_selling(world: World) -> dict[str, int]:
    """After the shop of keys_of_orders: two quotes, an order by invoice and one by link, a cart with a lock, a piece of Carol's."""
    ben, by = world.person(world.ben), agent(world.ben.pk)
    lock, helmet = (
        db.row("SELECT id, product_id FROM orders_variant WHERE sku = %s", [sku]) for sku in ("L-1-U", "H-1-S")
    )
    db.execute("UPDATE orders_variant SET stock = 50 WHERE id = %s", [lock.id])
    selling_terms.set_terms(Terms(Tax("VAT", 190_000)), by=by, at=NOON)
    secrets = {"key": "sk", "webhook": "wh"}
    selling_terms.set_gateway("fake", settings={}, secrets=secrets, is_active=True, by=by, at=NOON)

    def put() -> None:
        change_cart(ben, world.case, CartChange({lock.id: 1}), by=by, at=NOON)

    found = {"lock": int(lock.id)}
    for name in ("other_quote", "quote"):
        put()
        found[name] = send_quote(ben, world.case, Quoting(), by=by, at=NOON).id or 0
    for name, way in (("owing", "invoice"), ("linked", "link")):
        put()
        found[name] = int(place_cart(ben, world.case, Paying(way), by=by, at=NOON).order)
    put()
    piece = Registering(world.carol, helmet.product_id, "S-1")
    found["item"] = register_item(ben, piece, by=by, at=NOON)
    found["tied"] = int(db.value("SELECT max(id) FROM conversations_problem"))
    db.execute(
        "INSERT INTO orders_productlink (product_id, kind, key) VALUES (%s, 'problem', %s)",
        [helmet.product_id, found["tied"]],
    )
    return found
