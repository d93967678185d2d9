"""Text as conditions compare it: without accents, in small letters, words parted by one blank. `SAID` in queries/asked.py says
the same in SQL."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

READ_AT_MOST = 20_000
"""Of a text longer than this the beginning is read: what a rule is about stands there, and a hostile mail costs no more."""
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0652]")
_BETWEEN = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """With a blank before and after, so that whole words are found by looking for " word "."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text[:READ_AT_MOST])).lower().replace("ς", "σ")
    return f" {_BETWEEN.sub(' ', bare).strip()} "


@lru_cache(maxsize=5000)
def plain_phrase(phrase: str) -> str:
    """`plain` of what a rule looks for: asked again and again, so it is kept."""
    return plain(phrase)


class Text:
    """A text into which many rules look: its words once, so that a single word is not searched for from end to end."""

    __slots__ = ("_plain", "_words", "said")

    def __init__(self, said: str) -> None:
        self.said = said
        self._plain = plain(said)
        self._words = frozenset(self._plain.split())

    def holds(self, phrase: str) -> bool:
        """Whether the words of a plain phrase stand there in this order; one without a word stands nowhere."""
        words = phrase.split()
        return bool(words) and self._words.issuperset(words) and (len(words) == 1 or phrase in self._plain)
