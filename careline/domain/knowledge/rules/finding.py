"""How articles are found: which words count how much, what is asked, and what may stand in a record of searches. Pure.

Never all words of a question: any of them, weighed by how rare it is (BM25: Robertson and Zaragoza, The Probabilistic Relevance
Framework, 2009, with fields as in BM25F), so that a question in a customer's own words finds its article.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careline.kit.search import words_of

RULES = 2
"""Of what follows: texts that were counted by others are counted again."""
TITLE, SUMMARY, TEXT = 4.0, 2.0, 1.0
PAIR_IN_TITLE, PAIR_IN_SUMMARY = 0.8, 0.4
SATURATION, LENGTH_COUNTS, USUAL_LENGTH = 1.2, 0.5, 200
LONGEST_QUESTION, MOST_WORDS = 300, 24
SHORTEST_PREFIX = 3
ENOUGH = 0.25
"""Less of what was asked than this, and it is no answer."""
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_NUMBER = re.compile(r"\S*\d{4,}\S*")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """`words` once each, in order; `beginning`: the last one, where it may go on."""

    words: tuple[str, ...]
    beginning: str = ""


def asked_of(text: str, *, is_typing: bool = False) -> Asked:
    words = list(dict.fromkeys(words_of(text[:LONGEST_QUESTION])))[:MOST_WORDS]
    goes_on = is_typing and bool(words) and text[-1:].isalnum() and len(words[-1]) >= SHORTEST_PREFIX
    return Asked(tuple(words), words[-1] if goes_on else "")


def counted(*, title: str, summary: str, text: str) -> dict[str, float]:
    """Each word with how often it stands there; a word of the title counts for several."""
    found: Counter[str] = Counter()
    for words, weight in ((title, TITLE), (summary, SUMMARY), (text, TEXT)):
        for word in words_of(words):
            found[word] += weight  # type: ignore[assignment]
    return dict(found)


def weights_of(counts: dict[str, float], terms: dict[str, str]) -> dict[str, float]:
    """Term → its weight in this text. `terms`: word → term, without those that say nothing (the, of)."""
    length = sum(counts.values())
    tilt = SATURATION * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length / USUAL_LENGTH)
    joined: Counter[str] = Counter()
    for word, count in counts.items():
        if word in terms:
            joined[terms[word]] += count  # type: ignore[assignment]
    return {term: count * (SATURATION + 1) / (count + tilt) for term, count in joined.items()}


def pairs_in(words: Sequence[str], terms: Mapping[str, str]) -> list[str]:
    """Words that stand side by side, as "where is": by them a question is told from another with the same rare word. Also of words
    that say nothing alone."""
    said = [terms.get(word, word) for word in words]
    return [f"{one} {other}" for one, other in itertools.pairwise(said)]


def pair_weights(*, title: str, summary: str, terms: Mapping[str, str]) -> dict[str, float]:
    in_summary = dict.fromkeys(pairs_in(words_of(summary), terms), PAIR_IN_SUMMARY)
    return in_summary | dict.fromkeys(pairs_in(words_of(title), terms), PAIR_IN_TITLE)


def is_mendable(word: str) -> bool:
    return bool(_LETTERS.fullmatch(word)) and word[0] < "\u0e00"


def remembered(text: str) -> str:
    """What of a question is kept: no addresses, no long numbers, one line, at most 200 characters."""
    plain = _NUMBER.sub(" ", _ADDRESS.sub(" ", text[:LONGEST_QUESTION]))
    return " ".join(plain.split())[:200]


def key_of(text: str) -> str:
    """The same for two questions with the same words, whatever their order, case and accents."""
    return " ".join(sorted(set(words_of(text))))[:200]
