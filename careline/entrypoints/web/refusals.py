"""Refusals with something filled in, in the reader's language.

The floors below know no gettext and raise whole sentences: "Keep the note under 2,000 characters." Here such a sentence is found
again among those of the translators ("Keep the note under %(longest)s characters.") and told with its figures as the reader writes them.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel.messages.mofile import read_mo
from babel.numbers import format_decimal
from django.conf import settings

_HOLE = re.compile(r"%\((\w+)\)s")
_FIGURE = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+\.\d+")
LEAST_WORDS = 8
"""Letters beside what is filled in: a sentence of fewer could be anything."""


def told(sentence: str, language: str) -> str:
    """The sentence itself where nobody translated it."""
    for before, after, pattern, theirs in _sentences(language):
        if sentence.startswith(before) and sentence.endswith(after) and (found := pattern().fullmatch(sentence)):
            return theirs % {name: _figure(words, language) for name, words in found.groupdict().items()}
    return sentence


class _Pattern:
    """Made when it is first needed: of hundreds of sentences few are ever told."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._made: re.Pattern[str] | None = None

    def __call__(self) -> re.Pattern[str]:
        if self._made is None:
            words = [re.escape(part.replace("%%", "%")) for part in _HOLE.split(self._template)[::2]]
            names = _HOLE.findall(self._template)
            holes = [f"(?P<{name}>.+?)" for name in names] + [""]
            self._made = re.compile("".join(a + b for a, b in zip(words, holes, strict=True)), re.DOTALL)
        return self._made


@cache
def _sentences(language: str) -> list[tuple[str, str, _Pattern, str]]:
    """(begins with, ends with, pattern, the translation), what says the most first."""
    compiled = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.mo"
    if not compiled.exists():
        return []
    with compiled.open("rb") as words:
        known = [(one.id, one.string) for one in read_mo(words) if isinstance(one.id, str) and one.string]
    fit = [(template, theirs) for template, theirs in known if _is_sentence(template)]
    fit.sort(key=lambda pair: -len(_HOLE.sub("", pair[0])))
    return [(*_ends(template), _Pattern(template), str(theirs)) for template, theirs in fit]


def _is_sentence(template: str) -> bool:
    names = _HOLE.findall(template)
    is_whole = template.endswith(".") and len(names) == len(set(names)) > 0
    return is_whole and sum(map(str.isalpha, _HOLE.sub("", template))) >= LEAST_WORDS


def _ends(template: str) -> tuple[str, str]:
    parts = _HOLE.split(template)
    return parts[0].replace("%%", "%"), parts[-1].replace("%%", "%")


def _figure(words: str, language: str) -> str:
    """2,000 as the reader writes it; what is no figure, and numbers of cases, as they are."""
    if not _FIGURE.fullmatch(words):
        return words
    figure = Decimal(words.replace(",", ""))
    places = -int(figure.as_tuple().exponent)
    return str(format_decimal(figure, format=f"#,##0.{'0' * places}" if places else "#,##0", locale=language))
