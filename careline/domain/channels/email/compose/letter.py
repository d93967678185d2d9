"""What is to be sent, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from careline.domain.channels.inbound import Party


class CannotCompose(ValueError):
    """Something in the letter can never be written in a mail; the message is one sentence with the mend."""


@dataclass(frozen=True, slots=True)
class LetterFile:
    """`content_id` without angle brackets: what `cid:` in the HTML points at. Empty for an attachment."""

    name: str
    media_type: str
    content: bytes
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Earlier words put below ours. `attribution` is the line above them, in the customer's language."""

    attribution: str
    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """`bcc` is in `recipients` and never in the mail. `date` knows its zone. `references` are oldest first.

    `auto_submitted` is empty for a person's mail, else RFC 3834's word: auto-replied, auto-generated.
    `inline` counts only beside `html`; without it those files are attachments.
    """

    from_: Party
    message_id: str
    date: datetime
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    bcc: tuple[Party, ...] = ()
    reply_to: tuple[Party, ...] = ()
    subject: str = ""
    text: str = ""
    html: str = ""
    inline: tuple[LetterFile, ...] = ()
    attachments: tuple[LetterFile, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    auto_submitted: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    quotes: tuple[Quote, ...] = field(default_factory=tuple)

    @property
    def recipients(self) -> list[str]:
        """Every address the envelope needs, each once."""
        found: dict[str, str] = {}
        for party in (*self.to, *self.cc, *self.bcc):
            found.setdefault(party.value.lower(), party.value)
        return list(found.values())
