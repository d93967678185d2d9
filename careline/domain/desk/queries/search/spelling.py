"""Misspelt words: what was likely meant, by the words that messages hold."""

from __future__ import annotations

from careline.domain.desk.queries.search.asked import Asked
from careline.kit import db
from careline.kit.search.query import WORD
from careline.kit.search.spelling import LONGEST, SHORTEST, asked_neighbours, best
from careline.kit.search.words import words_of

_FAR_MORE = 50


def mended(asked: Asked) -> str:
    """The query with its misspelt words replaced; empty where there is nothing to mend."""
    words = [word for word in asked.words.plain if SHORTEST <= len(word) <= LONGEST]
    if not words:
        return ""
    instead = {word: found for word in words if (found := _meant(word))}
    text = asked.text
    for token in reversed(asked.tokens):
        plain = words_of(token.value)
        if token.kind == WORD and not token.negated and plain and plain[0] in instead:
            text = text[: token.start] + instead[plain[0]] + text[token.end :]
    return text if instead else ""


def _meant(word: str) -> str:
    known = db.rows(
        "SELECT word, count FROM desk_word WHERE near && %s::text[] ORDER BY count DESC LIMIT 200",
        [asked_neighbours(word)],
    )
    own = db.value("SELECT count FROM desk_word WHERE word = %s", [word]) or 0
    candidates = [(row.word, row.count) for row in known if row.count >= own * _FAR_MORE]
    return best(word, candidates)
