"""Surveys that are due leave: asked of whom, decided now; each in a transaction of its own, the letter by the outbox."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.channels.adapter import ChannelRow, adapter_of
from careline.domain.channels.queries import channels
from careline.domain.company.queries import languages
from careline.domain.conversations.commands import cases, deliveries, messages
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.conversations.queries.messages import reference_chain
from careline.domain.history.actor import SYSTEM
from careline.domain.surveys.commands import invitations
from careline.domain.surveys.queries.invitations import facts_for
from careline.domain.surveys.rules.asking import against_asking
from careline.domain.surveys.rules.content import content_from
from careline.domain.surveys.rules.links import token_of
from careline.flows.reply import recipients_of
from careline.flows.survey_letter import survey_words
from careline.kit import db
from careline.kit.html import html_of
from careline.kit.keys import ring

log = logging.getLogger(__name__)
AT_ONCE = 50
BROKEN, NO_ADDRESS, SWITCHED_OFF = "broken", "no_address", "switched_off"


def send_due_surveys(*, at: datetime) -> int:
    """How many were due."""
    for count in range(AT_ONCE):
        with transaction.atomic():
            invitation = invitations.take_due(at=at)
            if invitation is None:
                return count
            try:
                with db.savepoint():
                    _ask(invitation, at=at)
            except Exception as error:
                if db.is_passing(error):
                    raise
                log.exception("Survey invitation %s could not be sent.", invitation.id)
                invitations.leave_out(invitation, reason=BROKEN)
    return AT_ONCE


def _ask(invitation: Any, *, at: datetime) -> None:
    facts = facts_for(invitation)
    if facts is None or not invitation.is_on:
        invitations.leave_out(invitation, reason=SWITCHED_OFF)
        return
    reason = against_asking(facts, gap_days=invitation.gap_days, at=at)
    if reason:
        invitations.leave_out(invitation, reason=reason)
        return
    case = cases.locked(invitation.conversation_id)
    people = recipients_of(case, everybody=False).to
    box = _mailbox(case)
    if box is None or not people or "@" not in people[0].value:
        invitations.leave_out(invitation, reason=NO_ADDRESS)
        return
    if not deliveries.count_auto_reply(people[0].value, at=at):
        invitations.leave_out(invitation, reason="asked_lately")
        return
    key = _written(case, invitation, people[0], box, at=at)
    token = token_of(invitation.id, ring=ring())
    invitations.note_sent(invitation, token=token, message=key, number=case.number, at=at)


def _written(case: Any, invitation: Any, person: Any, box: ChannelRow, *, at: datetime) -> int:
    content, known = content_from(invitation.content), languages()
    letter = survey_words(content, case, language=case.language or known[0], otherwise=known)
    key, chain, adapter = messages.next_message_id(), reference_chain(case.id), adapter_of(box.kind)
    message = NewMessage(
        id=key, kind="reply", conversation=case.id, author_kind="system", author_id=0, channel_id=box.id,
        sender={"kind": adapter.address_kind, "value": box.address, "name": box.name},
        to=[{"kind": adapter.address_kind, "value": person.value, "name": person.name}], subject=letter.subject, text=letter.text,
        visible_text=letter.text, html=html_of(letter.text), auto_reply="survey", external_id=adapter.external_id(key, channel=box),
        references=chain, in_reply_to=chain[-1] if chain else "", language=case.language,
        data={"survey": invitation.id},
    )  # fmt: skip
    messages.add(message, number=case.number, customer=case.customer_id, happening="message.queued", by=SYSTEM, at=at)
    deliveries.queue(key, channel_id=box.id, state="queued", due_at=at, is_automatic=True)
    cases.note_internal(case, message=key, has_attachment=False, at=at)
    return key


def _mailbox(case: Any) -> ChannelRow | None:
    """The case's own where it is one, else one of its brand."""
    boxes = [box for box in channels() if box.address and adapter_of(box.kind).address_kind == "email"]
    own = next((box for box in boxes if box.id == case.channel_id and box.is_active), None)
    return own or next((box for box in boxes if box.brand_id == case.brand_id), next(iter(boxes), None))
