"""A mail that somebody passed on: who wrote the original, when, about what, and its words.

Only finds; whether the finding is used (for mails of agents only) is decided by the flow.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from careline.domain.channels.email.mail import Mail, Part
from careline.domain.channels.email.mime.addresses import read_addresses
from careline.domain.channels.email.mime.dates import read_date as date_of
from careline.domain.channels.email.mime.forward_words import FORWARD_PREFIX, KIND_OF_LABEL, LABEL_LINE, MARKER
from careline.domain.channels.email.steps_body import (
    mark_inline,
    name_attachments,
    read_body,
    read_leaves,
    sanitise_html,
)
from careline.domain.channels.email.steps_headers import (
    read_date,
    read_headers,
    read_recipients,
    read_sender,
    read_subject,
    read_thread,
)
from careline.domain.channels.inbound import InboundKind

READING: list[Callable[[Mail], None]] = [
    read_headers,
    read_sender,
    read_recipients,
    read_subject,
    read_date,
    read_thread,
    read_leaves,
    read_body,
    mark_inline,
    name_attachments,
    sanitise_html,
]
LINES_LOOKED_AT = 400
LONGEST_BLOCK = 30

_QUOTE = re.compile(r"^(?:> ?)+")
_MAILTO = re.compile(r"\[mailto:([^\]\s]+)\]|<mailto:([^>\s]+)>", re.IGNORECASE)


def read_forwarded(mail: Mail) -> None:
    if mail.kind is not InboundKind.MESSAGE:
        return
    attached = _attached_mail(mail)
    mail.forwarded = _of_attachment(mail, attached) if attached else _of_text(mail)


def writer_in(subject: str, text: str) -> tuple[str, str] | None:
    """(address, name) of who wrote the mail that was forwarded in this text."""
    inner = _of_text(Mail(b"", subject=subject, text=text))
    return (inner.sender.value, inner.sender.name) if inner is not None and inner.sender.value else None


def _attached_mail(mail: Mail) -> Part | None:
    """The one mail in the attachments; several are no forwarding of one customer's mail."""
    attached = [part for part in mail.attachments if part.media_type in ("message/rfc822", "message/global")]
    return attached[0] if len(attached) == 1 else None


def _of_attachment(mail: Mail, part: Part) -> Mail | None:
    inner = Mail(part.content)
    for step in READING:
        step(inner)
    inner.visible_text = inner.text
    return inner if inner.sender.value and inner.sender.value != mail.sender.value else None


def _of_text(mail: Mail) -> Mail | None:
    is_named_so = bool(FORWARD_PREFIX.match(mail.subject))
    lines = mail.text.split("\n", LINES_LOOKED_AT)[:LINES_LOOKED_AT]
    is_marked = False
    for number, line in enumerate(lines):
        bare = _QUOTE.sub("", line).strip()
        if not bare:
            continue
        if MARKER.search(bare):
            is_marked = True
        elif (is_marked or is_named_so) and _label(bare):
            found, end = _block(lines, number)
            if inner := _inner_mail(found):
                inner.text = _rest(mail.text, lines, end, is_quoted=line.startswith(">"))
                inner.visible_text = inner.text
                inner.attachments = mail.attachments
                return inner
    return None


def _block(lines: list[str], start: int) -> tuple[dict[str, str], int]:
    """({kind: value}, the line behind it): labelled lines, their continuations, single blank lines between."""
    found: dict[str, str] = {}
    kind = ""
    for number in range(start, min(len(lines), start + LONGEST_BLOCK)):
        bare = _QUOTE.sub("", lines[number]).strip()
        labelled = _label(bare)
        if labelled and labelled[0] not in found:
            kind, found[kind] = labelled[0], labelled[1]
        elif bare and not labelled and kind and not _is_blank(lines, number - 1):
            found[kind] += " " + bare
        elif bare or not _goes_on(lines, number + 1, found):
            return found, number
    return found, min(len(lines), start + LONGEST_BLOCK)


def _goes_on(lines: list[str], number: int, found: dict[str, str]) -> bool:
    labelled = _label(_QUOTE.sub("", lines[number]).strip()) if number < len(lines) else None
    return bool(labelled and labelled[0] not in found)


def _is_blank(lines: list[str], number: int) -> bool:
    return not _QUOTE.sub("", lines[number]).strip()


def _label(line: str) -> tuple[str, str] | None:
    found = LABEL_LINE.match(line)
    kind = KIND_OF_LABEL.get(found.group(1).strip().lower()) if found else None
    return (kind, found.group(2).strip(" *\t")) if found and kind else None


def _inner_mail(found: dict[str, str]) -> Mail | None:
    if "from" not in found or len(found) < 2:
        return None
    written = _MAILTO.sub(lambda each: f"<{each.group(1) or each.group(2)}>", found["from"])
    senders = read_addresses(written)
    if not senders:
        return None
    inner = Mail(b"", sender=senders[0], subject=found.get("subject", ""))
    inner.to = read_addresses(_MAILTO.sub(r"<\1\2>", found.get("to", "")))
    inner.date, _ = date_of(found.get("date", ""))
    return inner


def _rest(text: str, lines: list[str], end: int, *, is_quoted: bool) -> str:
    """The words behind the block; where the whole original is quoted, with one level of marks taken away."""
    behind = text.split("\n")[end:] if len(lines) >= LINES_LOOKED_AT else lines[end:]
    if is_quoted:
        behind = [re.sub(r"^> ?", "", line) for line in behind]
    return "\n".join(behind).strip("\n")
