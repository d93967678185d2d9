"""Knowing people by their addresses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from careline.domain.customers.models import Address, Customer, Organisation
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


class AddressTaken(ValueError):
    """Another customer has this address."""

    def __init__(self, value: str, customer: int) -> None:
        super().__init__(f"{value} belongs to another customer already.")
        self.customer = customer


def known_by(kind: str, value: str, *, name: str, language: str = "", by: Actor, at: datetime) -> int:
    """The id of the customer with this address; a new customer where nobody has it.

    Two that come at once make one customer: the address is the unique key, and who comes second takes the first's.
    """
    held = db.value(
        "SELECT customer_id FROM customers_address WHERE kind = %s AND value = %s", [kind, value], prepared=True
    )
    if held is not None:
        return int(held)
    with transaction.atomic(savepoint=False):
        new = db.value(
            """INSERT INTO customers_customer (name, language, notes, fields, created_at)
               VALUES (%s, %s, '', '{}', %s) RETURNING id""",
            [name, language, at],
        )
        owner = db.value(
            """INSERT INTO customers_address (customer_id, kind, value, is_primary, created_at) VALUES (%s, %s, %s, true, %s)
               ON CONFLICT (kind, value) DO UPDATE SET kind = excluded.kind RETURNING customer_id""",
            [new, kind, value, at],
        )
        if owner != new:
            db.execute("DELETE FROM customers_customer WHERE id = %s", [new])
            return int(owner)
        record(Happening("customer.added", "customer", new, customer=new), by=by, at=at)
        return int(new)


@transaction.atomic
def add_organisation(name: str, *, domains: Sequence[str] = (), by: Actor, at: datetime) -> Organisation:
    """A company that customers work for; `domains` are those of its mail addresses."""
    organisation = Organisation.objects.create(name=name, domains=list(domains), created_at=at)
    record(Happening("organisation.added", "organisation", organisation.pk), by=by, at=at)
    return organisation


@transaction.atomic
def add(
    *, name: str, by: Actor, at: datetime, organisation: Organisation | None = None, language: str = "", notes: str = ""
) -> Customer:
    customer = Customer.objects.create(
        name=name, organisation=organisation, language=language, notes=notes, created_at=at
    )
    record(Happening("customer.added", "customer", customer.pk, customer=customer.pk), by=by, at=at)
    return customer


@transaction.atomic
def add_address(customer_id: int, *, kind: str, value: str, by: Actor, at: datetime, verified: bool = False) -> Address:
    """One more way to reach a customer. Raises AddressTaken; what they have already is returned as it is."""
    held = Address.objects.filter(kind=kind, value=value).first()
    if held is not None:
        if held.customer_id != customer_id:
            raise AddressTaken(value, held.customer_id)
        return held
    is_first = not Address.objects.filter(customer_id=customer_id, kind=kind).exists()
    address = Address.objects.create(
        customer_id=customer_id,
        kind=kind,
        value=value,
        is_primary=is_first,
        created_at=at,
        verified_at=at if verified else None,
    )
    record(
        Happening(
            "customer.address_added", "customer", customer_id, customer=customer_id, data={"address": address.pk}
        ),
        by=by,
        at=at,
    )
    return address


@transaction.atomic
def change(customer_id: int, *, by: Actor, at: datetime, **words: str) -> None:
    """Changes name, language or notes of a customer."""
    allowed = {"name", "language", "notes"}
    unknown = set(words) - allowed
    if unknown:
        raise ValueError(f"A customer has no {', '.join(sorted(unknown))}.")
    Customer.objects.filter(pk=customer_id).update(**words)
    record(
        Happening("customer.changed", "customer", customer_id, customer=customer_id, data={"fields": sorted(words)}),
        by=by,
        at=at,
    )


def mark_verified(kind: str, value: str, *, at: datetime) -> None:
    """A mail whose sender was proven shows that the address is its owner's."""
    db.execute(
        "UPDATE customers_address SET verified_at = %s WHERE kind = %s AND value = %s AND verified_at IS NULL",
        [at, kind, value],
    )


def mark_undeliverable(kind: str, value: str, *, at: datetime) -> None:
    """A hard bounce: the address takes no mail; shown beside it until it does again."""
    db.execute(
        "UPDATE customers_address SET undeliverable_since = %s WHERE kind = %s AND value = %s", [at, kind, value]
    )
