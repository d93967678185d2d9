"""What is due leaves: claimed, handed over outside any transaction, and its end written down."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.adapter import ChannelRow, Outcome, Outgoing, OutgoingFile, Sent, adapter_of
from careline.domain.channels.inbound import Party
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.commands import cases, deliveries
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.conversations.queries.messages import (
    attachments_of,
    delivery_of,
    html_of,
    message_by_id,
    messages_of,
)
from careline.domain.conversations.rules.states import retry_after
from careline.domain.files.queries import content_of
from careline.domain.history.actor import SYSTEM
from careline.kit import db
from careline.kit import html as kit_html
from careline.kit.storage import ContentMissing

log = logging.getLogger(__name__)
_HISTORY_SHOWN = 5


def deliver_due(*, worker: str, at: datetime, limit: int = 20) -> int:
    """Sends what is due; how many were taken up."""
    claimed = deliveries.claim_due(worker=worker, at=at, limit=limit)
    for delivery in claimed:
        deliver(delivery, at=at)
    return len(claimed)


def deliver(delivery: Any, *, at: datetime) -> str:
    """Sends one claimed message and writes down how it went; its state afterwards."""
    message = message_by_id(delivery.message_id)
    case = conversation_by_id(message.conversation_id)
    assert case is not None, "a message stands in a case"
    channel = channel_by_id(delivery.channel_id) if delivery.channel_id else None
    sent = _send(message, case, channel, only=delivery.remaining or ())
    refused = {**delivery.refused, **sent.refused}
    if sent.outcome is Outcome.RETRY:
        wait = retry_after(delivery.attempts)
        if wait is not None:
            deliveries.postpone(
                message.id, due_at=at + wait, words=sent.words, remaining=sent.later, refused=sent.refused
            )
            return "queued"
        sent = Sent(Outcome.FAILED, f"Given up after {delivery.attempts} attempts. {sent.words}")
    sent = replace(sent, refused=refused)
    with transaction.atomic():
        _conclude(message, case, sent, at=at)
    return sent.outcome.value


def _send(message: Any, case: Any, channel: ChannelRow | None, *, only: Sequence[str]) -> Sent:
    if channel is None:
        return Sent(Outcome.FAILED, "The mailbox it was to be sent from is gone.")
    try:
        outgoing = replace(outgoing_of(message, case), only=tuple(only))
    except ContentMissing:
        return Sent(Outcome.FAILED, "A file that was attached is no longer stored.")
    try:
        return adapter_of(channel.kind).send(
            outgoing, channel=channel, before_point_of_no_return=lambda: deliveries.note_handing_over(message.id)
        )
    except Exception as error:
        if db.is_lost(error):
            raise
        log.exception("Sending message %s failed.", message.id)
        handed_over = delivery_of(message.id).state == "handing_over"
        return Sent(Outcome.UNCERTAIN if handed_over else Outcome.RETRY, f"{type(error).__name__}: {error}")


def _conclude(message: Any, case: Any, sent: Sent, *, at: datetime) -> None:
    words = sent.words
    if sent.refused:
        words += " Refused: " + "; ".join(f"{address}: {said}" for address, said in sent.refused.items())
    deliveries.conclude(message.id, state=sent.outcome.value, words=words, case=case, at=at)
    if sent.outcome is Outcome.SENT and delivery_of(message.id).is_scheduled:
        held = cases.locked(case.id)
        cases.note_sent_later(held, by=SYSTEM, at=at)
        if message.data.get("resolve"):
            cases.resolve(cases.locked(case.id), by=SYSTEM, at=at)


def outgoing_of(message: Any, case: Any) -> Outgoing:
    """The message as it leaves, with its files, signature and, where wanted, the history. Raises ContentMissing."""
    signature = message.signature.strip()
    history = _history(message) if message.data.get("with_history") or message.data.get("forward") else ""
    text = message.text + (f"\n\n-- \n{signature}" if signature else "") + (f"\n\n{history}" if history else "")
    html = html_of(message.id)
    if html and (signature or history):
        html += kit_html.html_of((f"-- \n{signature}\n\n" if signature else "") + history)
    files = [
        OutgoingFile(f.name, f.media_type, content_of(f.digest), f.is_inline, f.content_id)
        for f in attachments_of(message.id)
    ]
    references = [word for word in message.references if word != message.external_id]
    return Outgoing(
        message=message.id, case_number=case.number, subject=message.subject, text=text, html=html, to=_parties(message.to),
        cc=_parties(message.cc), bcc=_parties(message.bcc), external_id=message.external_id, in_reply_to=message.in_reply_to,
        references=references, files=files, sent_at=message.created_at, is_automatic=bool(message.auto_reply),
        sender_name=message.sender.get("name", ""),
    )  # fmt: skip


def _history(message: Any) -> str:
    """The newest public messages before this one, quoted."""
    earlier = [m for m in messages_of(message.conversation_id) if m.id < message.id and m.visibility == "public"][
        -_HISTORY_SHOWN:
    ]
    quoted = []
    for said in reversed(earlier):
        who = said.sender.get("name") or said.sender.get("value", "")
        lines = "\n".join(f"> {line}" for line in said.visible_text.splitlines())
        quoted.append(f"{said.created_at:%Y-%m-%d %H:%M} UTC, {who}:\n{lines}")
    return "\n\n".join(quoted)


def _parties(people: list[dict[str, Any]]) -> list[Party]:
    return [Party(person["value"], person.get("name", "")) for person in people]
