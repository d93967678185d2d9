"""A service request is opened: from a case by somebody of the house, or by the customer on their own pages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.inbound import Inbound, Party
from careline.domain.channels.queries import channels, own_addresses
from careline.domain.company.queries import languages
from careline.domain.conversations.commands import cases
from careline.domain.conversations.commands.identifying import note_identified
from careline.domain.conversations.queries.cases import conversation_by_number, conversation_for
from careline.domain.customers.queries.merges import root_of
from careline.domain.customers.rules.portal import Viewer
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.forms.rules.answers import read_answers
from careline.domain.forms.rules.content import words_in
from careline.domain.history.actor import Actor, customer
from careline.domain.orders.commands import carrying_out
from careline.domain.requests.commands import requests
from careline.domain.requests.commands.requests import NewRequest
from careline.domain.requests.errors import NotFound, RequestRefused, Unfit
from careline.domain.requests.queries.requests import request_in_case
from careline.domain.requests.queries.types import TypeRow, type_by_code
from careline.domain.requests.rules.progress import amount_in
from careline.domain.staff.rules import Person
from careline.flows.ask_approval import require_open
from careline.flows.hold_service_request import WRITE
from careline.flows.identify import require_identified
from careline.flows.receive import Carried, receive, words_to_lock
from careline.kit import db

Given = Mapping[str, Sequence[str]]
"""What was filled in, by the key of the field: one text, or several where several may be chosen."""


@dataclass(frozen=True, slots=True)
class Opening:
    """`origin`: case or api."""

    case: int
    type: str
    values: Given = field(default_factory=dict)
    origin: str = "case"


def open_service_request(agent: Person, asked: Opening, *, by: Actor, at: datetime) -> int:
    """Its key. Raises NotFound, Forbidden, OrderRefused (not identified), RequestRefused, Unfit; then nothing was opened."""
    kind = _type(asked.type)
    with transaction.atomic():
        stands = conversation_for(agent, asked.case)
        owner = root_of(stands.customer_id) if stands.customer_id is not None else None
        if owner is None:
            raise RequestRefused("no_customer", "The case has no customer yet.")
        customer_for(agent, owner, verb=WRITE)
        carrying_out.hold_customer(owner)
        case = cases.locked(stands.id)
        require_open(case)
        require_identified(case, owner, by=by, at=at)
        return requests.open_request(_new(kind, owner, case, asked.values, asked.origin), by=by, at=at)


def ask_for_service(
    viewer: Viewer, type: str, values: Given, *, token: str, came_by: str, brand: int | None = None, at: datetime
) -> int:
    """The customer asks themselves, signed in: a case of theirs is opened with it. Sent twice, it is one request.

    Raises NotFound, RequestRefused, Unfit.
    """
    kind = _type(type)
    if not kind.content.for_customers:
        raise NotFound(f"There is no service {type[:40]}.")
    fit = _read(kind, values)
    boxes = [box for box in channels(kind="email") if box.address]
    channel = next(iter([*(box for box in boxes if box.brand_id == brand), *boxes]), None)
    if channel is None:
        raise RequestRefused("no_mailbox", "Nothing can be asked for just now: there is no mailbox here.")
    house = languages()
    name = words_in(kind.content.name, viewer.language or house[0], otherwise=house)
    digest = hashlib.sha256(f"service {viewer.customer} {kind.code} {token}".encode()).hexdigest()
    inbound = Inbound(
        sender=Party(came_by or next(iter(viewer.addresses), ""), viewer.name), subject=name, text=name, visible_text=name, sent_at=at,
        external_id=f"<service-{digest[:32]}@{channel.address.rpartition('@')[2] or 'careline.invalid'}>", fingerprint=digest,
    )  # fmt: skip
    by = customer(viewer.customer, via="portal")
    with transaction.atomic():
        db.lock_words([*words_to_lock(inbound), f"service {digest}"])
        carrying_out.hold_customer(viewer.customer)
        received = receive(
            inbound, channel=channel, carried=Carried(None, (), house, frozenset(own_addresses())), at=at
        )
        found = conversation_by_number(received.number) if received.number is not None else None
        if found is None:
            raise RequestRefused(
                "not_taken", received.reason or "This can't be taken in just now: write to us instead."
            )
        if (before := request_in_case(found.id, type=kind.id)) is not None:
            return before
        case = cases.locked_where_it_stands(found.id)
        note_identified(case, viewer.customer, how="portal", by=by, at=at)
        new = NewRequest(kind, viewer.customer, case.id, case.number, fit, amount_in(kind.content, fit), "portal")
        return requests.open_request(new, by=by, at=at)


def _type(code: str) -> TypeRow:
    found = type_by_code(code)
    if found is None:
        raise NotFound(f"There is no service {code[:40]}.")
    if not found.is_open:
        raise RequestRefused("type_closed", "This is not taken any more.")
    return found


def _new(kind: TypeRow, owner: int, case: Any, values: Given, origin: str) -> NewRequest:
    fit = _read(kind, values)
    return NewRequest(kind, owner, case.id, case.number, fit, amount_in(kind.content, fit), origin)


def _read(kind: TypeRow, values: Given) -> dict[str, Any]:
    """Typed, as they are kept. Raises Unfit, naming each field that does not fit or that the type does not have."""
    known = {one.key for one in kind.content.fields}
    answers = read_answers(kind.content.fields, values)
    wrong = {**dict.fromkeys(set(values) - known, "unknown"), **answers.wrong}
    if wrong:
        raise Unfit(wrong)
    return answers.values
