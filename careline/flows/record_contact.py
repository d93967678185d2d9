"""A call, a visit, a letter or a fax, written down by somebody among us: a case on somebody's behalf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careline.domain.channels.adapter import ChannelRow
from careline.domain.company.queries import home_region, languages
from careline.domain.conversations.commands import cases, messages, participants
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.errors import NoRecipient, Refused
from careline.domain.customers import commands as customers
from careline.domain.customers.queries import addresses_of, customer_by_id
from careline.domain.customers.rules.addresses import Unreachable, phone_number
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.queries import is_assignable
from careline.domain.staff.rules import Person
from careline.flows.uploaded import Attachment
from careline.kit.html import html_of, sanitise
from careline.kit.language import language_of

FORMS = ("phone", "counter", "letter", "fax")
_KIND = {"phone": "phone", "fax": "phone"}


@dataclass(frozen=True, slots=True)
class Contact:
    """What happened outside our channels. `customer` by key, else found or made by `mail`, `phone` or `name`, in this order.

    `is_ours`: we called, wrote or went there. `happened_at` may lie back, never ahead.
    """

    form: str
    text: str
    channel: ChannelRow
    subject: str = ""
    html: str = ""
    customer: int | None = None
    mail: str = ""
    phone: str = ""
    name: str = ""
    is_ours: bool = False
    happened_at: datetime | None = None
    duration: timedelta | None = None
    attachments: tuple[Attachment, ...] = ()


def record_contact(agent: Person, contact: Contact, *, by: Actor, at: datetime) -> int:
    """The new case's number. Call it inside the flow that opened the door. Raises NoRecipient, Refused."""
    if contact.happened_at is not None and contact.happened_at > at:
        raise Refused("It can't have happened later than now.")
    if contact.duration is not None and contact.duration < timedelta():
        raise Refused("It can't have taken less than no time.")
    language = language_of(contact.text, languages()) or languages()[0]
    customer, people = _who(contact, language, by=by, at=at)
    key, text = messages.next_message_id(), contact.text
    channel, files = contact.channel, bool(contact.attachments)
    case = cases.open_case(
        subject=contact.subject, channel_id=channel.id, brand_id=channel.brand_id, customer_id=customer, team_id=channel.team_id,
        assignee_id=agent.id if contact.is_ours and is_assignable(agent.id) else None, language=language, by=by, at=at,
        first=None if contact.is_ours else cases.FirstMessage(key, text, files),
    )  # fmt: skip
    participants.join(
        case.id, [{**who, "role": "requester", "state": "active", "customer": customer} for who in people[:1]]
    )
    said = _message(agent, contact, case.id, key, customer, people, language)
    messages.add(
        said, number=case.number, customer=customer, happening="message.sent" if contact.is_ours else "message.received", by=by, at=at,
        data={"form": contact.form},
    )  # fmt: skip
    if contact.duration is not None:
        messages.note_duration(key, duration=contact.duration)
    if contact.is_ours:
        cases.note_reply(case, message=key, text=text, has_attachment=files, by=by, at=at)
    keep_promises([case.id], by=by, at=at)
    record(
        Happening("conversation.handed_in", "conversation", case.number, case.id, customer, {"form": contact.form}),
        by=by,
        at=at,
    )
    return case.number


def _who(contact: Contact, language: str, *, by: Actor, at: datetime) -> tuple[int | None, list[dict[str, Any]]]:
    """The customer, and how they are reached: a mail address first, since answers can go there."""
    try:
        phone = phone_number(contact.phone, region=home_region()) if contact.phone.strip() else ""
    except Unreachable as wrong:
        raise NoRecipient(str(wrong)) from None
    customer = contact.customer
    if customer is None and contact.mail:
        customer = customers.known_by("email", contact.mail, name=contact.name, language=language, by=by, at=at)
    if customer is None and phone:
        customer = customers.known_by("phone", phone, name=contact.name, language=language, by=by, at=at)
    if customer is None and contact.name.strip():
        customer = int(customers.add(name=contact.name.strip(), language=language, by=by, at=at).pk)
    found = customer_by_id(customer) if customer is not None else None
    name = found.name if found is not None else contact.name
    held = addresses_of(customer) if customer is not None else []
    mails = [a.value for a in held if a.kind == "email"]
    phones = [phone] if phone else [a.value for a in held if a.kind == "phone"]
    ways = [*(("email", value) for value in mails), *(("phone", value) for value in phones)]
    return customer, [{"kind": kind, "value": value, "name": name} for kind, value in ways]


def _message(
    agent: Person,
    contact: Contact,
    case: int,
    key: int,
    customer: int | None,
    people: list[dict[str, Any]],
    language: str,
) -> NewMessage:
    ours = {"kind": "", "value": "", "name": agent.name}
    kind = _KIND.get(contact.form, "email")
    theirs = next((one for one in people if one["kind"] == kind), {"kind": kind, "value": "", "name": contact.name})
    data = {"form": contact.form, "outgoing": contact.is_ours, "recorded_by": agent.id}
    if contact.duration is not None:
        data["seconds"] = int(contact.duration.total_seconds())
    return NewMessage(
        id=key, kind="reply" if contact.is_ours else "incoming", conversation=case, form=contact.form, data=data,
        author_kind="agent" if contact.is_ours else "customer", author_id=agent.id if contact.is_ours else customer or 0,
        channel_id=None, sender=ours if contact.is_ours else theirs, to=[theirs] if contact.is_ours and theirs["value"] else [],
        subject=contact.subject, text=contact.text, html=sanitise(contact.html) if contact.html else html_of(contact.text),
        visible_text=contact.text, sent_at=contact.happened_at, attachments=contact.attachments, language=language,
    )  # fmt: skip
