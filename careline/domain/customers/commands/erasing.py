"""Erasing a person: what we know of them goes, the row stays as an empty place that figures hang on. Guarded: flows only."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.customers.commands.people import Gone
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_ONE_PERSON = """
WITH RECURSIVE one (id) AS (
    SELECT id FROM customers_customer WHERE id = %(customer)s
    UNION SELECT c.id FROM customers_customer c JOIN one ON c.merged_into_id = one.id
)
SELECT c.id, c.name, c.merged_into_id, c.erased_at FROM customers_customer c JOIN one ON one.id = c.id ORDER BY c.id FOR UPDATE OF c
"""
_EMPTY = """
UPDATE customers_customer SET name = '', sort_name = '', language = '', time_zone = '', notes = '', fields = '{}', preferred_channel = '',
    do_not_contact = '{}', organisation_id = NULL, sees_company = false, vector = NULL, erased_at = %s
WHERE id = ANY(%s)
"""
_BELONGINGS = {
    "addresses": "DELETE FROM customers_address WHERE customer_id = ANY(%s)",
    "notes": "DELETE FROM customers_note WHERE customer_id = ANY(%s)",
    "consents": "UPDATE customers_consent SET given_how = '', withdrawn_how = '' WHERE customer_id = ANY(%s)",
    "sessions": "DELETE FROM customers_session WHERE customer_id = ANY(%s)",
    "logins": "DELETE FROM customers_login WHERE customer_id = ANY(%s)",
    "ratings": "UPDATE customers_rating SET comment = '' WHERE comment <> '' AND customer_id = ANY(%s)",
    "merges": """UPDATE customers_merge SET before = '{}', after = '{}', addresses = '[]', note_ids = '{}', consent_ids = '{}'
                 WHERE survivor_id = ANY(%s)""",
}
_SHEET_ROWS = """
UPDATE customers_importrow SET cells = '{}', keys = '{}', reason = '', before = '{}', after = '{}'
WHERE (customer_id = ANY(%(people)s) OR keys && %(keys)s) AND cells <> '{}' RETURNING owner_id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """Whoever is one person by now: keys (the one asked for, and who was merged into them), and what they are called."""

    people: list[int]
    addresses: list[str]
    names: list[str]


def held_person(customer: int) -> Known:
    """Locks all rows of a person until the transaction ends. Raises Gone for one that was erased, or merged into another."""
    found = db.rows(_ONE_PERSON, {"customer": customer})
    asked = next((row for row in found if row.id == customer), None)
    if asked is None or asked.merged_into_id is not None or asked.erased_at is not None:
        raise Gone(f"Customer {customer} was erased or merged already.")
    people = [row.id for row in found]
    addresses = db.rows("SELECT value FROM customers_address WHERE customer_id = ANY(%s) ORDER BY id", [people])
    return Known(people, [row.value for row in addresses], [row.name for row in found if row.name.strip()])


def erase(known: Known, *, at: datetime) -> dict[str, int]:
    """What we know of the person goes; how much of each kind."""
    counts = {name: db.execute(statement, [known.people]) for name, statement in _BELONGINGS.items()}
    sheets = db.rows(_SHEET_ROWS, {"people": known.people, "keys": known.addresses})
    counts["import rows"] = len(sheets)
    db.execute(
        "DELETE FROM customers_block WHERE lower(value) = ANY(%s)", [[address.lower() for address in known.addresses]]
    )
    db.execute(
        "DELETE FROM customers_entrylink WHERE lower(value) = ANY(%s)", [[one.lower() for one in known.addresses]]
    )
    db.execute(_EMPTY, [at, known.people])
    return counts


def note_erasure(
    customer: int, *, mode: str, reason: str, counts: dict[str, Any], by: Actor, at: datetime, key: str = ""
) -> tuple[int, str]:
    """Puts on record that somebody was erased: (id, key)."""
    key = key or secrets.token_hex(16)
    made = db.value(
        """INSERT INTO customers_erasure (key, customer_id, mode, reason, counts, by_kind, by_id, at)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s) RETURNING id""",
        [key, customer, mode, reason, db.json(counts), by.kind.value, by.id, at],
    )
    data = {"mode": mode, "erasure": int(made)}
    record(Happening("customer.erased", "customer", customer, customer=customer, data=data), by=by, at=at)
    return int(made), key


def sheets_of(people: Sequence[int], addresses: Sequence[str]) -> list[str]:
    """The stored sheets of imports that named the person: the contents behind them."""
    found = db.rows(
        """SELECT DISTINCT i.file_id FROM customers_import i JOIN customers_importrow r ON r.owner_id = i.id
           WHERE r.customer_id = ANY(%s) OR r.keys && %s""",
        [list(people), list(addresses)],
    )
    return [row.file_id for row in found]
