"""What the transport knew of a mail, as it lies beside the raw bytes in the spool. Every door writes this one form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Literal

Door = Literal["deliver", "lmtp", "smtp", "imap"]

LONGEST_ADDRESS = 320
UNPRINTABLE = re.compile("[\\x00-\\x1f\\x7f\\ud800-\\udfff]")


class BadAddress(ValueError):
    """Not something mail could be addressed to. The text is one sentence fit for the caller."""


def envelope_of(
    *,
    to: Iterable[str],
    sender: str,
    door: Door,
    received_at: datetime,
    channel: str | None = None,
    peer: str = "",
    extra: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The JSON object of a spooled mail. `sender` is empty for a bounce; `channel` the mailbox it came from."""
    return {
        "to": list(to),
        "from": sender,
        "door": door,
        "channel": channel,
        "received_at": received_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "peer": peer,
        "extra": extra or {},
    }


def recipient_address(text: str) -> str:
    """An RFC 5321 mailbox (RFC 6531 where it is not ASCII) as written, without angle brackets. Raises BadAddress."""
    address = bare_address(text)
    local, at, domain = address.rpartition("@")
    if not (at and local and domain) or any(space in domain for space in " \t"):
        raise BadAddress(f"{address!r} is not a mail address; it should look like support@northwind.example.")
    return address


def bare_address(text: str) -> str:
    """As `recipient_address`, but also the empty address that bounces are sent from. Raises BadAddress."""
    address = text.strip(" \t")
    if address.startswith("<") and address.endswith(">"):
        address = address[1:-1]
    if UNPRINTABLE.search(address):
        raise BadAddress(f"The address {address!r} holds a character that no mail address may hold.")
    if len(address) > LONGEST_ADDRESS:
        raise BadAddress(f"The address {address[:40]!r}… is longer than {LONGEST_ADDRESS} characters.")
    return address
