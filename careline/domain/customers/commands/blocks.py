"""Whose messages are spam. What they send is kept all the same."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.customers.queries.blocks import value_blocked
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db


class BadBlock(ValueError):
    """Neither a mail address nor a domain."""


@transaction.atomic
def block(value: str, *, by: Actor, at: datetime) -> int:
    """Blocks an address, or a domain as in `@spam.example`; its key, also where it was blocked before. Raises BadBlock."""
    word = value_blocked(value)
    if word is None:
        raise BadBlock("Give a mail address, as in spam@example.com, or a domain, as in @spam.example.")
    key = db.value(
        """INSERT INTO customers_block (kind, value, created_at, created_by_id) VALUES ('email', %s, %s, %s)
           ON CONFLICT (kind, value) DO NOTHING RETURNING id""",
        [word, at, by.id if by.kind is ActorKind.AGENT else None],
    )
    if key is None:
        return int(db.value("SELECT id FROM customers_block WHERE kind = 'email' AND value = %s", [word]))
    record(Happening("sender.blocked", "block", key), by=by, at=at)
    return int(key)


@transaction.atomic
def unblock(key: int, *, by: Actor, at: datetime) -> bool:
    """From now on their messages are messages again. False where there is no such block."""
    if not db.execute("DELETE FROM customers_block WHERE id = %s", [key]):
        return False
    record(Happening("sender.unblocked", "block", key), by=by, at=at)
    return True
