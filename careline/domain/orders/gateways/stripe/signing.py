"""Signatures of Stripe's webhooks: header `t=SECONDS,v1=HEX[,v1=HEX]`, HMAC-SHA256 over "SECONDS.BODY" (docs.stripe.com/webhooks)."""

from __future__ import annotations

import hashlib
import hmac

TOLERANCE = 300
"""Seconds that the signed moment may lie from ours, either way."""


def is_signed(body: bytes, header: str, *, secret: str, now: int, tolerance: int = TOLERANCE) -> bool:
    """Whether one of its v1 signatures is ours and not too old. Other schemes prove nothing."""
    moment, signatures = None, []
    for part in header.split(","):
        name, _sign, value = part.strip().partition("=")
        if name == "t" and value.isascii() and value.isdecimal() and len(value) < 13:
            moment = int(value)
        elif name == "v1":
            signatures.append(value)
    if moment is None or not secret or abs(now - moment) > tolerance:
        return False
    expected = signature_of(body, secret=secret, moment=moment)
    return any(hmac.compare_digest(expected, one.encode("ascii", "replace").decode()) for one in signatures)


def signature_of(body: bytes, *, secret: str, moment: int) -> str:
    return hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


def header_of(body: bytes, *, secret: str, moment: int) -> str:
    return f"t={moment},v1={signature_of(body, secret=secret, moment=moment)}"
