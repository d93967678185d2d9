"""Text as conditions compare it: without accents, in small letters, words parted by one blank. `SAID` in queries/asked.py says
the same in SQL."""

from __future__ import annotations

import re
import unicodedata

READ_AT_MOST = 20_000
"""Of a text longer than this the beginning is read: what a rule is about stands there, and a hostile mail costs no more."""
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0652]")
_BETWEEN = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """With a blank before and after, so that whole words are found by looking for " word "."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text[:READ_AT_MOST])).lower().replace("ς", "σ")
    return f" {_BETWEEN.sub(' ', bare).strip()} "


def holds(plain_text: str, phrase: str) -> bool:
    """Whether the words of the phrase stand there in this order; a phrase without a word stands nowhere."""
    wanted = plain(phrase)
    return wanted.strip() != "" and wanted in plain_text
