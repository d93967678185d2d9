"""What every channel kind makes of something that came in, before anything is decided about it.

Pure values: no tables, no clock. An adapter's `parse` returns an `Inbound`; `flows/receive.py` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class InboundKind(StrEnum):
    """What a raw message turned out to be. Only `message` and `auto_reply` may open a case."""

    MESSAGE = "message"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    FEEDBACK_REPORT = "feedback_report"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named on a message. `value` is normalised by the channel (mail: local part kept, domain lower, IDNA)."""

    value: str
    name: str = ""
    kind: str = "email"


@dataclass(slots=True)
class InboundFile:
    """One attachment or inline image, bytes as the sender meant them (transfer encoding undone)."""

    name: str
    media_type: str
    content: bytes
    inline: bool = False
    content_id: str = ""


class BounceClass(StrEnum):
    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class BouncedRecipient:
    """One address that did not get our mail. `status` is an RFC 3463 code or empty; `reason` is the server's own words."""

    address: str
    bounce_class: BounceClass
    status: str = ""
    reason: str = ""


@dataclass(slots=True)
class Bounce:
    recipients: list[BouncedRecipient] = field(default_factory=list)
    original_message_id: str = ""
    reporting_server: str = ""


@dataclass(frozen=True, slots=True)
class Authenticity:
    """SPF, DKIM and DMARC as RFC 8601 words (pass, fail, none, …), and whether the From may be believed.

    `source` says who found it: `server` (the mailbox's named server's Authentication-Results) or `door` (DKIM checked here).
    """

    spf: str = "none"
    dkim: str = "none"
    dmarc: str = "none"
    verified: bool = False
    source: str = ""


@dataclass(slots=True)
class Inbound:
    """One thing that came in, understood. `references` is oldest first and never holds `external_id`."""

    kind: InboundKind = InboundKind.MESSAGE
    sender: Party = field(default_factory=lambda: Party(""))
    reply_to: list[Party] = field(default_factory=list)
    to: list[Party] = field(default_factory=list)
    cc: list[Party] = field(default_factory=list)
    envelope_from: str = ""
    envelope_to: list[str] = field(default_factory=list)
    subject: str = ""
    text: str = ""
    html: str = ""
    visible_text: str = ""
    quoted: str = ""
    signature: str = ""
    sent_at: datetime | None = None
    external_id: str = ""
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    attachments: list[InboundFile] = field(default_factory=list)
    authenticity: Authenticity = field(default_factory=Authenticity)
    auto_reply: str = ""
    mailing_list: str = ""
    bounce: Bounce | None = None
    forwarded: Inbound | None = None
    fingerprint: str = ""
    defects: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
