"""Mail addresses in running text."""

from __future__ import annotations

import re

ADDRESS = re.compile(
    r"(?<![\w.!#$%&+/=?^~@-])"
    r"[\w#$&+/~-](?:[\w.!#$%&'*+/=?^`{|}~-]{0,63})@(?:\[[\d.]+\]|[\w](?:[\w.-]{0,250}[\w])?)"
)


def addresses_in(text: str) -> list[str]:
    """In reading order, each once whatever its case."""
    found: dict[str, str] = {}
    for match in ADDRESS.finditer(text):
        found.setdefault(match[0].lower(), match[0])
    return list(found.values())


def first_address(text: str) -> str:
    return next(iter(addresses_in(text)), "")
