"""Who was erased, when, by whom: numbers only."""

from __future__ import annotations

from typing import Any

from careline.kit import db

_COLUMNS = "id, key, customer_id, mode, reason, counts, by_kind, by_id, at"


def erasures_page(*, after: int | None, limit: int) -> list[Any]:
    """The newest first; `after` is the id of the last one seen."""
    return db.rows(
        f"SELECT {_COLUMNS} FROM customers_erasure WHERE %(after)s::bigint IS NULL OR id < %(after)s ORDER BY id DESC LIMIT %(limit)s",
        {"after": after, "limit": limit},
    )


def erasure_by_id(key: int) -> Any | None:
    return db.row(f"SELECT {_COLUMNS} FROM customers_erasure WHERE id = %s", [key])


def erasures_after(key: int, *, limit: int) -> list[Any]:
    """Oldest first, for the journal outside of the database."""
    return db.rows(f"SELECT {_COLUMNS} FROM customers_erasure WHERE id > %s ORDER BY id LIMIT %s", [key, limit])


def erasure_keys() -> set[str]:
    return {row.key for row in db.rows("SELECT key FROM customers_erasure")}
