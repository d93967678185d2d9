"""What we know of a customer changes: their card, addresses, notes, and what they agreed to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.customers.commands import addresses, notes, people
from careline.domain.customers.queries.fields import definitions
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.desk.queries.companies import company_row
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person
from careline.flows.written_address import kept_form
from careline.kit.typed_fields import Unfit, read
from careline.kit.zones import zone_names

_PURPOSE = re.compile(r"[a-z][a-z0-9_]{0,49}")
_CHANNEL = re.compile(r"[a-z][a-z0-9_]{0,29}")
LONGEST_NOTE = 100_000


class Wrong(ValueError):
    """Something given that can't stand there; `field` names it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """What to change; what is not given stays. `card` holds columns of customers.people.CHANGEABLE, `fields` raw values.

    Addresses: `add` (kind, words), the others by key. A consent is (purpose, how it was given or withdrawn).
    """

    card: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    add: tuple[tuple[str, str], ...] = ()
    remove: int | None = None
    first: int | None = None
    verified: int | None = None
    unverified: int | None = None
    note: str = ""
    rewrite: tuple[int, str] | None = None
    drop_note: int | None = None
    consent: tuple[str, str] | None = None
    withdraw: tuple[str, str] | None = None


def change_customer(agent: Person, customer: int, wanted: CustomerChange, *, by: Actor, at: datetime) -> dict[str, int]:
    """All or nothing; keys of what was made (address, note). Raises NotFound, Forbidden, Wrong, Unreachable, AddressTaken."""
    held = customer_for(agent, customer, verb="customer:write")
    card = read_card(wanted)
    if wanted.fields:
        refuse_gaps({**held.fields, **card["fields"]})
    made: dict[str, int] = {}
    with transaction.atomic():
        people.hold(customer)
        if card:
            people.change(customer, by=by, at=at, **card)
        for kind, words in wanted.add:
            new = addresses.add_address(customer, kind=kind, value=kept_form(kind, words), by=by, at=at)
            made["address"] = int(new.pk)
        try:
            _addresses(customer, wanted, by=by, at=at)
            made |= _notes(customer, wanted, by=by, at=at)
        except (addresses.NoSuchAddress, notes.NoSuchNote) as gone:
            raise NotFound(str(gone)) from gone
        _consents(customer, wanted, by=by, at=at)
    return made


def read_card(wanted: CustomerChange) -> dict[str, Any]:
    """The columns with values that may stand in them. Raises Wrong."""
    card = dict(wanted.card)
    zone = card.get("time_zone", "")
    if zone and zone not in zone_names():
        raise Wrong("time_zone", "There is no such time zone, as in Europe/Berlin.")
    company = card.get("organisation_id")
    if company is not None and company_row(company) is None:
        raise Wrong("company", "There is no such company.")
    channels = [card.get("preferred_channel", ""), *card.get("do_not_contact", ())]
    if not all(_CHANNEL.fullmatch(kind) for kind in channels if kind):
        raise Wrong("preferred_channel", "A channel is a small word, as email or phone.")
    if "do_not_contact" in card:
        card["do_not_contact"] = sorted(set(card["do_not_contact"]))
    if wanted.fields:
        card["fields"] = read_fields("customer", wanted.fields)
    return card


def refuse_gaps(fields: dict[str, Any]) -> None:
    """Raises Wrong where a field that must be filled in is not, of all that stand on the card from now on."""
    for definition in definitions("customer"):
        if definition.is_required and fields.get(definition.code) in (None, "", []):
            raise Wrong(f"fields.{definition.code}", f"“{definition.name}” must be filled in.")


def read_fields(subject: str, given: dict[str, Any]) -> dict[str, Any]:
    """Raw values in their kept form, None for those taken away. Raises Wrong."""
    known = {definition.code: definition for definition in definitions(subject)}
    values: dict[str, Any] = {}
    for code, raw in given.items():
        if code not in known:
            raise Wrong(f"fields.{code[:60]}", f"There is no field {code[:60]}.")
        try:
            values[code] = read(known[code], raw)
        except Unfit as unfit:
            raise Wrong(f"fields.{code}", str(unfit)) from unfit
    return values


def _addresses(customer: int, wanted: CustomerChange, *, by: Actor, at: datetime) -> None:
    if wanted.first is not None:
        addresses.make_primary(customer, address=wanted.first, by=by, at=at)
    if wanted.verified is not None:
        addresses.set_verified(customer, address=wanted.verified, is_verified=True, by=by, at=at)
    if wanted.unverified is not None:
        addresses.set_verified(customer, address=wanted.unverified, is_verified=False, by=by, at=at)
    if wanted.remove is not None:
        addresses.remove_address(customer, address=wanted.remove, by=by, at=at)


def _notes(customer: int, wanted: CustomerChange, *, by: Actor, at: datetime) -> dict[str, int]:
    if wanted.rewrite is not None:
        key, text = wanted.rewrite
        notes.change_note(customer, note=key, text=_words(text), by=by, at=at)
    if wanted.drop_note is not None:
        notes.remove_note(customer, note=wanted.drop_note, by=by, at=at)
    if not wanted.note:
        return {}
    return {"note": int(notes.add_note(customer, text=_words(wanted.note), by=by, at=at).pk)}


def _words(text: str) -> str:
    plain = text.strip()
    if not plain:
        raise Wrong("text", "There is nothing in the note.")
    if len(plain) > LONGEST_NOTE:
        raise Refused(f"A note takes at most {LONGEST_NOTE:,} characters.")
    return plain


def _consents(customer: int, wanted: CustomerChange, *, by: Actor, at: datetime) -> None:
    for given, act in ((wanted.consent, notes.give_consent), (wanted.withdraw, notes.withdraw_consent)):
        if given is not None:
            purpose, how = given
            if not _PURPOSE.fullmatch(purpose):
                raise Wrong("purpose", "A purpose is a small word, as news or survey.")
            act(customer, purpose=purpose, how=how.strip()[:500], by=by, at=at)
