"""The token of a page's forms: Django's own, masked as Django masks it, with one draw of randomness instead of sixty-four."""

from __future__ import annotations

import secrets

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS as SIGNS
from django.middleware.csrf import CSRF_SECRET_LENGTH

_PLACES = {sign: place for place, sign in enumerate(SIGNS)}
_EVEN = 256 - 256 % len(SIGNS)
"""Bytes from here on would make the first signs likelier than the others."""


def get_token(request: HttpRequest) -> str:
    """As `django.middleware.csrf.get_token`: a new secret where the browser has none, and a mask that is used once."""
    known = "CSRF_COOKIE" in request.META
    secret: str = request.META["CSRF_COOKIE"] if known else _letters()
    request.META["CSRF_COOKIE"], request.META["CSRF_COOKIE_NEEDS_UPDATE"] = secret, True
    mask, places, signs = _letters(), _PLACES, SIGNS
    masked = [signs[(places[one] + places[other]) % len(signs)] for one, other in zip(secret, mask, strict=True)]
    return mask + "".join(masked)


def _letters() -> str:
    found = ""
    while len(found) < CSRF_SECRET_LENGTH:
        found += "".join([SIGNS[byte % len(SIGNS)] for byte in secrets.token_bytes(40) if byte < _EVEN])
    return found[:CSRF_SECRET_LENGTH]
