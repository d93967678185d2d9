"""Which of a company's languages a text is written in."""

from __future__ import annotations

import json
import logging
import math
import mmap
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)
# Enough to be sure, little enough to stay within a tenth of a millisecond.
_READ_CHARACTERS = 300
_LEAST_LETTERS = 12
_LEAST_LETTERS_UNSPACED = 4
_LEAST_CONFIDENCE = 0.6
_NOT_WORDS = re.compile(r"https?://\S{1,2000}|\S{1,64}@\S{1,200}|[\d<>|*_=#~-]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PACKAGES = Path(__file__).resolve().parents[2]
_SECONDS_TO_MAKE = 60


def language_of(text: str, allowed: Sequence[str]) -> str:
    """The code out of `allowed` (`de`, `pt-br`) that `text` is written in; empty where it is too short to know."""
    words = _NOT_WORDS.sub(" ", text[: _READ_CHARACTERS * 3])[:_READ_CHARACTERS]
    letters = sum(map(str.isalpha, words))
    least = _LEAST_LETTERS_UNSPACED if _UNSPACED.search(words) else _LEAST_LETTERS
    if letters < least or not allowed:
        return ""
    try:
        model = _model(tuple(allowed))
    except (OSError, subprocess.SubprocessError):
        log.exception("Languages cannot be told apart just now.")
        return ""
    if not model.codes:
        return ""
    base, confidence = model.judged(words)
    return model.codes[base] if confidence >= _LEAST_CONFIDENCE else ""


def get_ready(allowed: Sequence[str]) -> None:
    """Makes the model, which takes a second, and touches none of it."""
    with suppress(OSError, subprocess.SubprocessError):
        _model(tuple(allowed))


@dataclass(frozen=True, slots=True)
class _Model:
    """An identifier limited to a company's languages, and for each of its codes the first of ours.

    An automaton walks over the bytes and meets features (`tables`: row, next, feature); each speaks for every class by so
    much (`speaks`: naive Bayes, https://aclanthology.org/P12-3005/). The tables lie in a nameless file: only the pages that
    are used weigh anything.
    """

    codes: dict[str, str]
    classes: tuple[str, ...]
    priors: tuple[float, ...]
    tables: tuple[Any, Any, Any]
    speaks: tuple[Any, ...]

    def judged(self, words: str) -> tuple[str, float]:
        """The likeliest class and how sure that is, from 0 to 1."""
        said = unicodedata.normalize("NFC", words.lower() if words.isupper() else words)
        data = said.encode("utf-8", "surrogatepass")
        met = self._met(data)
        weights = [math.log1p(count) for count in met.values()]
        # The root of the length keeps short texts from being judged too surely.
        scale = 1.0 / math.sqrt(len(data) or 1)
        scores = [
            scale * (prior + sum(map(mul, weights, map(table.__getitem__, met)))) if met else 0.0
            for prior, table in zip(self.priors, self.speaks, strict=True)
        ]
        best = max(scores)
        likely = [math.exp(score - best) for score in scores]
        shares: dict[str, float] = {}
        for name, one in zip(self.classes, likely, strict=True):  # one language may have a class for each script
            shares[name] = shares.get(name, 0.0) + one / sum(likely)
        chosen = max(shares, key=shares.__getitem__)
        return chosen, shares[chosen]

    def _met(self, data: bytes) -> Counter[int]:
        row, onward, feature = self.tables
        state, met = 0, []
        for letter in data:
            state = onward[row[state] + letter]
            if (one := feature[state]) >= 0:
                met.append(one)
        return Counter(met)


@lru_cache(maxsize=2)
def _model(allowed: tuple[str, ...]) -> _Model:
    """Takes a second: the whole identifier is read by another process, which needs 100 MB for a moment."""
    env = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_PACKAGES), "LANG": "C.UTF-8"}
    with tempfile.TemporaryFile(prefix="careline-") as file:
        subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-m", "careline.kit.language_model", *allowed],
            stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL, env=env, check=True, timeout=_SECONDS_TO_MAKE,
        )  # fmt: skip
        held = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    at = 8 + int.from_bytes(held[:8], "big")
    head = json.loads(bytes(held[8:at]))
    parts: dict[str, Any] = {}
    for name, typecode, length in head["parts"]:
        parts[name] = held[at : at + length].cast(typecode)
        at += length + -length % 8
    return _Model(
        head["codes"], tuple(head["classes"]), tuple(head["priors"]),
        (parts.get("row"), parts.get("next"), parts.get("feature")), tuple(parts[str(n)] for n in range(len(head["classes"]))),
    )  # fmt: skip
