"""A new customer with the addresses they are reached by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.customers import commands as customers
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.flows.change_customer import CustomerChange, read_card, refuse_gaps
from careline.flows.written_address import kept_form


def add_customer(
    agent: Person,
    *,
    name: str,
    addresses: Sequence[str | tuple[str, str]],
    by: Actor,
    at: datetime,
    language: str = "",
    notes: str = "",
    card: dict[str, Any] | None = None,
    fields: dict[str, Any] | None = None,
) -> int:
    """The new customer's key; an address alone is one of mail, else (kind, words). `card`, `fields`: see change_customer.

    Own fields that must be filled in are; whoever comes in by a message or a sheet is known without them.
    Raises Forbidden, AddressTaken, Unreachable, Wrong; then nobody was added.
    """
    require(agent, "customer:write")
    more = read_card(CustomerChange(card=card or {}, fields=fields or {}))
    refuse_gaps(more.get("fields", {}))
    with transaction.atomic():
        customer = customers.add(name=name, language=language, notes=notes, by=by, at=at)
        for given in addresses:
            kind, words = ("email", given) if isinstance(given, str) else given
            customers.add_address(customer.pk, kind=kind, value=kept_form(kind, words), by=by, at=at)
        if more:
            customers.change(customer.pk, by=by, at=at, **more)
    return int(customer.pk)
