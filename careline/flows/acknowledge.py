"""A first mail is answered by itself: with the case number, once, never to robots."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.channels.adapter import adapter_of
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.commands import cases, deliveries, messages
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.queries.messages import message_of
from careline.domain.history.actor import SYSTEM
from careline.kit.html import html_of

DEFAULT_WORDS = (
    "We have received your message. Its number is {number}. A person will answer you, usually within 24 hours."
)


def acknowledge(conversation: int, message: int, *, at: datetime) -> int | None:
    """Queues the acknowledgement of a first message; None where there must be none.

    Its words and whether there is one are settings of the mailbox. Anything that looks automatic gets none, and an address
    only so many a day: counted now, so that a robot that bears no mark can't keep us talking.
    """
    with transaction.atomic():
        case = cases.locked_where_it_stands(conversation)
        first = message_of(case.id, message) if case is not None else None
        channel = channel_by_id(case.channel_id) if case is not None and case.channel_id else None
        if first is None or case.is_spam or channel is None or not channel.settings.get("acknowledge"):
            return None
        address = first.sender.get("value", "")
        if first.auto_reply or first.data.get("mailing_list") or not address:
            return None
        if (first.authenticity or {}).get("dmarc") == "fail":  # its true sender is somebody else
            return None
        if not deliveries.count_auto_reply(address, at=at):
            return None
        words = str(channel.settings.get("acknowledgement") or DEFAULT_WORDS).replace("{number}", str(case.number))
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
