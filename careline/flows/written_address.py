"""An address as somebody wrote it down, in the form its kind is kept in."""

from __future__ import annotations

import re

from careline.domain.channels.email.mime.addresses import normalised
from careline.domain.company.queries import home_region
from careline.domain.customers.rules.addresses import PHONE_KINDS, Unreachable, other_address, phone_number

_KIND = re.compile(r"[a-z][a-z0-9_]{0,29}")
_NEVER = frozenset('<>,;:"()[]\\')
LONGEST_MAIL = 254


def kept_form(kind: str, words: str, *, region: str | None = None) -> str:
    """The value by which the address is found. `region`: where numbers without a country's code are called; None: where the company
    lies. Raises Unreachable with one sentence."""
    if not _KIND.fullmatch(kind):
        raise Unreachable("A kind of address is a small word, as email, phone or telegram.")
    if kind == "email":
        return _mail(words)
    if kind in PHONE_KINDS:
        return phone_number(words, region=home_region() if region is None else region)
    return other_address(words)


def number_called(words: str) -> str:
    """A telephone number that stands beside something, as it is kept; as it was written where it is none, and nothing is refused."""
    try:
        return kept_form("phone", words)
    except Unreachable:
        return words.strip()


def _mail(words: str) -> str:
    plain = words.strip()
    address = normalised(plain)
    local, _, domain = address.rpartition("@")
    is_clean = all(sign.isprintable() and not sign.isspace() and sign not in _NEVER for sign in plain)
    if (
        not is_clean
        or not local
        or "@" in local
        or "." not in domain.strip(".")
        or ".." in domain
        or len(address) > LONGEST_MAIL
    ):
        raise Unreachable("This is no mail address, as in carol@example.com.")
    return address
