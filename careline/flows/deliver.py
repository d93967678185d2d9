"""What is due leaves: claimed, handed over outside any transaction, and its end written down."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.adapter import Outcome, Outgoing, OutgoingFile, Sent, adapter_of
from careline.domain.channels.inbound import Party
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.commands import cases, deliveries
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.conversations.queries.messages import (
    attachments_of,
    delivery_of,
    html_of,
    message_by_id,
    newest_messages_of,
)
from careline.domain.conversations.rules.states import retry_after
from careline.domain.files.queries import content_of
from careline.domain.history.actor import SYSTEM
from careline.domain.sla.commands.promises import keep_promises
from careline.flows.quote_paper import with_quote_paper
from careline.flows.request_link import request_link
from careline.flows.resolve import objections
from careline.flows.survey_letter import with_survey_links
from careline.kit import db
from careline.kit import html as kit_html
from careline.kit.storage import ContentMissing

log = logging.getLogger(__name__)
_HISTORY_SHOWN, _HISTORY_SEARCHED = 5, 200


class NotOurs(Exception):
    """Another worker took the delivery over meanwhile: nothing may be handed over."""


def deliver_due(*, worker: str, at: datetime, limit: int = 20) -> int:
    """Sends what is due; how many were taken up."""
    claimed = claim(worker=worker, at=at, limit=limit)
    for delivery in claimed:
        note_end(delivery, hand_over(delivery, worker=worker), worker=worker, at=at)
    return len(claimed)


def claim(*, worker: str, at: datetime, limit: int) -> list[Any]:
    """Takes what is due for this worker alone."""
    return deliveries.claim_due(worker=worker, at=at, limit=limit)


def let_go(*, worker: str, at: datetime) -> int:
    """Claims of a worker that handed nothing over wait again, also those whose answer never reached it."""
    return deliveries.let_go(worker=worker, at=at)


def hand_over(delivery: Any, *, worker: str) -> Sent | None:
    """Sends one claimed message; None where another worker has it now. What it raises means: nothing was handed over."""
    message = message_by_id(delivery.message_id)
    case = conversation_by_id(message.conversation_id)
    channel = channel_by_id(delivery.channel_id) if delivery.channel_id else None
    if channel is None:
        return Sent(Outcome.FAILED, "The mailbox it was to be sent from is gone.")
    handed_over = False

    def before_point_of_no_return() -> None:
        nonlocal handed_over
        if not deliveries.note_handing_over(message.id, worker=worker):
            raise NotOurs
        handed_over = True

    try:
        outgoing = replace(outgoing_of(message, case), only=tuple(delivery.remaining or ()))
        return adapter_of(channel.kind).send(
            outgoing, channel=channel, before_point_of_no_return=before_point_of_no_return
        )
    except ContentMissing:
        return Sent(Outcome.FAILED, "A file that was attached is no longer stored.")
    except NotOurs:
        return None
    except Exception as error:
        if db.is_lost(error) and not handed_over:
            raise
        log.exception("Sending message %s failed.", message.id)
        return Sent(Outcome.UNCERTAIN if handed_over else Outcome.RETRY, f"{type(error).__name__}: {error}")


def note_end(delivery: Any, sent: Sent | None, *, worker: str, at: datetime) -> None:
    """Writes down how it went. May be called again with the same where the database was away: it is written once."""
    if sent is None:
        return
    wait = retry_after(delivery.attempts) if sent.outcome is Outcome.RETRY else None
    if wait is not None:
        deliveries.postpone(
            delivery.message_id, worker=worker, due_at=at + wait, words=sent.words, remaining=sent.later, refused=sent.refused
        )  # fmt: skip
        return
    if sent.outcome is Outcome.RETRY:
        sent = replace(sent, outcome=Outcome.FAILED, words=f"Given up after {delivery.attempts} attempts. {sent.words}")
    with transaction.atomic():
        _conclude(delivery, replace(sent, refused={**delivery.refused, **sent.refused}), worker=worker, at=at)


def _conclude(delivery: Any, sent: Sent, *, worker: str, at: datetime) -> None:
    words = sent.words
    if sent.refused and set(sent.refused.values()) != {words}:
        words += " Refused: " + "; ".join(f"{address}: {said}" for address, said in sent.refused.items())
    message = message_by_id(delivery.message_id)
    case = conversation_by_id(message.conversation_id)
    assert case is not None, "a message stands in a case"
    is_ours = deliveries.conclude(
        message.id, worker=worker, state=sent.outcome.value, words=words, case=case, at=at
    )  # fmt: skip
    if is_ours and sent.outcome is Outcome.SENT and delivery_of(message.id).is_scheduled:
        held = cases.locked_where_it_stands(case.id)
        cases.note_sent_later(held, by=SYSTEM, at=at)
        keep_promises([held.id], by=SYSTEM, at=at)
        held = cases.locked_where_it_stands(case.id)
        if message.data.get("resolve") and not objections(held):
            cases.resolve(held, by=SYSTEM, at=at)
            keep_promises([held.id], by=SYSTEM, at=at)


def outgoing_of(message: Any, case: Any) -> Outgoing:
    """The message as it leaves, with its files, signature and, where wanted, the history. Raises ContentMissing."""
    signature = message.signature.strip()
    history = _history(message) if message.data.get("with_history") or message.data.get("forward") else ""
    below = [f"-- \n{signature}" if signature else "", request_link(message, case), history]
    tail = "\n\n".join(part for part in below if part)
    text = message.text + (f"\n\n{tail}" if tail else "")
    html = html_of(message.id).replace(' data-cid="', ' src="cid:')
    if html and tail:
        html += kit_html.html_of(tail)
    files = [
        OutgoingFile(f.name, f.media_type, content_of(f.digest), f.is_inline, f.content_id)
        for f in attachments_of(message.id)
    ]
    references = [word for word in message.references if word != message.external_id]
    outgoing = Outgoing(
        message=message.id, case_number=case.number, subject=message.subject, text=text, html=html, to=_parties(message.to),
        cc=_parties(message.cc), bcc=_parties(message.bcc), external_id=message.external_id, in_reply_to=message.in_reply_to,
        references=references, files=files, sent_at=message.created_at, is_automatic=bool(message.auto_reply),
        sender_name=message.sender.get("name", ""), unsubscribe_url=message.data.get("unsubscribe_url", ""),
    )  # fmt: skip
    if message.data.get("quote"):
        outgoing = with_quote_paper(outgoing, message, case)
    return with_survey_links(outgoing, message, case) if message.data.get("survey") else outgoing


def _history(message: Any) -> str:
    """The newest public messages before this one, quoted."""
    earlier = [
        m
        for m in newest_messages_of(message.conversation_id, limit=_HISTORY_SEARCHED)
        if m.id < message.id and m.visibility == "public" and m.delivery != "cancelled"
    ][-_HISTORY_SHOWN:]
    quoted = []
    for said in reversed(earlier):
        who = said.sender.get("name") or said.sender.get("value", "")
        lines = "\n".join(f"> {line}" for line in said.visible_text.splitlines())
        quoted.append(f"{said.created_at:%Y-%m-%d %H:%M} UTC, {who}:\n{lines}")
    return "\n\n".join(quoted)


def _parties(people: list[dict[str, Any]]) -> list[Party]:
    return [Party(person["value"], person.get("name", "")) for person in people]
