"""Mails for these tests, from raw bytes to the typed value that classification is given."""

from __future__ import annotations

import email.policy
from email.header import decode_header
from email.parser import BytesHeaderParser
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
    message = BytesHeaderParser(policy=email.policy.compat32).parsebytes(raw)
    headers = [(name, _decoded(_in_utf8(value))) for name, value in message.raw_items()]
    mail = Mail(raw=raw, envelope_from=envelope_from, headers=headers)
    name, address = parseaddr(mail.header("From"))
    mail.sender = Party(address, name)
    mail.subject, mail.message_id = mail.header("Subject"), mail.header("Message-ID")
    return mail


def _in_utf8(value: object) -> str:
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _decoded(value: str) -> str:
    try:
        pieces = decode_header(" ".join(value.split()))
        return "".join(
            piece.decode(charset or "utf-8", "replace") if isinstance(piece, bytes) else piece
            for piece, charset in pieces
        )
    except (ValueError, LookupError):
        return value
