"""A rule answers the customer: marked as automatic, never to robots, an address only so often, with the hold of any answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.adapter import adapter_of
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.commands import cases, deliveries, messages
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.errors import EmptyMessage, NoRecipient, Refused
from careline.domain.conversations.queries.messages import last_incoming, message_of, reference_chain
from careline.domain.history.actor import Actor
from careline.flows.reply import recipients_of
from careline.kit.html import html_of


def answer_by_rule(conversation: int, text: str, *, by: Actor, at: datetime, answers: int | None = None) -> int:
    """Queues an automatic answer to the customer; the message's id. It stops no clock: a person still has to answer.

    `answers` is the message that set it off. Raises Refused (a robot wrote, its sender may be forged, too many already),
    NoRecipient, EmptyMessage, MergedAway.
    """
    if not text.strip():
        raise EmptyMessage("The answer is empty.")
    with transaction.atomic():
        case = cases.locked(conversation)
        channel = channel_by_id(case.channel_id) if case.channel_id else None
        if channel is None or not channel.is_active:
            raise Refused("The case came by no channel that answers.")
        if case.is_spam:
            raise Refused("Spam is not answered by itself.")
        _guard_robots((message_of(case.id, answers) if answers else None) or last_incoming(case.id))
        to = recipients_of(case, everybody=False).to
        if not to:
            raise NoRecipient("There is nobody to send this to.")
        for person in to:
            if not deliveries.count_auto_reply(person.value, at=at):
                raise Refused("This address has had as many automatic answers as it may have in a day.")
        adapter, chain = adapter_of(channel.kind), reference_chain(case.id)
        key = messages.next_message_id()
        subject = case.subject or f"Case {case.number}"
        answer = NewMessage(
            id=key, kind="reply", conversation=case.id, author_kind=by.kind.value, author_id=by.id, channel_id=channel.id,
            sender={"kind": adapter.address_kind, "value": channel.address, "name": channel.name},
            to=[{"kind": adapter.address_kind, "value": p.value, "name": p.name} for p in to],
            subject=subject if subject.lower().startswith("re:") else f"Re: {subject}", text=text, visible_text=text, html=html_of(text),
            signature=channel.signature, auto_reply="rule", external_id=adapter.external_id(key, channel=channel), references=chain,
            in_reply_to=chain[-1] if chain else "", language=case.language,
        )  # fmt: skip
        messages.add(answer, number=case.number, customer=case.customer_id, happening="message.queued", by=by, at=at)
        deliveries.queue(key, channel_id=channel.id, state="queued", due_at=at, is_automatic=True)
        cases.note_internal(case, message=key, has_attachment=False, at=at)
        return key


def _guard_robots(last: Any) -> None:
    if last is None:
        return
    if last.auto_reply or last.data.get("mailing_list"):
        raise Refused("What came was sent by a program: it is not answered by itself.")
    if last.data.get("stranger") or (last.authenticity or {}).get("dmarc") == "fail":
        raise Refused("Who wrote it is not proven: it is not answered by itself.")
