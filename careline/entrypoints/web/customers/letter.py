"""A mail as a customer's own mail program would write it, for the demo."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from careline.domain.conversations.queries.messages import message_by_id
from careline.domain.desk.queries.outbox import outbox_message


@dataclass(frozen=True, slots=True)
class WrittenFile:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CustomerLetter:
    """`answers` is the message of ours that it answers, if it does."""

    name: str
    address: str
    to: str
    subject: str
    text: str
    answers: int | None = None
    files: tuple[WrittenFile, ...] = ()


def raw_letter(letter: CustomerLetter, *, at: datetime) -> tuple[bytes, str]:
    """The raw mail, and whom its envelope names."""
    mail = EmailMessage(policy=SMTP)
    mail["Date"] = format_datetime(at)
    mail["From"] = Address(_line(letter.name), addr_spec=letter.address)
    subject, to, text = letter.subject, letter.to, letter.text
    answered = message_by_id(letter.answers) if letter.answers and outbox_message(letter.answers) else None
    if answered is not None:
        to = answered.sender.get("value") or to
        subject = subject or (
            answered.subject if answered.subject.lower().startswith("re:") else f"Re: {answered.subject}"
        )
        mail["In-Reply-To"] = answered.external_id
        mail["References"] = " ".join([*answered.references[-8:], answered.external_id])
        quoted = "\n".join(f"> {line}" for line in answered.text.splitlines())
        text = (
            f"{text}\n\nOn {answered.created_at:%d %b %Y, %H:%M}, {answered.sender.get('name') or to} wrote:\n{quoted}"
        )
    mail["To"] = to
    mail["Subject"] = _line(subject)
    mail["Message-ID"] = make_msgid(domain=letter.address.rpartition("@")[2])
    mail.set_content(text.replace("\r\n", "\n"))
    for file in letter.files:
        guessed = (file.media_type or mimetypes.guess_type(file.name)[0] or "").partition("/")
        main, sub = (guessed[0], guessed[2]) if guessed[2] else ("application", "octet-stream")
        mail.add_attachment(file.content, maintype=main, subtype=sub, filename=_line(file.name))
    return mail.as_bytes(), to


def _line(words: str) -> str:
    return " ".join(words.split())
