"""A message came in: from what an adapter understood to a case that people see.

The whole life of a message stands here in order; taking raw bytes in before it is flows/take_in.py, answering after it
flows/reply.py. Call it inside a transaction that holds `words_to_lock`, so that parts of one thread can't pass each other.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from careline.domain.channels.adapter import ChannelRow
from careline.domain.channels.inbound import Inbound, InboundKind, Party
from careline.domain.conversations.commands import cases, deliveries, merging, messages, participants
from careline.domain.conversations.queries.threads import cases_touched
from careline.domain.conversations.rules.threads import Place, place_of
from careline.domain.customers import commands as customers
from careline.domain.history import actor
from careline.domain.history.actor import Actor
from careline.flows.returned import note_return
from careline.kit.language import language_of


@dataclass(frozen=True, slots=True)
class Received:
    """What became of something that came in. `status` and `outcome` stand on the inbound row, with the reason."""

    status: str
    outcome: str
    reason: str = ""
    number: int | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """What surrounds a message: its inbound row and its files, stored already."""

    inbound_id: int | None = None
    attachments: tuple[messages.NewAttachment, ...] = ()
    languages: tuple[str, ...] = ("en",)
    own_addresses: frozenset[str] = frozenset()

    @property
    def has_attachment(self) -> bool:
        return any(not file.inline for file in self.attachments)


def receive(inbound: Inbound, *, channel: ChannelRow, carried: Carried, at: datetime) -> Received:
    """Places one message; what can't be placed says why and waits in the view of such."""
    if inbound.kind is InboundKind.LOOP:
        return Received("rejected", "loop", inbound.auto_reply or "One of our own messages came back.")
    if inbound.kind in (InboundKind.BOUNCE, InboundKind.FEEDBACK_REPORT):
        return Received(*note_return(inbound, at=at))
    if not inbound.sender.value:
        return Received("unprocessed", "unrouted", "It does not say who sent it.")

    place = _place(inbound)
    if inbound.kind is InboundKind.AUTO_REPLY and place.conversation is None:
        return Received("unprocessed", "unrouted", "An automatic answer that belongs to no case.")
    claim = messages.claim_fingerprint(inbound.fingerprint, is_named=bool(inbound.external_id), at=at)
    if not claim.is_new:
        return _seen_before(claim.message, channel=channel)

    language = language_of(inbound.visible_text or inbound.text, carried.languages) or carried.languages[0]
    customer = customers.known_by(
        inbound.sender.kind, inbound.sender.value, name=inbound.sender.name, language=language, by=actor.SYSTEM, at=at
    )
    by = actor.customer(customer, via=channel.kind)
    if inbound.authenticity.verified:
        customers.mark_verified(inbound.sender.kind, inbound.sender.value, at=at)
    opened = place.conversation is None
    case = _case(inbound, place, claim.message, channel, customer, language, carried, by=by, at=at)
    message = _message(inbound, case, place, claim.message, channel, customer, language, carried)
    messages.add(
        message, number=case.number, customer=customer, happening="message.received", by=by, at=at,
        data={"opened": opened, "auto_reply": inbound.auto_reply} if inbound.auto_reply or opened else None,
    )  # fmt: skip
    if place.home is not None and place.home != case.id:
        merging.note_home(message.id, home=place.home)
    if not opened:
        cases.note_incoming(
            case, message=message.id, text=message.visible_text or message.text, channel_id=channel.id,
            has_attachment=carried.has_attachment, is_automatic=inbound.kind is InboundKind.AUTO_REPLY, by=by, at=at,
        )  # fmt: skip
        if inbound.kind is not InboundKind.AUTO_REPLY:
            deliveries.cancel_scheduled(case.id)
    participants.join(case.id, _people(inbound, place, customer, carried.own_addresses, opened=opened))
    return Received("processed", "opened" if opened else "joined", number=case.number, message=message.id)


def words_to_lock(inbound: Inbound) -> set[str]:
    """The words whose locks keep parts of one thread, and two first mails of one person, from passing each other."""
    return {
        inbound.external_id,
        inbound.in_reply_to,
        *inbound.references,
        f"{inbound.sender.kind}:{inbound.sender.value}",
    } - {""}


