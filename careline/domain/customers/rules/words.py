"""How people are found: by the words of their names, addresses and fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from careline.kit.search import words_of
from careline.kit.typed_fields import Definition, searched

LONGEST_SORT_NAME = 200
MOST_WORDS = 2_000


def sort_name_of(name: str) -> str:
    """The name as lists sort it and as duplicates are compared: small letters without accents, one blank between words."""
    return " ".join(words_of(name))[:LONGEST_SORT_NAME] or name.strip().casefold()[:LONGEST_SORT_NAME]


def lexemes_of(texts: Iterable[str]) -> list[str]:
    """Each word once, in order: what a customer's search vector is made of."""
    found: dict[str, None] = {}
    for text in texts:
        found.update(dict.fromkeys(words_of(text)))
    return sorted(list(found)[:MOST_WORDS])


def texts_of_fields(definitions: Sequence[Definition], values: dict[str, Any]) -> list[str]:
    return [searched(d, values[d.code]) for d in definitions if d.code in values]


def query_of(words: str) -> str:
    """A tsquery: every word stands there, each as the beginning of one. Empty where nothing is asked."""
    asked = list(dict.fromkeys(words_of(words)))[:12]
    return " & ".join("'" + word.replace("\\", "\\\\").replace("'", "''") + "':*" for word in asked)
