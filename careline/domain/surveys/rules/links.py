"""The link in a letter: made when the letter leaves, known here by its digest only, so that no screen of ours can show it."""

import hashlib

from careline.kit.keys import KeyRing

_PURPOSE = "survey link"
_LENGTH = 32


def token_of(invitation: int, *, ring: KeyRing) -> str:
    """160 bits that nobody makes without the install's key."""
    return ring.sign(_PURPOSE, str(invitation).encode(), length=_LENGTH)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
