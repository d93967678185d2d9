"""The link in a letter: its token is known here by its digest only."""

import hashlib
import secrets

TOKEN_BYTES = 16
"""128 bits."""


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
