"""Somebody among us opens a case: hands in what a customer said, writes to a customer first, or notes something down."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.adapter import ChannelRow, adapter_of
from careline.domain.channels.inbound import Inbound, Party
from careline.domain.channels.queries import own_addresses
from careline.domain.company.queries import languages
from careline.domain.conversations.commands import cases, deliveries, messages, participants
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.errors import EmptyMessage, NoRecipient, NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.rules.recipients import Person as Recipient
from careline.domain.conversations.rules.states import held_until
from careline.domain.customers import commands as customers
from careline.domain.customers.queries import addresses_of, customer_by_id
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.queries import is_assignable
from careline.domain.staff.rules import Forbidden, Person, require
from careline.flows.change import Change, change
from careline.flows.receive import Carried, receive, words_to_lock
from careline.flows.record_contact import Contact, record_contact
from careline.flows.uploaded import Attachment, in_text
from careline.kit import db
from careline.kit.html import html_of, sanitise, text_of
from careline.kit.language import language_of


@dataclass(frozen=True, slots=True)
class Opening:
    """`kind`: incoming (said by the customer), reply (written to them) or note. The customer by key, or by address.

    `contact` is what happened outside our channels (a call, a visit, a letter), said by them or by us as `kind` has it.
    """

    kind: str
    channel: ChannelRow
    customer: int | None = None
    sender: Recipient | None = None
    subject: str = ""
    text: str = ""
    html: str = ""
    cc: tuple[Recipient, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    hold_seconds: int = 10
    contact: Contact | None = None
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return self.text or text_of(self.html)


def open_case(agent: Person, opening: Opening, wanted: Change | None = None, *, by: Actor, at: datetime) -> int:
    """The new case's number. Raises Forbidden, EmptyMessage, NoRecipient, Refused; then nothing was opened."""
    verbs = ("conversation:create", *_VERBS_BESIDE[opening.kind])
    for verb in verbs:
        require(agent, verb)
    if not (opening.words.strip() or opening.attachments):
        raise EmptyMessage("There is nothing in it: write something or attach a file.")
    with transaction.atomic():
        number = _opened(agent, opening, by=by, at=at)
        if wanted is not None and wanted != Change():
            change(agent, number, wanted, by=by, at=at)
        try:
            for verb in verbs:  # also by which channel and for which team: a grant may be narrowed to some
                conversation_for(agent, number, verb=verb)
        except NotFound:
            raise Forbidden(
                "conversation:create", "You may not open cases there: choose a channel or a team of yours."
            ) from None
    return number


# Writing to a customer, or among ourselves, is no less an answer or a note for opening the case as well.
_VERBS_BESIDE = {"incoming": (), "reply": ("conversation:reply",), "note": ("conversation:note",)}


def _opened(agent: Person, opening: Opening, *, by: Actor, at: datetime) -> int:
    if opening.contact is not None:
        return record_contact(agent, opening.contact, by=by, at=at)
    person = _customer(opening)
    if opening.kind == "incoming":
        return _hand_in(opening, person, by=by, at=at)
    return _write(agent, opening, person, by=by, at=at)


def _customer(opening: Opening) -> Recipient | None:
    """Whose case it is, with the address they are written to."""
    if opening.customer is None:
        return opening.sender
    found = customer_by_id(opening.customer)
    address = next((a.value for a in addresses_of(opening.customer) if a.kind == "email"), None)
    if found is None or address is None:
        if opening.kind == "note":
            return None
        raise NoRecipient("This customer has no mail address: give one first.")
    return opening.sender or Recipient(address, found.name)


def _hand_in(opening: Opening, person: Recipient | None, *, by: Actor, at: datetime) -> int:
    if person is None:
        raise NoRecipient("It does not say whom it comes from.")
    inbound = Inbound(
        sender=Party(person.value, person.name), cc=[Party(p.value, p.name) for p in opening.cc], subject=opening.subject,
        text=opening.words, visible_text=opening.words, html=sanitise(opening.html) if opening.html else "", sent_at=at,
        fingerprint=hashlib.sha256(uuid.uuid4().bytes).hexdigest(),
    )  # fmt: skip
    db.lock_words(words_to_lock(inbound))
    carried = Carried(None, opening.attachments, languages(), frozenset(own_addresses()))
    received = receive(inbound, channel=opening.channel, carried=carried, at=at)
    if received.number is None:
        raise Refused(received.reason)
    record(Happening("conversation.handed_in", "conversation", received.number), by=by, at=at)
    return received.number


