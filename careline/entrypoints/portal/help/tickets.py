"""What a page gives its reader, so that they say once whether it helped: no cookie, no address, nothing that knows them again.

A ticket is `article.moment.random.signature`; the signature is ours, so nobody makes a thousand of them without asking for a thousand pages.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from careline.kit.keys import ring

GOOD_FOR = timedelta(days=7)
_PURPOSE = "help opinions"


def new_ticket(article: int, *, at: datetime) -> str:
    words = f"{article}.{int(at.timestamp())}.{secrets.token_urlsafe(16)}"
    return f"{words}.{_signed(words)}"


def is_good(ticket: str, *, article: int, at: datetime) -> bool:
    """Whether we gave it for this article, within the last seven days."""
    words, _dot, signature = ticket.rpartition(".")
    parts = words.split(".")
    if len(parts) != 3 or not hmac.compare_digest(_signed(words).encode(), signature.encode("utf-8", "replace")):
        return False
    given = datetime.fromtimestamp(int(parts[1]), at.tzinfo)
    return int(parts[0]) == article and at - GOOD_FOR <= given <= at + timedelta(minutes=5)


def _signed(words: str) -> str:
    return hmac.new(ring().derive(_PURPOSE), words.encode("utf-8", "replace"), sha256).hexdigest()[:32]
