"""What may be said of a problem."""

from __future__ import annotations

import re

MOST_WORDS, LONGEST_WORD, SHORTEST_WORD = 30, 100, 3
_PARTING = re.compile(r"[,;\n]")


def words_in(written: str) -> list[str]:
    """The words or phrases of a field in which they are parted by commas or lines, each once. Raises ValueError with one sentence."""
    found = list(dict.fromkeys(" ".join(word.split()).lower() for word in _PARTING.split(written)))
    words = [word for word in found if word]
    if len(words) > MOST_WORDS:
        raise ValueError(f"Give at most {MOST_WORDS} words.")
    for word in words:
        if not SHORTEST_WORD <= len(word) <= LONGEST_WORD:
            raise ValueError(
                f"{word[:40]!r}: a word by which cases are known has {SHORTEST_WORD} to {LONGEST_WORD} letters."
            )
    return words
