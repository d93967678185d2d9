"""Signatures as Standard Webhooks say (standardwebhooks.com, version 1): HMAC-SHA256 over id, timestamp and body."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32


def secret_of(raw: bytes) -> str:
    """The words of a secret, as their program is given it."""
    return PREFIX + base64.b64encode(raw).decode()


def headers_of(*, secrets: Sequence[str], key: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of one attempt; with several secrets one signature for each, while an old one is still good."""
    return {
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(
            signature_of(secret, key=key, timestamp=timestamp, body=body) for secret in secrets
        ),
    }


def signature_of(secret: str, *, key: str, timestamp: int, body: bytes) -> str:
    signed = f"{key}.{timestamp}.".encode() + body
    digest = hmac.new(base64.b64decode(secret.removeprefix(PREFIX)), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
