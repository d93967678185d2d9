"""Looking people up."""

from __future__ import annotations

from collections.abc import Sequence

from careline.domain.customers.models import Address, Customer
from careline.kit import db

PURPOSES = ("news", "offers", "survey")
"""What mail is sent for, as it comes; the company may use any other small word."""


def customer_by_id(customer_id: int) -> Customer | None:
    return Customer.objects.select_related("organisation").filter(pk=customer_id, erased_at=None).first()


def addresses_of(customer_id: int) -> list[Address]:
    return list(Address.objects.filter(customer_id=customer_id).order_by("-is_primary", "id"))


def customer_id_of(kind: str, value: str) -> int | None:
    return db.value("SELECT customer_id FROM customers_address WHERE kind = %s AND value = %s", [kind, value])


def customers_of(keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Whose each of these (kind, value) is; those that are nobody's are left out."""
    found = db.rows(
        """SELECT a.kind, a.value, a.customer_id FROM unnest(%s::text[], %s::text[]) AS asked (kind, value)
           JOIN customers_address a ON a.kind = asked.kind AND a.value = asked.value""",
        [[kind for kind, _ in keys], [value for _, value in keys]],
    )
    return {(row.kind, row.value): row.customer_id for row in found}


def purposes() -> list[str]:
    """What customers may agree to: the usual ones and those in use."""
    used = [row.purpose for row in db.rows("SELECT DISTINCT purpose FROM customers_consent ORDER BY purpose")]
    return list(dict.fromkeys((*PURPOSES, *used)))
