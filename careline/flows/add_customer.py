"""A new customer with the addresses they are reached by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from careline.domain.customers import commands as customers
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require


def add_customer(
    agent: Person, *, name: str, addresses: Sequence[str], by: Actor, at: datetime, language: str = "", notes: str = ""
) -> int:
    """The new customer's key. Raises Forbidden, AddressTaken; then nobody was added."""
    require(agent, "customer:write")
    with transaction.atomic():
        customer = customers.add(name=name, language=language, notes=notes, by=by, at=at)
        for address in addresses:
            customers.add_address(customer.pk, kind="email", value=address, by=by, at=at)
    return int(customer.pk)
