"""Products and their variants."""

from __future__ import annotations

from typing import Any

from careline.kit import db
from careline.kit.search import words_of

_PRODUCT = """
SELECT p.id, p.code, p.name, p.description, p.features, p.billing, p.terms, p.warranty_months, p.is_active, p.created_at,
    (SELECT coalesce(json_agg(json_build_object('id', v.id, 'sku', v.sku, 'options', v.options, 'price', v.price, 'currency', v.currency,
        'stock', v.stock, 'is_available', v.is_available) ORDER BY v.id), '[]') FROM orders_variant v WHERE v.product_id = p.id) AS variants
FROM orders_product p
"""


def products(*, words: str = "", after: int = 0, limit: int = 50) -> list[Any]:
    """By key. `words`: each begins a word of the product or of one of its variants."""
    asked = list(dict.fromkeys(words_of(words)))[:12]
    if words.strip() and not asked:
        return []
    query = " & ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "':*" for word in asked)
    return db.rows(
        f"{_PRODUCT} WHERE p.id > %(after)s AND (%(query)s = '' OR p.vector @@ nullif(%(query)s, '')::tsquery) ORDER BY p.id LIMIT %(limit)s",
        {"after": after, "query": query, "limit": limit},
    )


def product_by_id(key: int) -> Any | None:
    return db.row(f"{_PRODUCT} WHERE p.id = %s", [key])


def variant_by_id(key: int) -> Any | None:
    return db.row("SELECT * FROM orders_variant WHERE id = %s", [key])


def variants_of_products(products: list[int]) -> list[Any]:
    """What can be chosen instead: those that are there, by product."""
    return db.rows(
        """SELECT id, product_id, sku, options, price, currency, stock FROM orders_variant
           WHERE product_id = ANY(%s) AND is_available AND (stock IS NULL OR stock > 0) ORDER BY product_id, id""",
        [products],
    )
