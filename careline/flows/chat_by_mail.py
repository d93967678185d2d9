"""A visitor has left: what was answered goes to them by mail, and their answer to that mail comes into the same case.

One letter holds all that they have not seen. The transcript of a talk that has ended leaves by the same way.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.channels.adapter import ChannelRow, adapter_of
from careline.domain.channels.queries import channels
from careline.domain.chats import commands as chats
from careline.domain.chats.queries import due_by_mail, said_in, site_by_id, unseen_answers, visitor_by_id
from careline.domain.chats.rules.talks import is_gone
from careline.domain.conversations.commands import cases, deliveries, messages, participants
from careline.domain.conversations.commands.messages import NewAttachment, NewMessage
from careline.domain.conversations.queries.messages import attachments_of, reference_chain
from careline.domain.history.actor import SYSTEM
from careline.kit import db
from careline.kit.html import html_of

log = logging.getLogger(__name__)
MOST_SAID = 1000


def mail_due_chats(*, at: datetime) -> int:
    """Looks at every talk that is due; how many were."""
    due = due_by_mail(at)
    for thread in due:
        try:
            with transaction.atomic():
                _mail(thread, at=at)
        except Exception as error:
            if db.is_passing(error):
                raise
            log.exception("The answers of chat %s could not be mailed.", thread)
            chats.mail_at(thread, None)
    return len(due)


def _mail(key: int, *, at: datetime) -> None:
    thread = chats.locked_thread(key)
    if thread is None or thread.mail_due_at is None or thread.mail_due_at > at:
        return
    site = site_by_id(thread.channel_id)
    case = cases.locked_where_it_stands(thread.conversation_id) if thread.conversation_id is not None else None
    if site is None or case is None:
        chats.mail_at(key, None)
        return
    with translation.override(thread.language[:2] or "en"):
        if thread.state == "ended" and thread.transcript_to and thread.transcript_sent_at is None:
            _send_transcript(thread, case, site.name, at=at)
        unseen = unseen_answers(thread)
        mail = _mail_of(thread)
        if not unseen or not mail:
            chats.mail_at(key, None)
        elif not is_gone(seen_at=thread.seen_at, gone_minutes=site.gone_minutes, at=at):
            chats.mail_again(key, seen_at=thread.seen_at, gone_minutes=site.gone_minutes)
        else:
            _send_answers(thread, case, site.name, unseen, mail, at=at)


def _mail_of(thread: Any) -> str:
    """As the site has signed it, else as it was typed for this talk: another talk in the same browser may be another person's."""
    signed = thread.visitor_mail if thread.is_identified else ""
    return str(signed or thread.mail or thread.visitor_mail)


def _send_answers(thread: Any, case: Any, site: str, unseen: Sequence[Any], mail: str, *, at: datetime) -> None:
    files = tuple(
        NewAttachment(f.digest, f.name, f.media_type, f.size, f.is_inline, f.content_id)
        for row in unseen
        for f in attachments_of(row.id)
    )
    why = _(
        "You wrote to %(site)s in the chat and had left. Answer this mail, and your answer reaches us in the same place."
    )
    text = "\n\n".join([*(row.text.strip() for row in unseen), why % {"site": site}])
    sender = next((row.agent_name for row in reversed(unseen) if row.agent_name), site)
    if _sent(
        case,
        text,
        mail=mail,
        name=thread.visitor_name,
        sender=sender,
        files=files,
        copies=[row.id for row in unseen],
        at=at,
    ):
        participants.join(case.id, [_person(mail, thread.visitor_name)])
    chats.note_mailed(thread.id, message=unseen[-1].id)


def _send_transcript(thread: Any, case: Any, site: str, *, at: datetime) -> None:
    chats.note_transcript(thread.id, at=at)
    said = said_in(thread, visitor_by_id(thread.visitor_id), limit=MOST_SAID)
    if not any(
        row.author_kind == "agent" for row in said
    ):  # else anybody has us write what they like to whom they like
        return
    if not deliveries.count_auto_reply(thread.transcript_to, at=at):
        return
    lines = [_("This is what was said in your chat with %(site)s:") % {"site": site}]
    for row in said:
        who = row.agent_name or (_("You") if row.kind == "incoming" else site)
        lines.append(f"{row.created_at:%Y-%m-%d %H:%M} UTC · {who}\n{(row.visible_text or row.text).strip()}")
    _sent(case, "\n\n".join(lines), mail=thread.transcript_to, name="", sender=site, files=(), copies=[], at=at)


def _sent(
    case: Any,
    text: str,
    *,
    mail: str,
    name: str,
    sender: str,
    files: tuple[NewAttachment, ...],
    copies: list[int],
    at: datetime,
) -> bool:
    """Into the outbox; False where the house has no mailbox."""
    box = _mailbox(case.brand_id)
    if box is None:
        return False
    key, chain = messages.next_message_id(), reference_chain(case.id)
    subject = case.subject or f"Case {case.number}"
    letter = NewMessage(
        id=key, kind="reply", conversation=case.id, author_kind="system", author_id=0, channel_id=box.id,
        sender={"kind": "email", "value": box.address, "name": sender}, to=[{"kind": "email", "value": mail, "name": name}],
        subject=f"Re: {subject}", text=text, visible_text=text, html=html_of(text), signature=box.signature, attachments=files,
        external_id=adapter_of(box.kind).external_id(key, channel=box), references=chain, language=case.language,
        data={"copy_of_chat": copies},
    )  # fmt: skip
    messages.add(letter, number=case.number, customer=case.customer_id, happening="message.queued", by=SYSTEM, at=at)
    deliveries.queue(key, channel_id=box.id, state="queued", due_at=at)
    cases.note_internal(case, message=key, has_attachment=bool(files), at=at)
    return True


def _mailbox(brand: int) -> ChannelRow | None:
    boxes = [box for box in channels(kind="email") if box.address]
    return next((box for box in boxes if box.brand_id == brand), next(iter(boxes), None))


def _person(mail: str, name: str) -> dict[str, Any]:
    return {"kind": "email", "value": mail, "name": name, "role": "cc", "state": "active", "customer": None}
