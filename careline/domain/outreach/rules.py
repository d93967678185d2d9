"""The link by which a reader says that they want no more such letters; nobody can make another one's."""

from __future__ import annotations

import base64
import binascii

from careline.kit.keys import KeyRing

_PURPOSE = "unsubscribe"
_LENGTH = 32
LONGEST_SUBJECT, LONGEST_TEXT, LONGEST_PURPOSE = 500, 100_000, 100


def unsubscribe_token(customer: int, purpose: str, *, ring: KeyRing) -> str:
    """Customer and purpose with a signature of 160 bits: good for ever, as a letter may be read years later."""
    said = f"{customer}:{purpose}".encode()
    return ring.sign(_PURPOSE, said, length=_LENGTH) + base64.urlsafe_b64encode(said).decode().rstrip("=")


def meant_by(token: str, *, ring: KeyRing) -> tuple[int, str] | None:
    """The customer and the purpose of a token of ours; None for any other word."""
    signature, words = token[:_LENGTH], token[_LENGTH:]
    try:
        said = base64.urlsafe_b64decode(words.encode("ascii") + b"=" * (-len(words) % 4))
        customer, _, purpose = said.decode().partition(":")
    except (UnicodeError, binascii.Error):
        return None
    if len(signature) != _LENGTH or not ring.is_signed(_PURPOSE, said, signature):
        return None
    return int(customer), purpose
