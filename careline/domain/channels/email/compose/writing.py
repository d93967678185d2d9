"""A letter as RFC 5322 wants it: header fields in the order people expect, then the MIME body."""

from __future__ import annotations

import re
from email.utils import format_datetime

from careline.domain.channels.email.compose.addresses import mailbox_list, message_id, references
from careline.domain.channels.email.compose.bodies import body_of
from careline.domain.channels.email.compose.letter import CannotCompose, Letter
from careline.domain.channels.email.compose.words import folded, text_of
from careline.domain.channels.email.own import LOOP_HEADER

_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}\Z")
_OURS = {
    "from", "sender", "to", "cc", "bcc", "reply-to", "subject", "date", "message-id", "in-reply-to", "references",
    "mime-version", "content-type", "content-transfer-encoding", "content-disposition", "content-id", "auto-submitted",
    "return-path", "received", LOOP_HEADER.lower(),
}  # fmt: skip


def compose(letter: Letter) -> bytes:
    """The mail with CRLF line ends, every line of it below 998 octets. Raises CannotCompose for what no mail can hold."""
    part_fields, content = body_of(letter)
    lines = [*_people(letter), *_names(letter), *_marks(letter), *_extra(letter), "MIME-Version: 1.0", *part_fields]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii") + b"\r\n" + content


def _people(letter: Letter) -> list[str]:
    if letter.date.tzinfo is None:
        raise CannotCompose("The date of a letter needs its time zone.")
    lines = [f"Date: {format_datetime(letter.date)}", f"From: {mailbox_list([letter.from_])}"]
    lines.append("To: " + (mailbox_list(letter.to) or "undisclosed-recipients:;"))
    if letter.cc:
        lines.append(f"Cc: {mailbox_list(letter.cc)}")
    if letter.reply_to:
        lines.append(f"Reply-To: {mailbox_list(letter.reply_to)}")
    return [*lines, f"Subject: {text_of(letter.subject, after=9)}"]


def _names(letter: Letter) -> list[str]:
    own, parent = message_id(letter.message_id), message_id(letter.in_reply_to)
    if not own:
        raise CannotCompose("A letter needs a Message-ID of its own, as <name@domain>.")
    before = references(letter.references, parent=parent)
    lines = [f"Message-ID: {own}"]
    if parent:
        lines.append(f"In-Reply-To: {parent}")
    if before:
        lines.append(f"References: {folded(before, after=12)}")
    return [*lines, f"{LOOP_HEADER}: {own}"]


def _marks(letter: Letter) -> list[str]:
    if not letter.auto_submitted:
        return []
    if letter.auto_submitted not in {"auto-replied", "auto-generated", "auto-notified"}:
        raise CannotCompose("auto_submitted is one of auto-replied, auto-generated, auto-notified.")
    return [f"Auto-Submitted: {letter.auto_submitted}", "X-Auto-Response-Suppress: All"]


def _extra(letter: Letter) -> list[str]:
    for name, _ in letter.headers:
        if not _FIELD_NAME.match(name) or name.lower() in _OURS:
            raise CannotCompose(f"“{text_of(name[:60], after=0)}” cannot be added to a mail as a header of its own.")
    return [f"{name}: {text_of(value, after=len(name) + 2)}" for name, value in letter.headers]
