"""Small signs of a visitor: typing, reading, pages, the end, the rating, the transcript. Most of them are kept nowhere."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from careline.domain.chats import commands as chats
from careline.domain.chats import whereabouts
from careline.domain.chats.calling import tell
from careline.domain.chats.rules.sites import is_mail
from careline.domain.history.actor import Actor, ActorKind
from careline.entrypoints.api.widget import shapes
from careline.entrypoints.api.widget.door import Call, refused
from careline.entrypoints.api.widget.talks import note_page, thread_for, whole_number
from careline.flows.end_chat import end_chat

LONGEST_COMMENT = 2000


def typing(call: Call) -> Any:
    given = call.body(shapes.Typing)
    assert call.site is not None
    preview = given.text.replace("\0", "") if call.site.settings.get("has_preview") else ""
    if whereabouts.note_typing(call.visitor.id, preview=preview, is_over=given.is_over):
        tell(call.visitor.id, "stopped" if given.is_over else "types")


def read(call: Call) -> Any:
    message = whole_number(call.body(shapes.Read).message)
    found = thread_for(call)
    if message is None:
        raise refused(422, "message is the id of a message.", "invalid")
    if message > found.seen_id:
        chats.note_read(found.id, message=message, at=call.at)
        tell(call.visitor.id, "read")


def page(call: Call) -> Any:
    note_page(call, call.visitor.id, call.body(shapes.Page))
    tell(call.visitor.id, "moved")


def end(call: Call) -> Any:
    end_chat(thread_for(call).id, by=_by(call), at=call.at)


def rate(call: Call) -> Any:
    given = call.body(shapes.Rating)
    if not 1 <= given.score <= 5:
        raise refused(422, _("A rating goes from 1 to 5."), "invalid")
    comment = given.comment.replace("\0", "").strip()
    if len(comment) > LONGEST_COMMENT:
        raise refused(422, _("This is too long."), "too_long")
    chats.rate(thread_for(call), score=given.score, comment=comment, by=_by(call), at=call.at)


def transcript(call: Call) -> Any:
    """By mail, once the talk has ended; once for each talk."""
    mail = call.body(shapes.Transcript).mail.strip()
    if not is_mail(mail):
        raise refused(422, _("This is not a mail address."), "invalid")
    found = thread_for(call)
    if found.transcript_sent_at is not None:
        raise refused(409, _("The transcript was sent already."), "sent_already")
    chats.want_transcript(found.id, mail=mail)
    if found.state == "ended":
        chats.mail_at(found.id, call.at)


def _by(call: Call) -> Actor:
    return Actor(ActorKind.CUSTOMER, call.visitor.customer_id or 0, via="chat")
