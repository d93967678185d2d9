"""Who is named in a note: `@Ben`, `@Ben Okafor` or `@ben@northwind.example`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SIGN = re.compile(r"(?<![\w@.])@(?=\S)")


@dataclass(frozen=True, slots=True)
class Colleague:
    id: int
    name: str
    email: str


def named_in(text: str, colleagues: Iterable[Colleague]) -> tuple[int, ...]:
    """The ids of those who are named, in the order of the text. A first name counts where only one bears it."""
    known = list(colleagues)
    words: dict[str, int | None] = {}
    for one in known:
        first = one.name.split()[0].casefold() if one.name.split() else ""
        words[first] = None if first in words else one.id
    words |= {one.name.casefold(): one.id for one in known} | {one.email.casefold(): one.id for one in known}
    longest_first = sorted((word for word in words if word), key=len, reverse=True)
    found = []
    for sign in _SIGN.finditer(text):
        rest = text[sign.end() : sign.end() + 120].casefold()
        hit = next((word for word in longest_first if rest.startswith(word) and not _goes_on(rest, len(word))), "")
        if hit and words[hit] is not None:
            found.append(words[hit])
    return tuple(dict.fromkeys(key for key in found if key is not None))


def _goes_on(rest: str, end: int) -> bool:
    """@Benedict names no Ben."""
    return rest[end : end + 1].isalnum() or (rest[end : end + 1] == "@")