def _write(agent: Person, opening: Opening, person: Recipient | None, *, by: Actor, at: datetime) -> int:
    language = language_of(opening.words, languages()) or languages()[0]
    customer = opening.customer
    if person is not None and customer is None:
        customer = customers.known_by("email", person.value, name=person.name, language=language, by=by, at=at)
    channel = opening.channel
    case = cases.open_case(
        subject=opening.subject, channel_id=channel.id, brand_id=channel.brand_id, customer_id=customer, team_id=channel.team_id,
        assignee_id=agent.id if is_assignable(agent.id) else None, language=language, by=by, at=at,
    )  # fmt: skip
    participants.join(case.id, _people(opening, person, customer))
    key = messages.next_message_id()
    if opening.kind == "note":
        message = _note(agent, opening, case.id, key, language, by)
        messages.add(message, number=case.number, customer=customer, happening="note.added", by=by, at=at)
        cases.note_internal(case, message=key, has_attachment=bool(opening.attachments), at=at)
        keep_promises([case.id], by=by, at=at)
        return case.number
    if person is None:
        raise NoRecipient("There is nobody to write to: add a recipient.")
    message = _reply(agent, opening, case, key, person, language, by)
    messages.add(message, number=case.number, customer=customer, happening="message.queued", by=by, at=at)
    state = "held" if opening.hold_seconds else "queued"
    deliveries.queue(key, channel_id=channel.id, state=state, due_at=held_until(at, opening.hold_seconds))
    cases.note_reply(case, message=key, text=message.text, has_attachment=bool(opening.attachments), by=by, at=at)
    keep_promises([case.id], by=by, at=at)
    return case.number


def _note(agent: Person, opening: Opening, conversation: int, key: int, language: str, by: Actor) -> NewMessage:
    return NewMessage(
        id=key, kind="note", conversation=conversation, author_kind=by.kind.value, author_id=by.id, form="note", visibility="staff",
        sender={"value": agent.email, "name": agent.name}, text=opening.words, visible_text=opening.words,
        html=sanitise(opening.html) if opening.html else "", attachments=in_text(opening.attachments, opening.html), language=language,
        data=opening.data,
    )  # fmt: skip


def _reply(
    agent: Person, opening: Opening, case: Any, key: int, person: Recipient, language: str, by: Actor
) -> NewMessage:
    channel = opening.channel
    return NewMessage(
        id=key, kind="reply", conversation=case.id, author_kind=by.kind.value, author_id=by.id, channel_id=channel.id,
        sender={"kind": "email", "value": channel.address, "name": agent.name}, to=[_as_dict(person)],
        cc=[_as_dict(p) for p in opening.cc], subject=opening.subject or f"Case {case.number}", text=opening.words,
        html=sanitise(opening.html) if opening.html else html_of(opening.words), visible_text=opening.words,
        signature=channel.signature, external_id=adapter_of(channel.kind).external_id(key, channel=channel),
        attachments=in_text(opening.attachments, opening.html), language=language,
        data=opening.data | {"before": {"category": "open", "waiting_since": None, "first_responded_at": None}},
    )  # fmt: skip


def _people(opening: Opening, person: Recipient | None, customer: int | None) -> list[dict[str, Any]]:
    first = [{**_as_dict(person), "role": "requester", "state": "active", "customer": customer}] if person else []
    more = [{**_as_dict(p), "role": "cc", "state": "active", "customer": None} for p in opening.cc if p != person]
    return [*first, *more]


def _as_dict(person: Recipient) -> dict[str, Any]:
    return {"kind": "email", "value": person.value, "name": person.name}
