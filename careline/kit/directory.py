"""Addresses found by their first word and how many parts they have, instead of one after the other.

Django asks each pattern in turn; with some eight hundred of them that was a third of a short answer's time. The patterns and their order
are those of Django still: those that can't match what is asked, for they begin with another word or have more or fewer parts, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.exceptions import Resolver404
from django.urls.resolvers import RegexPattern, RoutePattern

_GROUP = re.compile(r"\(\?P<\w+>((?:[^()]|\(\?:[^()]*\))*)\)")
_KEY = "\0"
"""Stands for what differs from address to address."""
_PLAIN = re.compile(rf"(?:[\w/{_KEY}-]|\\\.)*")


class Shape(NamedTuple):
    """What every address that a pattern matches has in common; None where that is nothing."""

    word: str | None
    parts: int | None


class Directory(URLResolver):
    """All the patterns of a list as one."""

    def __init__(self, patterns: Sequence[URLPattern]) -> None:
        super().__init__(RoutePattern(""), [*patterns])
        self._shaped = [(pattern, shape_of(pattern)) for pattern in patterns]
        self._known = {
            (word, parts): self._such(word, parts)
            for word in {shape.word for _, shape in self._shaped if shape.word is not None}
            for parts in {shape.parts for _, shape in self._shaped if shape.parts is not None}
        }

    def resolve(self, path: Any) -> ResolverMatch:
        asked = str(path)
        word, parts = asked.partition("/")[0], asked.count("/")
        patterns = self._known.get((word, parts))
        for pattern in self._such(word, parts) if patterns is None else patterns:
            found = pattern.resolve(asked)
            if found:
                return found
        raise Resolver404({"tried": [], "path": asked})

    def _such(self, word: str, parts: int) -> list[URLPattern]:
        return [
            pattern for pattern, shape in self._shaped if shape.word in (None, word) and shape.parts in (None, parts)
        ]


def shape_of(pattern: URLPattern) -> Shape:
    """By its text alone, and rather too little than too much: what is not understood is asked every time."""
    asked = pattern.pattern
    if isinstance(asked, RoutePattern):
        one_part = not any(re.search(kind.regex, "/") for kind in asked.converters.values())
        return _shape(re.sub(r"<[^>]*>", _KEY, str(asked)), one_part)
    text = str(asked)
    if not isinstance(asked, RegexPattern) or not text.startswith("^") or not text.endswith(r"\Z"):
        return Shape(None, None)
    one_part = not any(re.search(group, "/") for group in _GROUP.findall(text))
    plain = _GROUP.sub(_KEY, text[1:-2])
    return _shape(plain.replace(r"\.", "."), one_part) if _PLAIN.fullmatch(plain) else Shape(None, None)


def _shape(plain: str, one_part: bool) -> Shape:
    word = plain.partition("/")[0]
    return Shape(word if _KEY not in word else None, plain.count("/") if one_part else None)
