"""Who is blocked."""

from __future__ import annotations

import re
from typing import Any

from careline.kit import db

_DOMAIN = re.compile(r"@[^@\s,;<>]+\.[^@\s,;<>]+")
_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")


def value_blocked(words: str) -> str | None:
    """An address or an @domain as a block keeps it; None for anything else."""
    word = words.strip().lower()
    if len(word) > 320 or not (_DOMAIN.fullmatch(word) or _ADDRESS.fullmatch(word)):
        return None
    return word


def is_blocked(address: str) -> bool:
    """Whether this address, or its whole domain, is blocked."""
    word = address.lower()
    domain = "@" + word.rpartition("@")[2]
    return bool(
        db.value(
            "SELECT EXISTS (SELECT FROM customers_block WHERE kind = 'email' AND value = ANY(%s::text[]))",
            [[word, domain]],
            prepared=True,
        )
    )


def blocks() -> list[Any]:
    """All of them, the newest first: id, value, created_at, agent_name."""
    return db.rows(
        """SELECT b.id, b.value, b.created_at, a.name AS agent_name FROM customers_block b
           LEFT JOIN staff_agent a ON a.id = b.created_by_id ORDER BY b.id DESC"""
    )
