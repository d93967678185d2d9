"""Which of a company's languages a text is written in."""

from __future__ import annotations

import copy
import mmap
import re
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

# Enough to be sure, little enough to stay within a tenth of a millisecond.
_READ_CHARACTERS = 300
_LEAST_LETTERS = 12
_LEAST_LETTERS_UNSPACED = 4
_LEAST_CONFIDENCE = 0.6
_NOT_WORDS = re.compile(r"https?://\S{1,2000}|\S{1,64}@\S{1,200}|[\d<>|*_=#~-]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def language_of(text: str, allowed: Sequence[str]) -> str:
    """The code out of `allowed` (`de`, `pt-br`) that `text` is written in; empty where it is too short to know."""
    words = _NOT_WORDS.sub(" ", text[: _READ_CHARACTERS * 3])[:_READ_CHARACTERS]
    letters = sum(map(str.isalpha, words))
    least = _LEAST_LETTERS_UNSPACED if _UNSPACED.search(words) else _LEAST_LETTERS
    if letters < least or not allowed:
        return ""
    identifier, codes = _identifier(tuple(allowed))
    if not codes:
        return ""
    base, confidence = identifier.classify(words)
    return codes[base] if confidence >= _LEAST_CONFIDENCE else ""


@lru_cache(maxsize=2)
def _identifier(allowed: tuple[str, ...]) -> tuple[Any, dict[str, str]]:
    """An identifier limited to `allowed`, and for each of its codes the first of ours."""
    whole = _whole_identifier()
    known = set(whole.labels)
    codes: dict[str, str] = {}
    for code in allowed:
        base = code.replace("_", "-").lower().partition("-")[0]
        base = {"nb": "no", "iw": "he", "in": "id"}.get(base, base) if base not in known else base
        if base in known:
            codes.setdefault(base, code)
    limited = copy.copy(whole)
    if codes:
        limited.set_languages(list(codes))
        # A company has the same few languages for years: the 28 MB for the other ninety go, and are read again if asked for.
        limited._full_model = ()
        _whole_identifier.cache_clear()
    return limited, codes


@lru_cache(maxsize=1)
def _whole_identifier() -> Any:
    # Half a second and a numerical library: only where a text is really to be judged.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.tk_nextmove = _on_disk(whole.tk_nextmove)
    return whole


def _on_disk(table: Any) -> memoryview:
    """The same table, read from a nameless file: of its 40 MB only the pages that are used weigh anything."""
    with tempfile.TemporaryFile(prefix="careline-") as file:
        table.tofile(file)
        file.flush()
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).cast(table.typecode)
