"""What a canned reply may say of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LONGEST_NAME, LONGEST_TEXT, MOST_LANGUAGES, MOST_LABELS = 200, 50_000, 40, 20
_ABBREVIATION = re.compile(r"[^\W_][\w-]{0,29}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class BadReply(ValueError):
    """A reply that can't be kept so; `field` names the part."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = part


@dataclass(frozen=True, slots=True)
class Text:
    """One language's words, plain and, where somebody formatted them, as HTML."""

    text: str
    html: str = ""


def name_from(words: str) -> str:
    name = " ".join(words.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadReply("name", f"It needs a name of at most {LONGEST_NAME} characters.")
    return name


def abbreviation_from(words: str) -> str:
    """As it is typed behind a semicolon, in small letters; empty for none."""
    word = words.strip().lstrip(";").lower()
    if word and not _ABBREVIATION.fullmatch(word):
        raise BadReply("abbreviation", "An abbreviation is one word of letters, digits and -, at most 30.")
    return word


def labels_from(words: Sequence[str]) -> list[str]:
    labels = list(dict.fromkeys(word.strip()[:100] for word in words if word.strip()))
    if len(labels) > MOST_LABELS:
        raise BadReply("labels", f"At most {MOST_LABELS} labels.")
    return labels


def texts_from(texts: Mapping[str, Text]) -> dict[str, dict[str, str]]:
    """As the table keeps them; languages without words are left out."""
    found = {language: text for language, text in texts.items() if text.text.strip() or text.html.strip()}
    if not found:
        raise BadReply("texts", "Write what the reply says, in at least one language.")
    if len(found) > MOST_LANGUAGES:
        raise BadReply("texts", f"At most {MOST_LANGUAGES} languages.")
    for language, text in found.items():
        if not _LANGUAGE.fullmatch(language):
            raise BadReply("texts", f"This is no language's code, as in en or de: {language[:40]}")
        if len(text.text) > LONGEST_TEXT or len(text.html) > 4 * LONGEST_TEXT:
            raise BadReply("texts", f"A reply has at most {LONGEST_TEXT:,} characters in each language.")
    return {language: {"text": text.text, "html": text.html} for language, text in found.items()}
