"""A case that came in under the wrong name is given to whose it is: a colleague passed it on, somebody wrote for somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.queries import channel_by_id, own_addresses
from careline.domain.conversations.commands import cases, owners
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers import commands as customers
from careline.domain.customers.queries import addresses_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person, require


@dataclass(frozen=True, slots=True)
class Whose:
    """A customer by key, else whoever has this mail address; they are made a customer where nobody has it yet."""

    customer: int | None = None
    mail: str = ""
    name: str = ""


def move_to_customer(agent: Person, number: int, whose: Whose, *, by: Actor, at: datetime) -> int:
    """The customer's key. Answers go to them from now on, and no more to whose it was; given back, it stands as before.

    Raises NotFound, Forbidden, Refused; then nothing changed.
    """
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:reply").id)
        cases.refuse_merged(case)
        channel = channel_by_id(case.channel_id) if case.channel_id else None
        if channel is not None and channel.kind == "chat":
            raise Refused("A talk on your site stays with whoever talks there: merge the two customers instead.")
        key, name = _customer(agent, whose, case.language, by=by, at=at)
        if key == case.customer_id:
            return key
        owners.give(case, to=key, person=_reached_by(key, name, whose.mail), by=by, at=at)
        keep_promises([case.id], by=by, at=at)
    return key


def _customer(agent: Person, whose: Whose, language: str, *, by: Actor, at: datetime) -> tuple[int, str]:
    if whose.customer is not None:
        found = customer_for(agent, whose.customer)
        return int(found.id), str(found.name)
    if not whose.mail:
        raise Refused("Say whose case it is.")
    if whose.mail.lower() in own_addresses():
        raise Refused("This is an address of ours.")
    require(agent, "conversation:create")
    return customers.known_by("email", whose.mail, name=whose.name, language=language, by=by, at=at), whose.name


def _reached_by(customer: int, name: str, mail: str) -> dict[str, Any] | None:
    """The address that answers go to: the one named, else their mail, else their telephone, else none."""
    held = {kind: [a.value for a in addresses_of(customer) if a.kind == kind] for kind in ("email", "phone")}
    ways = [
        *(("email", value) for value in ([mail] if mail else held["email"])),
        *(("phone", value) for value in held["phone"]),
    ]
    return {"kind": ways[0][0], "value": ways[0][1], "name": name} if ways else None
