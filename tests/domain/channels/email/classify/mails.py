"""Mails for these tests, from raw bytes to the typed value that classification is given."""

from __future__ import annotations

import email
import email.policy
from email.header import decode_header
from email.utils import parseaddr
from pathlib import Path

from careline.domain.channels.email.mail import Mail
from careline.domain.channels.inbound import Party

SWEPT = next(
    (found for above in Path(__file__).parents if (found := above.parent / "shared" / "data" / "mail").is_dir()), None
)


def mail_of(raw: bytes | str, *, envelope_from: str = "") -> Mail:
    """The headers alone are read: classification takes bodies from the raw bytes itself."""
    raw = raw if isinstance(raw, bytes) else raw.encode()
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    headers = [(name, _decoded(str(value))) for name, value in message.items()]
    mail = Mail(raw=raw, envelope_from=envelope_from, headers=headers)
    name, address = parseaddr(mail.header("From"))
    mail.sender = Party(address, name)
    mail.subject, mail.message_id = mail.header("Subject"), mail.header("Message-ID")
    return mail


def _decoded(value: str) -> str:
    try:
        pieces = decode_header(" ".join(value.split()))
        return "".join(
            piece.decode(charset or "utf-8", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in pieces
        )
    except (ValueError, LookupError):
        return value
