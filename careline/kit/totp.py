"""One-time codes by the clock: RFC 6238 with SHA-1, six digits, thirty seconds, as every authenticator app makes them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

DIGITS = 6
PERIOD_SECONDS = 30
SKEW_STEPS = 1
"""A phone's clock may be half a minute off either way."""


def new_secret() -> bytes:
    """160 bits, as RFC 4226 section 4 recommends."""
    return secrets.token_bytes(20)


def code_at(secret: bytes, step: int, *, digits: int = DIGITS) -> str:
    """RFC 4226 section 5.3: the dynamic truncation of an HMAC over the counter."""
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_at(moment: datetime) -> int:
    return int(moment.timestamp()) // PERIOD_SECONDS


def matching_step(secret: bytes, code: str, *, at: datetime, after: int) -> int | None:
    """The step whose code this is, near the moment and later than `after` (a code is good once); None for none."""
    now = step_at(at)
    found = None
    for step in range(now - SKEW_STEPS, now + SKEW_STEPS + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode()) and step > after:
            found = step
    return found


def spelled(secret: bytes) -> str:
    """As one types it into an app: base32 without padding."""
    return base64.b32encode(secret).decode().rstrip("=")


def app_address(secret: bytes, *, account: str, issuer: str) -> str:
    """What the picture says that an app photographs (the key URI format)."""
    label = quote(f"{issuer}:{account}")
    asked = urlencode({"secret": spelled(secret), "issuer": issuer, "digits": DIGITS, "period": PERIOD_SECONDS})
    return f"otpauth://totp/{label}?{asked}"
