"""How we sell, and where cards are charged. Guarded: flows only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.company.commands import keep_setting
from careline.domain.company.queries import setting
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.orders.queries.selling import ASK, UNPAID, Terms
from careline.domain.orders.queries.selling_pay import SEALED
from careline.kit import db
from careline.kit.keys import CannotDecrypt, ring


@transaction.atomic
def set_terms(terms: Terms, *, by: Actor, at: datetime) -> None:
    db.execute("DELETE FROM orders_terms")
    db.execute(
        """INSERT INTO orders_terms (tax_name, tax_rate, shipping, hold_minutes, quote_days, quote_hold_hours, link_days)
           VALUES (%s, %s, %s, %s, %s, %s, %s)""",
        [
            terms.tax.name, terms.tax.rate, db.json(list(terms.shipping)), terms.hold_minutes, terms.quote_days, terms.quote_hold_hours,
            terms.link_days,
        ],
    )  # fmt: skip
    if terms.unpaid != (setting(UNPAID) or ASK):
        keep_setting(UNPAID, terms.unpaid, by=by, at=at)
    record(Happening("terms_of_sale.changed", "company", 1, data={"tax": terms.tax.rate}), by=by, at=at)


@transaction.atomic
def set_gateway(
    kind: str, *, settings: Mapping[str, Any], secrets: Mapping[str, str], is_active: bool, by: Actor, at: datetime
) -> None:
    """Secrets that are given empty stay as they are. One gateway at a time is switched on."""
    held: dict[str, str] = {}
    row = db.row("SELECT secrets FROM orders_gateway WHERE kind = %s FOR UPDATE", [kind])
    if row is not None and row.secrets:
        try:
            held = json.loads(ring().decrypt(SEALED, bytes(row.secrets)))
        except CannotDecrypt:
            held = {}
    held |= {name: value for name, value in secrets.items() if value}
    sealed = ring().encrypt(SEALED, json.dumps(held).encode()) if held else b""
    if is_active:
        db.execute("UPDATE orders_gateway SET is_active = false WHERE kind <> %s", [kind])
    db.execute(
        """INSERT INTO orders_gateway (kind, settings, secrets, is_active, changed_at) VALUES (%s, %s, %s, %s, %s)
           ON CONFLICT (kind) DO UPDATE SET settings = excluded.settings, secrets = excluded.secrets, is_active = excluded.is_active,
               changed_at = excluded.changed_at""",
        [kind, db.json(dict(settings)), sealed, is_active, at],
    )
    record(Happening("payment_gateway.changed", "company", 1, data={"kind": kind, "active": is_active}), by=by, at=at)
