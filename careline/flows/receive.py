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
from careline.domain.conversations.commands import cases, deliveries, merging, messages, participants, splitting
from careline.domain.conversations.commands.handing_over import take_from_leaver
from careline.domain.conversations.rules.threads import Place
from careline.domain.customers import commands as customers
from careline.domain.history import actor
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises_of_many
from careline.flows.placing import Placed, placed
from careline.flows.receive_aside import receive_aside
from careline.flows.returned import note_return
from careline.flows.stated import state
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
    """What surrounds a message: its inbound row and its files, stored already.

    `moved`: where whoever takes in many keeps their promises at once, the cases and who moved them are noted here.
    """

    inbound_id: int | None = None
    attachments: tuple[messages.NewAttachment, ...] = ()
    languages: tuple[str, ...] = ("en",)
    own_addresses: frozenset[str] = frozenset()
    moved: dict[int, Actor] | None = None

    @property
    def has_attachment(self) -> bool:
        return any(not file.inline for file in self.attachments)


def receive(inbound: Inbound, *, channel: ChannelRow, carried: Carried, at: datetime) -> Received:
    """Places one message; what can't be placed says why and waits in the view of such."""
    if (set_aside := _no_message(inbound, at=at)) is not None:
        return set_aside
    found = placed(inbound, at=at)
    place = found.place
    if inbound.kind is InboundKind.AUTO_REPLY and place.conversation is None:
        return Received("unprocessed", "unrouted", "An automatic answer that belongs to no case.")
    claim = messages.claim_fingerprint(inbound.fingerprint, is_named=bool(inbound.external_id), at=at)
    if not claim.is_new:
        return _seen_before(claim.message, channel=channel)

    language = language_of(inbound.visible_text or inbound.text, carried.languages) or _said_language(inbound, carried)
    if place.is_side and place.conversation is not None:
        return _aside(inbound, place, place.conversation, claim.message, channel, language, carried, at=at)
    return _taken(inbound, found, claim.message, channel, language, carried, at=at)


def words_to_lock(inbound: Inbound) -> set[str]:
    """The words whose locks keep parts of one thread, and two first mails of one person, from passing each other."""
    sender = f"{inbound.sender.kind}:{inbound.sender.value}"
    return {inbound.external_id, inbound.in_reply_to, *inbound.references, sender} - {""}


def _no_message(inbound: Inbound, *, at: datetime) -> Received | None:
    """What came of something that nobody said to us: a loop, a message of ours that came back, one without a sender."""
    if inbound.kind is InboundKind.LOOP:
        return Received("rejected", "loop", inbound.auto_reply or "One of our own messages came back.")
    if inbound.kind in (InboundKind.BOUNCE, InboundKind.FEEDBACK_REPORT):
        return Received(*note_return(inbound, at=at))
    if not inbound.sender.value:
        return Received("unprocessed", "unrouted", "It does not say who sent it.")
    return None


def _taken(inbound: Inbound, found: Placed, key: int, channel: ChannelRow, language: str, carried: Carried, *,
           at: datetime) -> Received:  # fmt: skip
    """Into a case, new or joined: who it is, the message, what it does to the case, and who is on it."""
    place = found.place
    customer = customers.known_by(
        inbound.sender.kind, inbound.sender.value, name=inbound.sender.name, language=language, by=actor.SYSTEM, at=at
    )
    by = actor.customer(customer, via=channel.kind)
    if inbound.authenticity.verified:
        customers.mark_verified(inbound.sender.kind, inbound.sender.value, at=at)
    opened = place.conversation is None
    case = _case(inbound, found, key, channel, customer, language, carried, by=by, at=at)
    message = _message(inbound, case, place, key, channel, customer, language, carried)
    messages.add(
        message, number=case.number, customer=customer, happening="message.received", by=by, at=at,
        data=_told(inbound, found, opened=opened),
    )  # fmt: skip
    if place.home is not None and place.home != case.id:
        merging.note_home(message.id, home=place.home)
    if opened:
        state(case, inbound, by=by, at=at)
    else:
        cases.note_incoming(
            case, message=message.id, text=message.visible_text or message.text, channel_id=channel.id,
            has_attachment=carried.has_attachment, is_automatic=inbound.kind is InboundKind.AUTO_REPLY, by=by, at=at,
        )  # fmt: skip
        if inbound.kind is not InboundKind.AUTO_REPLY:
            deliveries.cancel_scheduled(case.id)
            if case.category == "resolved":
                take_from_leaver(case, by=actor.SYSTEM, at=at)
    participants.join(case.id, _people(inbound, place, customer, carried.own_addresses, opened=opened))
    if opened or inbound.kind is not InboundKind.AUTO_REPLY:
        moved = dict.fromkeys((case.id, *place.absorbed), by)
        if carried.moved is None:
            keep_promises_of_many(moved, at=at)
        else:
            carried.moved.update(moved)
    return Received("processed", "opened" if opened else "joined", number=case.number, message=message.id)


