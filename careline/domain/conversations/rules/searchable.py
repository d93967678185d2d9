"""Which words a message is found by. Pure.

Plain words stand as they are; those of a part of the message stand again behind its mark, as in `f=carol`. No word of a
text holds `=`. Stems (`de:rechnung`) are added by the database, which has the stemmers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from careline.kit.search import words_of

VERSION = 2
"""Of what follows: rows with a lower one are indexed again in the background."""
SUBJECT, SENDER, TO, CC, FILE = "s", "f", "t", "c", "n"
MOST_LEXEMES = 20_000
_STEMMED_CHARACTERS = 100_000


def lexemes_of(
    *,
    subject: str,
    text: str,
    sender: dict[str, Any],
    to: Sequence[dict[str, Any]] = (),
    cc: Sequence[dict[str, Any]] = (),
    file_names: Sequence[str] = (),
    file_texts: Sequence[str] = (),
) -> list[str]:
    """Each word once, the plain ones first."""
    parts = {
        SUBJECT: words_of(subject),
        SENDER: _words_of_people([sender]),
        TO: _words_of_people(to),
        CC: _words_of_people(cc),
        FILE: words_of("\n".join(file_names)),
    }
    found = dict.fromkeys(word for words in parts.values() for word in words)
    found |= dict.fromkeys(f"{mark}={word}" for mark, words in parts.items() for word in words)
    for written in (text, *file_texts):
        found |= dict.fromkeys(words_of(written))
        if len(found) >= MOST_LEXEMES:
            break
    return list(found)[:MOST_LEXEMES]


def stemmed_part(subject: str, text: str, file_names: Iterable[str], file_texts: Iterable[str] = ()) -> str:
    """What stems are taken from: words of people and addresses have none."""
    return "\n".join([subject, text, *file_names, *file_texts])[:_STEMMED_CHARACTERS]


def _words_of_people(people: Sequence[dict[str, Any]]) -> list[str]:
    return words_of("\n".join(f"{person.get('name', '')}\n{person.get('value', '')}" for person in people))
