"""The terms of words: stems by PostgreSQL's own dictionaries, the word itself where a language has none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from careline.kit import db

_DICTIONARIES = {
    "ar": "arabic_stem", "da": "danish_stem", "de": "german_stem", "el": "greek_stem", "en": "english_stem", "es": "spanish_stem",
    "fi": "finnish_stem", "fr": "french_stem", "hu": "hungarian_stem", "it": "italian_stem", "lt": "lithuanian_stem", "nl": "dutch_stem",
    "no": "norwegian_stem", "pt": "portuguese_stem", "ro": "romanian_stem", "ru": "russian_stem", "sv": "swedish_stem",
    "tr": "turkish_stem",
}  # fmt: skip
_TERMS = """
SELECT w.word, l.language, CASE WHEN l.dictionary IS NULL THEN w.word ELSE coalesce((ts_lexize(l.dictionary::regdictionary, w.word))[1], CASE
    WHEN ts_lexize(l.dictionary::regdictionary, w.word) IS NULL THEN w.word END) END AS term
FROM unnest(%s::text[]) AS w (word), unnest(%s::text[], %s::text[]) AS l (language, dictionary)
"""


def terms_of(words: Iterable[str], languages: Sequence[str]) -> dict[str, dict[str, str]]:
    """language → word → term; words that say nothing in a language (the, of) are left out of it."""
    found: dict[str, dict[str, str]] = {language: {} for language in languages}
    for row in db.rows(_TERMS, [list(words), list(languages), [_dictionary(one) for one in languages]]):
        if row.term:
            found[row.language][row.word] = row.term
    return found


def _dictionary(language: str) -> str | None:
    return _DICTIONARIES.get(language.lower().replace("_", "-").partition("-")[0])
