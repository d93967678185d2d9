"""Orders that wait until somebody has agreed to their discount."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from careline.kit import db


def propose(customer: int, conversation: int, body: Mapping[str, Any], *, at: datetime) -> tuple[int, bool]:
    """Its key, and whether it is new: exactly the same that waits already is found again. The case is held by the caller."""
    found = db.value(
        """SELECT id FROM orders_proposal WHERE customer_id = %s AND conversation_id = %s AND order_id IS NULL AND body = %s::jsonb
           ORDER BY id LIMIT 1""",
        [customer, conversation, db.json(dict(body))],
    )
    if found is not None:
        return int(found), False
    made = db.value(
        "INSERT INTO orders_proposal (customer_id, conversation_id, body, at) VALUES (%s, %s, %s, %s) RETURNING id",
        [customer, conversation, db.json(dict(body)), at],
    )
    return int(made), True


def waiting(key: int) -> Any | None:
    """What was asked for, held; None where it was placed or forgotten."""
    found = db.value("SELECT body FROM orders_proposal WHERE id = %s AND order_id IS NULL FOR UPDATE", [key])
    return found or None


def note_placed(key: int, order: int) -> None:
    db.execute("UPDATE orders_proposal SET order_id = %s WHERE id = %s", [order, key])


def drop(key: int) -> None:
    db.execute("DELETE FROM orders_proposal WHERE id = %s AND order_id IS NULL", [key])
