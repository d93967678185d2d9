"""Changing what we know of people and companies."""

from careline.domain.customers.commands.addresses import AddressTaken, add_address, mark_undeliverable, mark_verified
from careline.domain.customers.commands.companies import add_organisation
from careline.domain.customers.commands.people import add, change, known_by

__all__ = [
    "AddressTaken",
    "add",
    "add_address",
    "add_organisation",
    "change",
    "known_by",
    "mark_undeliverable",
    "mark_verified",
]
