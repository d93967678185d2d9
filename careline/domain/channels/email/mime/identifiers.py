"""Message-IDs (RFC 5322 section 3.6.4), always with their angle brackets, whatever was written."""

from __future__ import annotations

import re
from hashlib import sha256

LONGEST = 998
MOST_REFERENCES = 100

_BRACKETED = re.compile(r"<\s*([^<>]+?)\s*>")
_BETWEEN = re.compile(r"[\s<>,;\"()]+")
_BLANKS = re.compile(r"\s+")


def read_message_id(value: str) -> str:
    """The first id in a header, as `<…>`, or empty. Absurdly long ones keep their beginning and a digest."""
    ids = read_message_ids(value)
    return ids[0] if ids else ""


def read_message_ids(value: str) -> list[str]:
    """Every id, in order, each once."""
    found = _BRACKETED.findall(value)
    if not found:
        words = [word for word in _BETWEEN.split(value) if word]
        found = [word for word in words if "@" in word] or words[:1]
    return list(dict.fromkeys(capped for each in found if (capped := _capped(_BLANKS.sub("", each).strip("<>")))))


def read_references(value: str, *, own: str) -> list[str]:
    """Oldest first, without the mail's own id; of absurdly many the newest hundred."""
    return [each for each in read_message_ids(value) if each != own][-MOST_REFERENCES:]


def _capped(bare: str) -> str:
    if not bare:
        return ""
    if len(bare) + 2 <= LONGEST:
        return f"<{bare}>"
    digest = sha256(bare.encode("utf-8", "replace")).hexdigest()
    return f"<{bare[: LONGEST - 2 - 1 - len(digest)]}.{digest}>"
