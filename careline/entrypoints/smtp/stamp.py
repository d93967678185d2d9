"""The header fields that a mail server puts before a mail it takes in (RFC 5321, 4.4)."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime

UNSAFE = re.compile(r"[^A-Za-z0-9.:_-]")


def stamp(
    *, sender: str, recipients: list[str], helo: str, peer: str, host: str, protocol: str, mail_id: str, at: datetime
) -> bytes:
    """Return-Path and Received. `protocol` is a word of RFC 3848 (ESMTP, ESMTPS, LMTP …).

    Nothing of the peer's gets through that could begin another field.
    """
    only = f"\r\n\tfor <{recipients[0]}>" if len(recipients) == 1 else ""
    return (
        f"Return-Path: <{sender}>\r\n"
        f"Received: from {_word(helo)} ([{_word(peer)}])\r\n"
        f"\tby {_word(host)} (Careline) with {protocol} id {mail_id}{only};\r\n"
        f"\t{format_datetime(at)}\r\n"
    ).encode("utf-8", "replace")


def _word(text: str) -> str:
    return UNSAFE.sub("", text)[:255] or "unknown"
