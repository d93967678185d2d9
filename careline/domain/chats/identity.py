"""Who a site says its visitor is: a JSON Web Token (RFC 7519), HS256, signed with the site's own key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt

LONGEST = 4096
LONGEST_LIFE = timedelta(hours=24)


class Forged(Exception):
    """The signed word is not to be believed; the text says why."""


@dataclass(frozen=True, slots=True)
class Identity:
    """`subject` is the site's own key of the person. `digest` tells one signed word from another."""

    subject: str
    name: str
    mail: str
    digest: str
    expires_at: datetime


def identity_in(words: str, *, key: str, audience: str, at: datetime) -> Identity:
    """Raises Forged. `audience` is the token of the site; `exp` has to lie ahead, by a day at most."""
    if not key:
        raise Forged("This site has no identity key.")
    if len(words) > LONGEST:
        raise Forged("The identity is too long.")
    try:
        said = jwt.decode(
            words, key, algorithms=["HS256"], audience=audience,
            options={"require": ["exp", "aud", "sub"], "verify_exp": False, "verify_nbf": False, "verify_iat": False},
        )  # fmt: skip
        expires_at = datetime.fromtimestamp(int(said["exp"]), UTC)
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, OSError):
        raise Forged("The identity is not signed with this site's key, or not meant for it.") from None
    if expires_at <= at:
        raise Forged("The identity has run out: the page has to ask its server for a new one.")
    if expires_at > at + LONGEST_LIFE:
        raise Forged("An identity may live for a day at most.")
    subject, name, mail = (str(said.get(part) or "").strip()[:254] for part in ("sub", "name", "email"))
    if not subject:
        raise Forged("The identity names nobody.")
    return Identity(subject, name, mail, hashlib.sha256(words.encode()).hexdigest(), expires_at)