def _told(inbound: Inbound, found: Placed, *, opened: bool) -> dict[str, Any] | None:
    said = {"opened": opened, "auto_reply": inbound.auto_reply} if inbound.auto_reply or opened else {}
    return (said | {"blocked": True} if _is_spam(inbound, found) else said) or None


def _is_spam(inbound: Inbound, found: Placed) -> bool:
    """From a blocked sender, or suspected by the way in: kept among spam, and nobody is told."""
    return found.is_blocked or bool(inbound.data.get("suspected"))


def _said_language(inbound: Inbound, carried: Carried) -> str:
    """Where the words are too few to tell: that of the page they were written on, else the company's first."""
    said = inbound.data.get("language", "")
    return said if said in carried.languages else carried.languages[0]


def _aside(inbound: Inbound, place: Place, side: int, key: int, channel: ChannelRow, language: str, carried: Carried, *,
           at: datetime) -> Received:  # fmt: skip
    """An answer of a third party: nobody's customer, and seen by nobody but us."""
    number = receive_aside(
        side,
        message=lambda row: _message(
            inbound, row, place, key, channel, 0, language, carried, author_kind="third_party"
        ),
        people=_people(inbound, place, None, carried.own_addresses, opened=False),
        is_automatic=inbound.kind is InboundKind.AUTO_REPLY,
        via=channel.kind,
        at=at,
    )
    if number is None:
        return Received("unprocessed", "unrouted", "It answers a side conversation that is gone.")
    return Received("processed", "joined", number=number, message=key)


def _seen_before(message: int, *, channel: ChannelRow) -> Received:
    number = cases.add_channel_of_double(message, channel_id=channel.id)
    return Received("processed", "duplicate", "It had come in before.", number=number, message=message)


def _case(
    inbound: Inbound,
    found: Placed,
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
    place = found.place
    if place.conversation is None:
        opened = cases.open_case(
            subject=inbound.subject, channel_id=channel.id, brand_id=channel.brand_id, customer_id=customer,
            team_id=channel.team_id, language=language, by=by, at=at,
            hint=_hint(inbound, place),
            first=cases.FirstMessage(key, inbound.visible_text or inbound.text, carried.has_attachment),
            is_spam=_is_spam(inbound, found),
        )  # fmt: skip
        if found.follows is not None:
            splitting.begin_anew(opened, after=found.follows, by=by, at=at)
        return opened
    case = cases.locked_where_it_stands(place.home or place.conversation)
    for absorbed in place.absorbed:
        merging.merge(cases.locked(absorbed), into=case, by=actor.SYSTEM, at=at)
        case = cases.locked(case.id)
    return case


def _hint(inbound: Inbound, place: Place) -> dict[str, Any] | None:
    """What an agent may want to look at: the case it may belong to, or that it may be another customer's."""
    if place.hint:
        return {"case": place.hint, "why": "guessed_reference"}
    return {"why": "passed_on"} if inbound.data.get("passed_on") else None


def _message(
    inbound: Inbound,
    case: Any,
    place: Place,
    key: int,
    channel: ChannelRow,
    customer: int,
    language: str,
    carried: Carried,
    *,
    author_kind: str = "customer",
) -> messages.NewMessage:
    return messages.NewMessage(
        kind="incoming", form=inbound.data.get("form", "mail"), conversation=case.id, author_kind=author_kind, author_id=customer,
        id=key, channel_id=channel.id,
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
    inbound: Inbound, place: Place, customer: int | None, own: frozenset[str], *, opened: bool
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
