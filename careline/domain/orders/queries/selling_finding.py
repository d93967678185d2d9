"""What can be sold, found by the words that an agent types."""

from __future__ import annotations

from typing import Any

from careline.kit import db
from careline.kit.search import words_of


def found_variants(words: str, *, limit: int) -> list[Any]:
    """Variants of products that are found by all of these beginnings of words; a sku as it stands comes first, what is there
    before what is not."""
    asked = list(dict.fromkeys(words_of(words)))[:12]
    if not asked:
        return []
    query = " & ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "':*" for word in asked)
    return db.rows(
        """SELECT v.id, v.product_id, v.sku, p.name, v.options, v.price, v.currency, v.stock, v.is_available AND p.is_active AS is_available
           FROM orders_variant v JOIN (SELECT id, name, is_active FROM orders_product WHERE vector @@ %(query)s::tsquery ORDER BY id LIMIT 200) p
               ON p.id = v.product_id
           WHERE p.is_active ORDER BY upper(v.sku) = upper(%(exact)s) DESC, coalesce(v.stock, 1) > 0 AND v.is_available DESC, p.id, v.id
           LIMIT %(limit)s""",
        {"query": query, "exact": words.strip(), "limit": limit},
    )
