"""Looking people up."""

from __future__ import annotations

from careline.domain.customers.models import Address, Customer
from careline.kit import db


def customer_by_id(customer_id: int) -> Customer | None:
    return Customer.objects.select_related("organisation").filter(pk=customer_id, erased_at=None).first()


def addresses_of(customer_id: int) -> list[Address]:
    return list(Address.objects.filter(customer_id=customer_id).order_by("-is_primary", "id"))


def customer_id_of(kind: str, value: str) -> int | None:
    return db.value("SELECT customer_id FROM customers_address WHERE kind = %s AND value = %s", [kind, value])