def _place(inbound: Inbound) -> Place:
    answered = [inbound.in_reply_to] if inbound.in_reply_to not in inbound.references else []
    touched = cases_touched(
        own_id=inbound.external_id,
        references=[*inbound.references, *answered],
        kind=inbound.sender.kind,
        sender=inbound.sender.value,
        signed_messages=inbound.data.get("signed_messages", ()),
        signed_cases=inbound.data.get("signed_cases", ()),
    )
    return place_of(touched)


def _seen_before(message: int, *, channel: ChannelRow) -> Received:
    number = cases.add_channel_of_double(message, channel_id=channel.id)
    return Received("processed", "duplicate", "It had come in before.", number=number, message=message)


def _case(
    inbound: Inbound,
    place: Place,
    key: int,
    channel: ChannelRow,
    customer: int,
    language: str,
    carried: Carried,
    *,
    by: Actor,
    at: datetime,
) -> Any:
    """The case it goes to: a new one that stands as its first message makes it, or the one it joins, held."""
    if place.conversation is None:
        return cases.open_case(
            subject=inbound.subject, channel_id=channel.id, brand_id=channel.brand_id, customer_id=customer,
            team_id=channel.team_id, language=language, by=by, at=at,
            hint={"case": place.hint, "why": "guessed_reference"} if place.hint else None,
            first=cases.FirstMessage(key, inbound.visible_text or inbound.text, carried.has_attachment),
        )  # fmt: skip
    case = cases.locked_where_it_stands(place.home or place.conversation)
    for absorbed in place.absorbed:
        merging.merge(cases.locked(absorbed), into=case, by=actor.SYSTEM, at=at)
        case = cases.locked(case.id)
    return case


def _message(
    inbound: Inbound,
    case: Any,
    place: Place,
    key: int,
    channel: ChannelRow,
    customer: int,
    language: str,
    carried: Carried,
) -> messages.NewMessage:
    return messages.NewMessage(
        kind="incoming", conversation=case.id, author_kind="customer", author_id=customer, id=key, channel_id=channel.id,
        sender=_person(inbound.sender), reply_to=[_person(p) for p in inbound.reply_to], to=[_person(p) for p in inbound.to],
        cc=[_person(p) for p in inbound.cc], subject=inbound.subject, text=inbound.text, html=inbound.html,
        visible_text=inbound.visible_text, quoted=inbound.quoted, signature=inbound.signature, external_id=inbound.external_id,
        in_reply_to=inbound.in_reply_to, references=inbound.references, sent_at=inbound.sent_at,
        authenticity=asdict(inbound.authenticity), auto_reply=inbound.auto_reply, is_doubtful=place.is_doubtful,
        inbound_id=carried.inbound_id, attachments=carried.attachments, language=language,
        data=_remarks(inbound, is_stranger=place.is_stranger),
    )  # fmt: skip


def _remarks(inbound: Inbound, *, is_stranger: bool) -> dict[str, Any]:
    said = {"defects": inbound.defects, "mailing_list": inbound.mailing_list, "stranger": is_stranger}
    return {name: value for name, value in said.items() if value}


def _people(
    inbound: Inbound, place: Place, customer: int, own: frozenset[str], *, opened: bool
) -> list[dict[str, Any]]:
    """The sender and everybody in To and Cc. A stranger is suggested until an agent agrees, and so is whom a stranger names,
    or a mail in a case whose From was found to be forged.
    """
    is_forged = not opened and inbound.authenticity.dmarc == "fail"
    state = "suggested" if place.is_stranger or is_forged else "active"
    sender = {**_person(inbound.sender), "role": "requester" if opened else "cc", "state": state, "customer": customer}
    named = [
        {**_person(party), "role": role, "state": state, "customer": None}
        for role, parties in (("to", inbound.to), ("cc", inbound.cc))
        for party in parties
        if party.value and party.value.lower() not in own
    ]
    return [sender, *named]


def _person(party: Party) -> dict[str, Any]:
    return {"kind": party.kind, "value": party.value, "name": party.name}
