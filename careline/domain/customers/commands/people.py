"""Knowing people by their addresses, and what stands on their card."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.customers.commands.words import refresh_words
from careline.domain.customers.models import Customer, Organisation
from careline.domain.customers.rules.addresses import likeness_of
from careline.domain.customers.rules.words import lexemes_of, sort_name_of
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

CHANGEABLE = frozenset(
    ("name", "language", "time_zone", "notes", "organisation_id", "fields", "preferred_channel", "do_not_contact")
)


class Gone(Exception):
    """The customer was merged or erased a moment ago."""


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
            """INSERT INTO customers_customer (name, sort_name, language, notes, fields, created_at, vector)
               VALUES (%s, %s, %s, '', '{}', %s, array_to_tsvector(%s::text[])) RETURNING id""",
            [name, sort_name_of(name), language, at, lexemes_of((name, value))],
        )
        owner = db.value(
            """INSERT INTO customers_address (customer_id, kind, value, likeness, is_primary, created_at)
               VALUES (%s, %s, %s, %s, true, %s)
               ON CONFLICT (kind, value) DO UPDATE SET kind = excluded.kind RETURNING customer_id""",
            [new, kind, value, likeness_of(kind, value), at],
        )
        if owner != new:
            db.execute("DELETE FROM customers_customer WHERE id = %s", [new])
            return int(owner)
        record(Happening("customer.added", "customer", new, customer=new), by=by, at=at)
        return int(new)


@transaction.atomic
def add(
    *,
    name: str,
    by: Actor,
    at: datetime,
    organisation: Organisation | int | None = None,
    language: str = "",
    notes: str = "",
    time_zone: str = "",
    fields: dict[str, Any] | None = None,
) -> Customer:
    customer = Customer.objects.create(
        name=name,
        sort_name=sort_name_of(name),
        organisation_id=organisation.pk if isinstance(organisation, Organisation) else organisation,
        language=language,
        notes=notes,
        time_zone=time_zone,
        fields=fields or {},
        created_at=at,
    )
    refresh_words([customer.pk])
    record(Happening("customer.added", "customer", customer.pk, customer=customer.pk), by=by, at=at)
    return customer


def hold(customer_id: int) -> None:
    """Nobody else changes or merges this customer until the transaction ends. Raises Gone where they were meanwhile."""
    if Customer.objects.select_for_update().filter(pk=customer_id, merged_into=None, erased_at=None).first() is None:
        raise Gone("This customer was merged or erased meanwhile; look again.")


@transaction.atomic
def change(customer_id: int, *, by: Actor, at: datetime, **words: Any) -> None:
    """Changes what stands on a customer's card (CHANGEABLE); `fields` are merged into those there are, None takes one away."""
    unknown = set(words) - CHANGEABLE
    if unknown:
        raise ValueError(f"A customer has no {', '.join(sorted(unknown))}.")
    held = Customer.objects.select_for_update().get(pk=customer_id)
    changed = {name for name, value in words.items() if name != "fields" and getattr(held, name) != value}
    if "fields" in words:
        fields = {code: value for code, value in {**held.fields, **words["fields"]}.items() if value is not None}
        changed |= {"fields"} if fields != held.fields else set()
        words = {**words, "fields": fields}
    if not changed:
        return
    new = {name: words[name] for name in changed}
    if "name" in new:
        new["sort_name"] = sort_name_of(new["name"])
    if "organisation_id" in new:
        new["sees_company"] = False  # that was given for the company of before
    Customer.objects.filter(pk=customer_id).update(**new)
    refresh_words([customer_id])
    record(
        Happening("customer.changed", "customer", customer_id, customer=customer_id, data={"fields": sorted(changed)}),
        by=by,
        at=at,
    )
