"""A first mail is answered by itself: with the case number, once, never to robots."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.channels.adapter import ChannelRow, adapter_of
from careline.domain.channels.queries import channel_by_id
from careline.domain.company.queries import languages
from careline.domain.conversations.commands import cases, deliveries, messages
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.queries.messages import message_of
from careline.domain.history.actor import SYSTEM
from careline.domain.sla.commands.acknowledgements import is_first_today
from careline.domain.sla.queries.acknowledgements import words_for, zone_of_customer
from careline.domain.sla.queries.expected import expected_answer
from careline.domain.sla.rules.acknowledgements import Words
from careline.flows.expected_words import expected_words
from careline.flows.keep_acknowledgements import written
from careline.kit.html import html_of


def acknowledge(conversation: int, message: int, *, at: datetime) -> int | None:
    """Queues the acknowledgement of a first message; None where there must be none.

    Its words and whether there is one are said by mailbox and topic. Anything that looks automatic gets none, and an address
    one in 24 hours: counted now, so that a robot that bears no mark can't keep us talking.
    """
    with transaction.atomic():
        case = cases.locked_where_it_stands(conversation)
        first = message_of(case.id, message) if case is not None else None
        channel = channel_by_id(case.channel_id) if case is not None and case.channel_id else None
        if first is None or case.is_spam or channel is None:
            return None
        said = words_for(channel.id, case.topic_id) or _as_before(channel)
        if not said.is_on:
            return None
        address = first.sender.get("value", "")
        if first.auto_reply or first.data.get("mailing_list") or not address:
            return None
        if (first.authenticity or {}).get("dmarc") == "fail":  # its true sender is somebody else
            return None
        if not is_first_today(address, at=at) or not deliveries.count_auto_reply(address, at=at):
            return None
        zone = zone_of_customer(case.customer_id)
        expected = expected_words(expected_answer(case.id), language=case.language, zone=zone, at=at)
        words = written(said.texts, case.language, number=case.number, expected=expected)
        key = messages.next_message_id()
        adapter = adapter_of(channel.kind)
        answer = NewMessage(
            id=key, kind="reply", conversation=case.id, author_kind="system", author_id=0, channel_id=channel.id,
            sender={"kind": adapter.address_kind, "value": channel.address, "name": channel.name},
            to=[first.sender],
            subject=f"Re: {case.subject}", text=words, visible_text=words, html=html_of(words), auto_reply="acknowledgement",
            external_id=adapter.external_id(key, channel=channel), in_reply_to=first.external_id,
            references=[first.external_id], language=case.language,
        )  # fmt: skip
        messages.add(
            answer, number=case.number, customer=case.customer_id, happening="message.queued", by=SYSTEM, at=at
        )
        deliveries.queue(key, channel_id=channel.id, state="queued", due_at=at, is_automatic=True)
        return key


def _as_before(channel: ChannelRow) -> Words:
    """What a mailbox's own settings say, from before there were words by topic and language."""
    text = str(channel.settings.get("acknowledgement") or "")
    return Words(channel.id, None, bool(channel.settings.get("acknowledge")), {languages()[0]: text} if text else {})
