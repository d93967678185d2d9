"""Which outside shops there are. Guarded: flows only."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.queries.shops import SEALED
from careline.kit import db
from careline.kit.keys import CannotDecrypt, ring

TOKEN_BYTES = 24
BACK = timedelta(days=60)
"""How old a change may be that is still seen of a shop that is new here."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """`secrets`: key, secret, webhook; those that are empty stay as they are."""

    kind: str
    name: str
    code: str
    url: str
    trusts_mail: bool = False
    is_active: bool = True
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@transaction.atomic
def keep_shop(key: int | None, said: Keeping, *, by: Actor, at: datetime) -> int:
    """A new one where there is no key. Its kind and the letters before its numbers stay. Raises NotFound, OrderRefused."""
    row = None
    if key is not None:
        row = db.row("SELECT * FROM orders_outsideshop WHERE id = %s FOR UPDATE", [key])
        if row is None:
            raise NotFound("There is no such shop.")
    sealed = _sealed(bytes(row.secrets) if row is not None else b"", said.secrets)
    if row is None:
        key = _added(said, sealed, at=at)
    else:
        db.execute(
            """UPDATE orders_outsideshop SET name = %(name)s, url = %(url)s, trusts_mail = %(trusts)s, is_active = %(active)s, secrets = %(sealed)s,
                   token = CASE WHEN token = '' THEN %(token)s ELSE token END, changed_at = %(at)s, tries = 0, sentence = '', failed_at = NULL,
                   due_at = CASE WHEN %(active)s THEN %(at)s::timestamptz END WHERE id = %(id)s""",
            {
                "name": said.name, "url": said.url, "trusts": said.trusts_mail, "active": said.is_active, "sealed": sealed,
                "token": secrets.token_urlsafe(TOKEN_BYTES), "at": at, "id": key,
            },
        )  # fmt: skip
    assert key is not None
    data = {"shop": key, "kind": said.kind, "active": said.is_active}
    record(Happening("outside_shop.changed" if row else "outside_shop.added", "company", 1, data=data), by=by, at=at)
    return key


def _added(said: Keeping, sealed: bytes, *, at: datetime) -> int:
    key = db.value(
        """INSERT INTO orders_outsideshop (kind, name, code, url, token, secrets, trusts_mail, is_active, cursor, tries, due_at, sentence,
               changed_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 0, %s, '', %s) ON CONFLICT (code) DO NOTHING RETURNING id""",
        [
            said.kind, said.name, said.code, said.url, secrets.token_urlsafe(TOKEN_BYTES), sealed, said.trusts_mail, said.is_active,
            (at - BACK).isoformat(), at if said.is_active else None, at,
        ],
    )  # fmt: skip
    if key is None:
        raise OrderRefused("code_taken", f"Another shop has the letters {said.code} before its order numbers.")
    return int(key)


def _sealed(before: bytes, given: Mapping[str, str]) -> bytes:
    try:
        held: dict[str, str] = json.loads(ring().decrypt(SEALED, before)) if before else {}
    except CannotDecrypt:
        held = {}
    held |= {name: value for name, value in given.items() if value}
    return ring().encrypt(SEALED, json.dumps(held).encode()) if held else b""
