"""Which words a first mail is answered with at once: by mailbox and topic, in the sender's language."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

WITHIN = timedelta(hours=24)
VARIABLES = ("number", "expected")


@dataclass(frozen=True, slots=True)
class Words:
    """`texts` by language; the topic None is for all that have no row of their own. An empty text is the house's own sentence."""

    channel: int
    topic: int | None = None
    is_on: bool = True
    texts: Mapping[str, str] = field(default_factory=dict)
    id: int | None = None


def text_in(texts: Mapping[str, str], language: str, *, otherwise: Sequence[str]) -> tuple[str, str]:
    """(language, text): the sender's, with or without its region, else the first of the company's that has one; empty where none."""
    for code in (language, language.replace("_", "-").split("-")[0], *otherwise, *texts):
        if code and texts.get(code, "").strip():
            return code, texts[code]
    return "", ""


def filled(text: str, *, number: int, expected: str) -> str:
    """Each of VARIABLES in its place; every other brace stays as it was written."""
    return text.replace("{number}", str(number)).replace("{expected}", expected)


def unknown_variables(text: str) -> list[str]:
    """Words in braces that nothing would be put in for."""
    parts = [part.split("}", 1)[0] for part in text.split("{")[1:] if "}" in part]
    return sorted({part for part in parts if part not in VARIABLES and part.isidentifier()})


def digest_of(address: str) -> str:
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()
