"""An agent answers: guards, recipients, the message and its delivery in one transaction; the worker sends it after the hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.adapter import ChannelRow, adapter_of
from careline.domain.channels.queries import channel_by_id, channels, own_addresses
from careline.domain.chats.queries import answers_after
from careline.domain.conversations.commands import cases, deliveries, messages, participants
from careline.domain.conversations.commands.messages import NewAttachment, NewMessage
from careline.domain.conversations.errors import (
    EmptyMessage,
    NoRecipient,
    NotTheAssignee,
    Refused,
    ThreadChanged,
    Unfilled,
)
from careline.domain.conversations.queries.cases import conversation_for, participants_of
from careline.domain.conversations.queries.messages import (
    last_incoming,
    last_incoming_among,
    messages_after,
    reference_chain,
)
from careline.domain.conversations.queries.work import only_assignee_sends
from careline.domain.conversations.rules.filling import holes_in
from careline.domain.conversations.rules.recipients import Person, Recipients, answer_to
from careline.domain.conversations.rules.states import held_until
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person as Agent
from careline.flows.resolve import require_resolvable
from careline.flows.uploaded import in_text
from careline.kit.html import html_of, sanitise, text_of

HOLD_SECONDS = 10
_NOT_WRITTEN_TO = ("phone", "postal", "")
"""Ways to reach people that no answer can go by."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an agent wrote. Empty recipients mean the case's own (reply all where `everybody`).

    `seen_message` is the newest message the agent saw: with something newer the reply stops, unless `force`.
    """

    text: str = ""
    html: str = ""
    to: tuple[Person, ...] = ()
    cc: tuple[Person, ...] = ()
    bcc: tuple[Person, ...] = ()
    attachments: tuple[NewAttachment, ...] = ()
    everybody: bool = False
    send_at: datetime | None = None
    hold_seconds: int = HOLD_SECONDS
    seen_message: int | None = None
    force: bool = False
    with_history: bool = False
    with_signature: bool = True
    resolve: bool = False
    is_forward: bool = False
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Replied:
    message: int
    number: int
    leaves_at: datetime
    recipients: Recipients


def recipients_of(
    case: Any, *, everybody: bool, people: list[Any] | None = None, messages: Sequence[Any] = ()
) -> Recipients:
    """Who an answer to this case goes to: what is shown before sending is what is sent.

    `people` are the case's participants and `messages` its newest ones, where they have been read already.
    """
    people = [p for p in (participants_of(case.id) if people is None else people) if p.kind not in _NOT_WRITTEN_TO]
    first = next((p for p in people if p.role == "requester" and p.state == "active"), None)
    requester = Person(first.value, first.name) if first else None
    active = [
        Person(p.value, p.name) for p in people if p.state == "active" and (first is None or p.kind == first.kind)
    ]
    last = last_incoming_among(messages) or last_incoming(case.id)
    believed = last is not None and not last.data.get("stranger") and (last.authenticity or {}).get("dmarc") != "fail"
    if (
        first and last is not None and last.sender.get("kind", first.kind) != first.kind
    ):  # answers by mail to somebody who chats
        believed = False
    left = {(p.kind, p.value.lower()) for p in people if p.state == "removed"}
    if last is not None and (last.sender.get("kind", "email"), last.sender.get("value", "").lower()) in left:
        believed = False  # who gets no answers of this case any more does not say where they go
    asked = [Person(p["value"], p.get("name", "")) for p in last.reply_to] if last is not None and believed else []
    return answer_to(requester=requester, reply_to=asked, others=active, own=own_addresses(), everybody=everybody)


def reply(agent: Agent, number: int, draft: Draft, *, by: Actor, at: datetime) -> Replied:
    """Answers a case. Raises NotFound, Forbidden, EmptyMessage, NoRecipient, ThreadChanged, Refused; then nothing changed."""
    if not (draft.text.strip() or draft.html.strip() or draft.attachments):
        raise EmptyMessage("There is nothing to send: write something or attach a file.")
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:reply").id)
        if draft.resolve:
            conversation_for(agent, number, verb="conversation:resolve")
        _guard_sender(case, agent)
        _guard_thread(case, draft)
        channel = _channel_of(case)
        if adapter_of(channel.kind).capabilities.waits:
            draft = replace(draft, hold_seconds=0)
        recipients = Recipients(draft.to, draft.cc, draft.bcc)
        if not recipients.everyone:
            recipients = recipients_of(case, everybody=draft.everybody)
        if not recipients.everyone:
            raise NoRecipient("There is nobody to send this to: add a recipient.")
        leaves_at = draft.send_at if _is_later(draft, at) and draft.send_at else held_until(at, draft.hold_seconds)
        message = _stored(case, draft, recipients, channel, agent=agent, by=by, at=at)
        state = "scheduled" if _is_later(draft, at) else "held" if draft.hold_seconds else "queued"
        deliveries.queue(message.id, channel_id=channel.id, state=state, due_at=leaves_at)
        _move_case(case, draft, message, by=by, at=at)
        if not draft.is_forward:
            participants.join(case.id, _new_people(recipients, adapter_of(channel.kind).address_kind))
    return Replied(message.id, case.number, leaves_at, recipients)


def _guard_sender(case: Any, agent: Agent) -> None:
    if case.assignee_id != agent.id and only_assignee_sends(case.team_id):
        raise NotTheAssignee("In this team only the assignee sends: take the case first.")


def _guard_thread(case: Any, draft: Draft) -> None:
    if case.merged_into_id is not None:
        raise Refused("This case was merged into another one; answer there.")
    if draft.seen_message is not None and not draft.force:
        newer = _newer(case, draft.seen_message)
        if newer:
            raise ThreadChanged(newer)
    if draft.resolve:
        require_resolvable(case)
    if not draft.force and (holes := holes_in(draft.text or text_of(draft.html))):
        raise Unfilled(f"{{{{{holes[0]}}}}} was not filled in: write the word itself, or leave it out.")


def _newer(case: Any, seen: int) -> list[int]:
    """What an answer may not pass over: in a talk the other side goes on while one writes, and only colleagues count."""
    kind = channel.kind if case.channel_id and (channel := channel_by_id(case.channel_id)) else ""
    waits = bool(kind) and adapter_of(kind).capabilities.waits
    return answers_after(case.id, seen) if waits else messages_after(case.id, seen)


def _channel_of(case: Any) -> ChannelRow:
    channel = channel_by_id(case.channel_id) if case.channel_id else None
    if channel is None or not channel.is_active:
        channel = next(iter(channels()), None)
    if channel is None:
        raise Refused("There is no channel to answer by: add one under Mailboxes.")
    return channel


def _stored(
    case: Any, draft: Draft, recipients: Recipients, channel: ChannelRow, *, agent: Agent, by: Actor, at: datetime
) -> NewMessage:
    written = draft.text or text_of(draft.html)
    reached_by = adapter_of(channel.kind).address_kind
    key = messages.next_message_id()
    html = sanitise(draft.html) if draft.html else html_of(written)
    message = NewMessage(
        id=key, kind="reply", conversation=case.id, author_kind=by.kind.value, author_id=by.id, channel_id=channel.id,
        sender={"kind": reached_by, "value": channel.address, "name": agent.name}, to=_as_dicts(recipients.to, reached_by),
        cc=_as_dicts(recipients.cc, reached_by), bcc=_as_dicts(recipients.bcc, reached_by), subject=_subject(case, draft), text=written,
        html=html, visible_text=written,
        signature=channel.signature if draft.with_signature and not adapter_of(channel.kind).capabilities.waits else "",
        external_id=adapter_of(channel.kind).external_id(key, channel=channel), references=reference_chain(case.id),
        attachments=in_text(draft.attachments, html),
        language=case.language, data={**draft.data, **_before(case, draft)},
    )  # fmt: skip
    message.in_reply_to = message.references[-1] if message.references and not draft.is_forward else ""
    data: dict[str, Any] = {"resolve": True} if draft.resolve else {}
    if draft.hold_seconds < HOLD_SECONDS and not _is_later(draft, at):
        data["hold"] = draft.hold_seconds
    messages.add(
        message, number=case.number, customer=case.customer_id, happening="message.queued", by=by, at=at, data=data
    )
    return message


def _before(case: Any, draft: Draft) -> dict[str, Any]:
    """How the case stood, for the undo; and what the worker needs to know when it sends."""
    state = {
        "category": case.category,
        "waiting_since": case.waiting_since.isoformat() if case.waiting_since else None,
        "first_responded_at": case.first_responded_at.isoformat() if case.first_responded_at else None,
    }
    return {"before": state, "with_history": draft.with_history, "forward": draft.is_forward, "resolve": draft.resolve}


def _move_case(case: Any, draft: Draft, message: NewMessage, *, by: Actor, at: datetime) -> None:
    """A reply hands the turn to the customer at once; one for later, or a forward, leaves the case as it is until it goes."""
    files = bool(draft.attachments)
    if draft.is_forward or _is_later(draft, at):
        cases.note_internal(case, message=message.id, has_attachment=files, at=at)
        return
    cases.note_reply(case, message=message.id, text=message.text, has_attachment=files, by=by, at=at)
    keep_promises([case.id], by=by, at=at)
    if draft.resolve:
        cases.resolve(cases.locked(case.id), by=by, at=at)
        keep_promises([case.id], by=by, at=at)


def _is_later(draft: Draft, at: datetime) -> bool:
    return draft.send_at is not None and draft.send_at > at


def _subject(case: Any, draft: Draft) -> str:
    prefix = "Fwd: " if draft.is_forward else "Re: "
    subject = case.subject or f"Case {case.number}"
    return subject if subject.lower().startswith(prefix.lower()) else prefix + subject


def _new_people(recipients: Recipients, reached_by: str) -> list[dict[str, Any]]:
    named = [("to", recipients.to), ("cc", recipients.cc)]
    return [
        {"kind": reached_by, "value": p.value, "name": p.name, "role": role, "state": "active", "customer": None}
        for role, people in named
        for p in people
    ]


def _as_dicts(people: tuple[Person, ...], reached_by: str) -> list[dict[str, Any]]:
    return [{"kind": reached_by, "value": p.value, "name": p.name} for p in people]
