"""Products and their variants come, change and go."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db
from careline.kit.search import words_of

_ADD = """
INSERT INTO orders_product (code, name, description, features, billing, terms, warranty_months, is_active, created_at)
VALUES (%(code)s, %(name)s, %(description)s, %(features)s, %(billing)s, %(terms)s, %(warranty_months)s, %(is_active)s, %(at)s)
ON CONFLICT (code) DO NOTHING RETURNING id
"""
_CHANGE = """
UPDATE orders_product SET name = %(name)s, description = %(description)s, features = %(features)s, billing = %(billing)s,
    terms = %(terms)s, warranty_months = %(warranty_months)s, is_active = %(is_active)s WHERE id = %(id)s
"""
_ADD_VARIANT = """
INSERT INTO orders_variant (product_id, sku, options, price, currency, stock, is_available, created_at)
VALUES (%(product)s, %(sku)s, %(options)s, %(price)s, %(currency)s, %(stock)s, %(is_available)s, %(at)s)
ON CONFLICT (sku) DO NOTHING RETURNING id
"""
_CHANGE_VARIANT = """
UPDATE orders_variant SET options = %(options)s, price = %(price)s, stock = %(stock)s, is_available = %(is_available)s WHERE id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class NewProduct:
    code: str
    name: str
    description: str = ""
    features: list[dict[str, str]] = field(default_factory=list)
    billing: str = "one_off"
    terms: dict[str, Any] = field(default_factory=dict)
    warranty_months: int | None = None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class NewVariant:
    """`price` in minor units; `stock` None: not counted."""

    sku: str
    price: int
    currency: str
    options: dict[str, str] = field(default_factory=dict)
    stock: int | None = None
    is_available: bool = True


@transaction.atomic
def add_product(product: NewProduct, *, by: Actor, at: datetime) -> int | None:
    """None where there is one with this code."""
    key: int | None = db.value(_ADD, _values(product) | {"at": at})
    if key is not None:
        refresh_words(key)
        record(Happening("product.added", "product", key), by=by, at=at)
    return key


@transaction.atomic
def change_product(key: int, product: NewProduct, *, by: Actor, at: datetime) -> None:
    if db.execute(_CHANGE, _values(product) | {"id": key}):
        refresh_words(key)
        record(Happening("product.changed", "product", key), by=by, at=at)


@transaction.atomic
def add_variant(product: int, variant: NewVariant, *, by: Actor, at: datetime) -> int | None:
    """None where there is one with this sku."""
    key: int | None = db.value(_ADD_VARIANT, _offered(variant) | {"product": product, "at": at})
    if key is not None:
        refresh_words(product)
        record(Happening("variant.added", "product", product, data={"variant": key}), by=by, at=at)
    return key


@transaction.atomic
def change_variant(product: int, key: int, variant: NewVariant, *, by: Actor, at: datetime) -> None:
    """Its sku and currency stay: orders were placed in them."""
    if db.execute(_CHANGE_VARIANT, _offered(variant) | {"id": key}):
        data = {"variant": key, "price": variant.price, "stock": variant.stock}
        record(Happening("variant.changed", "product", product, data=data), by=by, at=at)


def refresh_words(product: int | None = None) -> None:
    """What a product is found by: code, name, description, and the skus and options of its variants. None: all products."""
    found = db.rows(
        """SELECT p.id, p.code, p.name, p.description, coalesce(string_agg(v.sku || ' ' || v.options::text, ' '), '') AS variants
           FROM orders_product p LEFT JOIN orders_variant v ON v.product_id = p.id
           WHERE %(product)s::bigint IS NULL OR p.id = %(product)s GROUP BY p.id""",
        {"product": product},
    )
    new = [
        {"id": row.id, "words": sorted({word for text in row[1:] for word in words_of(text)})[:2000]} for row in found
    ]
    db.execute(
        """UPDATE orders_product p SET vector = array_to_tsvector(ARRAY(SELECT jsonb_array_elements_text(n.words)))
           FROM jsonb_to_recordset(%s) AS n (id bigint, words jsonb) WHERE p.id = n.id""",
        [db.json(new)],
    )


def _values(product: NewProduct) -> dict[str, Any]:
    return {
        "code": product.code, "name": product.name, "description": product.description, "features": db.json(product.features),
        "billing": product.billing, "terms": db.json(product.terms), "warranty_months": product.warranty_months, "is_active": product.is_active,
    }  # fmt: skip


def _offered(variant: NewVariant) -> dict[str, Any]:
    return {
        "sku": variant.sku, "options": db.json(variant.options), "price": variant.price, "currency": variant.currency,
        "stock": variant.stock, "is_available": variant.is_available,
    }  # fmt: skip
