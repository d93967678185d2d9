"""The types that come ready speak the five languages of the screens, with every blank in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from careline.domain.requests.rules.usual import usual_types
from careline.domain.requests.rules.usual_words import SAID

LANGUAGES = {"en", "de", "es", "fr", "ar"}


def said_in(one: Any) -> Iterator[dict[str, str]]:
    if isinstance(one, dict) and "en" in one:
        yield one
    parts = one.values() if isinstance(one, dict) else one if isinstance(one, list | tuple) else ()
    if is_dataclass(one):
        parts = [getattr(one, field.name) for field in fields(one)]
    for part in parts:
        yield from said_in(part)


def test_each_word_of_the_usual_types_is_there_in_five_languages_with_its_blanks() -> None:
    words = [one for content in usual_types().values() for one in said_in(content)]
    assert {frozenset(one) for one in words} == {frozenset(LANGUAGES)}
    for one in words:
        blanks = {language: sorted(re.findall(r"\{\w+\}", text)) for language, text in one.items()}
        assert set(map(tuple, blanks.values())) == {tuple(blanks["en"])}, one["en"]
    assert {one["en"] for one in words} == set(SAID)
