"""A shop as JSON: products, users and orders, each an object by key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from careline.flows.brought import Person, Record, Unread
from careline.flows.brought_orders import Bought, Offer, Order, Paid, Payway, Product, Sent

_KINDS = {
    "credit_card": "card",
    "card": "card",
    "gift_card": "gift_card",
    "store_credit": "store_credit",
    "bank": "bank",
    "invoice": "invoice",
}


def records(folder: Path, mapping: Mapping[str, Mapping[str, str]]) -> Iterator[Record]:
    currency = mapping["options"]["currency"]
    for key, product in _all(folder / "products.json"):
        yield _read(f"product {key}", lambda product=product, key=key: _product(key, product, currency))
    for key, user in _all(folder / "users.json"):
        yield _read(f"user {key}", lambda user=user, key=key: _person(key, user))
        for way in (user.get("payment_methods") or {}).values():
            yield _read(f"user {key}", lambda way=way, key=key: _payway(key, way, currency))
    for key, order in _all(folder / "orders.json"):
        yield _read(f"order {key}", lambda order=order, key=key: _order(key, order, currency, mapping["states"]))


def _all(file: Path) -> Iterator[tuple[str, Any]]:
    """Exact amounts: a number is read as it is written."""
    if file.exists():
        yield from json.loads(file.read_text("utf-8"), parse_float=Decimal).items()


def _read(where: str, reading: Any) -> Record:
    try:
        found: Record = reading()
    except (KeyError, TypeError, AttributeError, ValueError) as wrong:
        return Unread(where, f"It is not as a shop's export has it ({wrong}).")
    return found


def _product(key: str, given: Any, currency: str) -> Product:
    offers = tuple(
        Offer(str(sku), str(one["price"]), one.get("options") or {}, one.get("stock"), bool(one.get("available", True)))
        for sku, one in given["variants"].items()
    )
    return Product(key, given["name"], given.get("currency", currency), offers)


def _person(key: str, given: Any) -> Person:
    name = given["name"]
    words = name if isinstance(name, str) else f"{name.get('first_name', '')} {name.get('last_name', '')}".strip()
    phone = given.get("phone")
    return Person(key, words, (given["email"],), (phone,) if phone else ())


def _payway(person: str, given: Any, currency: str) -> Payway:
    kind = _KINDS.get(given["source"], "wallet")
    label = given.get("brand") or ("" if kind != "wallet" else given["source"])
    return Payway(
        given["id"], person, kind, str(label).capitalize(), given.get("last_four", ""), str(given.get("balance", "")), given.get("currency", currency)
    )  # fmt: skip


def _order(key: str, given: Any, currency: str, states: Mapping[str, str]) -> Order:
    lines = tuple(
        Bought(str(one["item_id"]), one["name"], str(one["price"]), one.get("quantity", 1), one.get("options") or {})
        for one in given["items"]
    )
    paid = tuple(
        Paid(one["payment_method_id"], str(one["amount"]), one["transaction_type"])
        for one in given.get("payment_history", ())
    )
    sent = []
    for one in given.get("fulfillments", ()):
        items = set(one["item_ids"])
        sent.append(Sent(", ".join(one["tracking_id"]), tuple(n for n, line in enumerate(lines) if line.sku in items)))
    where = given.get("address") or {}
    address = {
        "street": where.get("address1", ""), "street2": where.get("address2", ""), "postcode": where.get("zip", ""), "city": where.get("city", ""),
        "region": where.get("state", ""), "country": where.get("country", ""),
    }  # fmt: skip
    state = states.get(given["status"], given["status"])
    return Order(
        given.get("order_id", key), given["user_id"], state, given.get("currency", currency), lines, paid, tuple(sent),
        {name: words for name, words in address.items() if words},
    )  # fmt: skip
