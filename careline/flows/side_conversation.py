"""A third party is asked (a supplier, a carrier), inside the case and apart from the customer, who never sees or receives it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.adapter import ChannelRow, adapter_of
from careline.domain.channels.queries import channel_by_id, channels, own_addresses
from careline.domain.conversations.commands import cases, deliveries, drafts, messages, sides
from careline.domain.conversations.commands.messages import NewAttachment, NewMessage
from careline.domain.conversations.errors import EmptyMessage, NoRecipient, NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for, participants_of
from careline.domain.conversations.queries.messages import attachments_of, message_of, reference_chain
from careline.domain.conversations.queries.sides import side_of
from careline.domain.conversations.rules.recipients import Person
from careline.domain.conversations.rules.sides import objections
from careline.domain.conversations.rules.states import held_until
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person as Agent
from careline.kit.html import html_of, sanitise, text_of

VERB = "conversation:reply"
HOLD_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Aside:
    """What is written to a third party. `forwarded` are messages of the case that go along, with their files."""

    text: str = ""
    html: str = ""
    to: tuple[Person, ...] = ()
    subject: str = ""
    attachments: tuple[NewAttachment, ...] = ()
    forwarded: tuple[int, ...] = ()
    hold_seconds: int = HOLD_SECONDS

    @property
    def words(self) -> str:
        return self.text or text_of(self.html)


@dataclass(frozen=True, slots=True)
class Asked:
    """A side conversation and the message in it that was written just now."""

    side: int
    message: int


def ask_aside(agent: Agent, number: int, aside: Aside, *, by: Actor, at: datetime) -> Asked:
    """Opens a side conversation. Raises NotFound, Forbidden, MergedAway, EmptyMessage, NoRecipient, Refused."""
    if not aside.to:
        raise NoRecipient("There is nobody to ask: add a recipient.")
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb=VERB).id)
        _guard(aside, case.id)
        channel = _channel_of(case)
        kind = adapter_of(channel.kind).address_kind
        people = [{**_as_dict(p, kind), "role": "to", "state": "active", "customer": None} for p in aside.to]
        subject = aside.subject.strip() or case.subject or f"Case {case.number}"
        side = sides.open_side(case, subject=subject, channel_id=channel.id, people=people, by=by, at=at)
        return _written(agent, case, side, aside, channel, by=by, at=at)


def write_aside(agent: Agent, number: int, side: int, aside: Aside, *, by: Actor, at: datetime) -> Asked:
    """Writes on in a side conversation, to those who are on it. Raises as `ask_aside`."""
    with transaction.atomic():
        found = conversation_for(agent, number, verb=VERB)
        stands_in = found.merged_into_id or found.id
        held, case = sides.locked_side(side) if side_of(stands_in, side) is not None else (None, None)
        if held is None or case is None or case.id != stands_in:
            raise NotFound(f"There is no side conversation {side} in case {number}.")
        _guard(aside, case.id)
        channel = _channel_of(held)
        drafts.drop(agent=agent.id, conversation=held.id, kind="reply")
        return _written(agent, case, held, aside, channel, by=by, at=at)


def _guard(aside: Aside, case: int) -> None:
    if not aside.words.strip() and not aside.attachments and not aside.forwarded:
        raise EmptyMessage("There is nothing to send: write something or attach a file.")
    on_the_case = [person.value for person in participants_of(case)]
    if found := objections(aside.to, on_the_case=on_the_case, own=own_addresses()):
        raise Refused(" ".join(found))


def _channel_of(case: Any) -> ChannelRow:
    channel = channel_by_id(case.channel_id) if case.channel_id else None
    if channel is None or not channel.is_active:
        channel = next(iter(channels()), None)
    if channel is None:
        raise Refused("There is no channel to write by: add one under Mailboxes.")
    return channel


def _written(
    agent: Agent, case: Any, side: Any, aside: Aside, channel: ChannelRow, *, by: Actor, at: datetime
) -> Asked:
    """Stores the message with its delivery, in the side conversation alone."""
    adapter, key = adapter_of(channel.kind), messages.next_message_id()
    quoted, files = _forwarded(case.id, aside.forwarded)
    text = "\n\n".join(part for part in (aside.words, quoted) if part)
    html = (sanitise(aside.html) if aside.html else html_of(aside.words)) + (html_of(quoted) if quoted else "")
    on_the_case = {p.value.lower() for p in participants_of(case.id)}  # who came on it since is no third party any more
    to = [
        _as_dict(Person(p.value, p.name), p.kind)
        for p in participants_of(side.id)
        if p.state == "active" and p.value.lower() not in on_the_case
    ]
    if not to:
        raise NoRecipient("There is nobody on this side conversation who is not on the case itself: answer there.")
    chain = reference_chain(side.id)
    message = NewMessage(
        id=key, kind="reply", conversation=side.id, author_kind=by.kind.value, author_id=by.id, channel_id=channel.id,
        sender={"kind": adapter.address_kind, "value": channel.address, "name": agent.name}, to=to,
        subject=f"Re: {side.subject}" if chain else side.subject, text=text, html=html, visible_text=text, signature=channel.signature,
        external_id=adapter.external_id(key, channel=channel), references=chain, in_reply_to=chain[-1] if chain else "",
        attachments=(*aside.attachments, *files), language=case.language, data={"side": True},
    )  # fmt: skip
    messages.add(message, number=side.number, customer=None, happening="side_message.queued", by=by, at=at)
    leaves_at, state = held_until(at, aside.hold_seconds), "held" if aside.hold_seconds else "queued"
    deliveries.queue(key, channel_id=channel.id, state=state, due_at=leaves_at)
    sides.note_written(side, case=case, by=by, at=at)
    return Asked(side.id, key)


def _forwarded(case: int, wanted: tuple[int, ...]) -> tuple[str, tuple[NewAttachment, ...]]:
    """What is handed on: words and files, but never who said it: the customer's address stays with us."""
    quoted, files = [], []
    for key in wanted:
        said = message_of(case, key)
        if said is None or said.kind == "note":
            raise Refused("Only what was said between the customer and us can be handed on.")
        lines = "\n".join(f"> {line}" for line in (said.visible_text or said.text).splitlines())
        quoted.append(f"{said.created_at:%Y-%m-%d %H:%M} UTC:\n{lines}")
        files += [NewAttachment(f.digest, f.name, f.media_type, f.size) for f in attachments_of(key) if not f.is_inline]
    return "\n\n".join(quoted), tuple(files)


def _as_dict(person: Person, kind: str) -> dict[str, Any]:
    return {"kind": kind, "value": person.value, "name": person.name}
