"""Texts as a desk of several languages holds them: words fall as Zipf says, with stems and marks as intake would store them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from bench.mails import _COMMON
from careline.domain.conversations.commands.messages import CONFIGS
from careline.kit import db

LANGUAGES = ("en", "de", "fr")
VOCABULARY = 40_000
_SHARES = (60, 30, 10)
_OWN = {
    "en": ["battery", "receipt", "exchange", "voucher", "scratched", "puncture", "cancelled", "upgrade"],
    "de": [
        "der",
        "die",
        "und",
        "nicht",
        "mit",
        "für",
        "auf",
        "ist",
        "bitte",
        "rechnung",
        "lieferung",
        "bestellung",
        "fahrrad",
        "reifen",
        "rückgabe",
        "grüße",
        "danke",
    ],
    "fr": [
        "le",
        "la",
        "les",
        "et",
        "pas",
        "avec",
        "pour",
        "sur",
        "merci",
        "facture",
        "livraison",
        "commande",
        "vélo",
        "pneu",
        "retour",
        "bonjour",
        "généreux",
    ],
}
_SYLLABLES = {
    "en": [
        a + b
        for a in ["b", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "w"]
        for b in ["a", "e", "i", "o", "er", "and", "ing"]
    ],
    "de": [
        a + b
        for a in ["b", "d", "f", "g", "h", "k", "l", "m", "n", "r", "s", "t", "w", "sch"]
        for b in ["a", "e", "i", "u", "en", "er", "ung"]
    ],
    "fr": [
        a + b
        for a in ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v"]
        for b in ["a", "e", "é", "i", "o", "eau", "eux"]
    ],
}


class Vocabulary:
    """The words of one language, the most common first, and how often each comes up to there."""

    def __init__(self, language: str, dice: random.Random) -> None:
        self.language = language
        first = (_COMMON if language == "en" else []) + _OWN[language]
        made = dict.fromkeys(first)
        while len(made) < VOCABULARY:
            made.setdefault("".join(dice.choices(_SYLLABLES[language], k=dice.randint(2, 5))))
        self.words = list(made)
        self.weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(1, VOCABULARY + 1)))
        self.stems = _stems(self.words, language)

    def draw(self, dice: random.Random, count: int) -> list[str]:
        return dice.choices(self.words, cum_weights=self.weights, k=count)


class Texts:
    def __init__(self, seed: int = 5) -> None:
        self.dice = random.Random(seed)
        self._vocabularies = {language: Vocabulary(language, self.dice) for language in LANGUAGES}

    def vocabulary(self, language: str) -> Vocabulary:
        return self._vocabularies[language]

    def language(self) -> str:
        return self.dice.choices(LANGUAGES, _SHARES)[0]

    def subject(self, language: str) -> list[str]:
        return self._vocabularies[language].draw(self.dice, self.dice.randint(2, 7))

    def words(self, language: str) -> list[str]:
        """Of one message: 45 of them in the middle, now and then hundreds."""
        return self._vocabularies[language].draw(self.dice, min(800, max(5, int(self.dice.lognormvariate(3.8, 0.6)))))


def vector_of(lexemes: Sequence[str], words: Sequence[str], vocabulary: Vocabulary) -> str:
    """What message_vector would make of it, as COPY reads it."""
    stems = vocabulary.stems
    return " ".join(f"'{lexeme}'" for lexeme in {*lexemes, *(stems[word] for word in words if word in stems)})


def _stems(words: list[str], language: str) -> dict[str, str]:
    found = db.rows(
        """SELECT word, lexeme FROM unnest(%s::text[]) AS word,
               unnest(tsvector_to_array(message_vector('{}', word, %s::regconfig, %s))) AS lexeme""",
        [words, CONFIGS[language], language],
    )
    return {row.word: row.lexeme for row in found}
