"""The ways a customer is reached by."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.customers.commands.words import refresh_words
from careline.domain.customers.models import Address
from careline.domain.customers.rules.addresses import likeness_of
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


class AddressTaken(ValueError):
    """Another customer has this address."""

    def __init__(self, value: str, customer: int) -> None:
        super().__init__(f"{value} belongs to another customer already.")
        self.customer = customer


class NoSuchAddress(LookupError):
    """The customer has no such address (any more)."""


@transaction.atomic
def add_address(customer_id: int, *, kind: str, value: str, by: Actor, at: datetime, verified: bool = False) -> Address:
    """One more way to reach a customer. Raises AddressTaken; what they have already is returned as it is."""
    is_first = not Address.objects.filter(customer_id=customer_id, kind=kind, is_primary=True).exists()
    address, is_new = Address.objects.get_or_create(
        kind=kind,
        value=value,
        defaults={
            "customer_id": customer_id,
            "likeness": likeness_of(kind, value),
            "is_primary": is_first,
            "created_at": at,
            "verified_at": at if verified else None,
            "verified_how": "agent" if verified else "",
        },
    )
    if address.customer_id != customer_id:
        raise AddressTaken(value, address.customer_id)
    if is_new:
        refresh_words([customer_id])
        _record("customer.address_added", address, by=by, at=at)
    return address


@transaction.atomic
def remove_address(customer_id: int, *, address: int, by: Actor, at: datetime) -> None:
    """They are no longer reached so; the next of its kind becomes the first. Raises NoSuchAddress."""
    held = _held(customer_id, address)
    held.delete()
    if held.is_primary:
        give_primaries([customer_id])
    refresh_words([customer_id])
    held.pk = address
    _record("customer.address_removed", held, by=by, at=at)


@transaction.atomic
def make_primary(customer_id: int, *, address: int, by: Actor, at: datetime) -> None:
    """The first of its kind from now on. Raises NoSuchAddress."""
    held = _held(customer_id, address)
    if held.is_primary:
        return
    Address.objects.filter(customer_id=customer_id, kind=held.kind).update(is_primary=False)
    Address.objects.filter(pk=address).update(is_primary=True)
    _record("customer.address_made_primary", held, by=by, at=at)


@transaction.atomic
def set_verified(
    customer_id: int, *, address: int, is_verified: bool, how: str = "agent", by: Actor, at: datetime
) -> None:
    """Says that an address was proven to be theirs, or takes it back. Raises NoSuchAddress."""
    held = _held(customer_id, address)
    if (held.verified_at is not None) == is_verified:
        return
    Address.objects.filter(pk=address).update(
        verified_at=at if is_verified else None, verified_how=how if is_verified else ""
    )
    name = "customer.address_verified" if is_verified else "customer.address_unverified"
    _record(name, held, by=by, at=at)


def mark_verified(kind: str, value: str, *, at: datetime) -> None:
    """A mail whose sender was proven shows that the address is its owner's."""
    db.execute(
        """UPDATE customers_address SET verified_at = %s, verified_how = 'mail'
           WHERE kind = %s AND value = %s AND verified_at IS NULL""",
        [at, kind, value],
    )


def mark_undeliverable(kind: str, value: str, *, at: datetime) -> None:
    """A hard bounce: the address takes no mail; shown beside it until it does again."""
    db.execute(
        "UPDATE customers_address SET undeliverable_since = %s WHERE kind = %s AND value = %s", [at, kind, value]
    )


def give_primaries(customers: list[int]) -> None:
    """Where a kind of address has no first one, the oldest becomes it; where several are, the oldest stays it."""
    db.execute(
        """UPDATE customers_address a SET is_primary = (a.id = first.id)
           FROM (SELECT customer_id, kind, (array_agg(id ORDER BY is_primary DESC, id))[1] AS id,
                        count(*) FILTER (WHERE is_primary) AS primaries
                 FROM customers_address WHERE customer_id = ANY(%s) GROUP BY 1, 2) first
           WHERE a.customer_id = first.customer_id AND a.kind = first.kind AND first.primaries <> 1
             AND a.is_primary <> (a.id = first.id)""",
        [customers],
    )


def _held(customer_id: int, address: int) -> Address:
    held = Address.objects.select_for_update().filter(customer_id=customer_id, pk=address).first()
    if held is None:
        raise NoSuchAddress("The customer does not have this address any more.")
    return held


def _record(name: str, address: Address, *, by: Actor, at: datetime) -> None:
    key = address.customer_id
    record(Happening(name, "customer", key, customer=key, data={"address": address.pk}), by=by, at=at)
