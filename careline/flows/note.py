"""A note among ourselves: never seen by the customer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases, mentions, messages, undoing
from careline.domain.conversations.commands.messages import NewAttachment, NewMessage
from careline.domain.conversations.errors import EmptyMessage
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.work import mentionable
from careline.domain.conversations.rules.mentions import Colleague, named_in
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person
from careline.flows.uploaded import in_text
from careline.kit.html import formatted


def note(
    agent: Person,
    number: int,
    *,
    text: str,
    html: str = "",
    attachments: tuple[NewAttachment, ...] = (),
    by: Actor,
    at: datetime,
) -> int:
    """Writes a note; its id. Whoever is named in it sees the case from then on. Raises NotFound, Forbidden, EmptyMessage.

    `html` is the same with formatting, where there is some.
    """
    if not text.strip() and not attachments:
        raise EmptyMessage("The note is empty.")
    with transaction.atomic():
        case = cases.locked(conversation_for(agent, number, verb="conversation:note").id)
        message = NewMessage(
            kind="note", conversation=case.id, author_kind=by.kind.value, author_id=by.id, form="note", visibility="staff",
            sender={"value": agent.email, "name": agent.name}, text=text, visible_text=text, html=formatted(html),
            attachments=in_text(attachments, html), language=case.language, data={"rich": True} if html else {},
        )  # fmt: skip
        key = messages.add(message, number=case.number, customer=case.customer_id, happening="note.added", by=by, at=at)
        cases.note_internal(case, message=key, has_attachment=bool(attachments), at=at)
        if "@" in text:
            colleagues = [Colleague(row.id, row.name, row.email) for row in mentionable(case) if row.id != agent.id]
            mentions.mention(case, message=key, agents=named_in(text, colleagues), by=by, at=at)
        undoing.keep(case, agent=agent.id, at=at, note=key)
    return key
