"""A text without the people in it: names, mail addresses, telephone and other long numbers, greetings and farewells go. Pure.

By rule, so that everybody can foresee what stays; somebody reads it before it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"\b(?:https?://|www\.)\S+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[0-9A-Z]{4}){2,8}(?:[ ]?[0-9A-Z]{1,4})?\b")
_NUMBER = re.compile(r"(?<![\w.,])[+(#]?\d(?:[\d()/ .\-]{3,}\d|\d{3,})(?!\w)")
_CODE = re.compile(r"\b(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*\b")
_STREET = re.compile(
    r"\b\d{1,4}[a-z]?\s+(?:[A-ZÄÖÜ][\w'-]+\s){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Square|Drive)\b\.?"
    r"|\b[A-ZÄÖÜ][\w-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse)\s+\d{1,4}[a-z]?\b"
    r"|\b(?:rue|avenue|boulevard|calle|plaza)\s+(?:de\s+(?:la\s+)?)?[A-ZÉÈ][\w'-]+(?:\s\d{1,4})?\b",
)
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten tag|liebe[rs]?|sehr geehrte[rs]?|bonjour|cher|chère|hola|"
    r"estimad[oa]|buenos días|مرحبا|السلام عليكم|عزيزي|عزيزتي)\b[^\n]{0,80}[,!.:،]?\s*$",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r"^\s*(?:(?:best|kind|warm)(?: regards| wishes)?|regards|yours(?: sincerely| faithfully)?|sincerely|cheers|thanks(?: a lot| in advance)?|"
    r"many thanks|thank you|mit (?:freundlichen|besten) grüßen|(?:viele|beste|liebe|freundliche) grüße|lg|mfg|danke|cordialement|"
    r"(?:bien )?à vous|merci|saludos(?: cordiales)?|un saludo|gracias|مع (?:أطيب )?التحيات?|شكرا)\b[,.!،]?\s*$",
    re.IGNORECASE,
)
_LEAST_LETTERS = 2
_MOST_FAREWELL_LINES = 6


def without_people(text: str, *, names: Iterable[str] = ()) -> str:
    """`names`: of those who wrote or were written to, whole; each of their words goes, as names are written (will stays, Will goes).
    Paragraphs stay."""
    words = _matter(text)
    for pattern in (_MAIL, _URL, _IBAN, _STREET, _NUMBER, _CODE):
        words = pattern.sub("…", words)
    if gone := _named(names):
        words = gone.sub("…", words)
    words = re.sub(r"…(?:[ ,]*…)+", "…", words)
    lines = [" ".join(line.split()) for line in words.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join("" if line.strip(" …,.;:") == "" else line for line in lines)).strip()


def _matter(text: str) -> str:
    """Without the line that greets, and without what comes from the farewell on where little comes after it."""
    lines = text.replace("\r\n", "\n").split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines and _GREETING.match(lines[first]):
        lines = lines[first + 1 :]
    for n in range(len(lines) - 1, -1, -1):
        if _FAREWELL.match(lines[n]) and sum(bool(line.strip()) for line in lines[n + 1 :]) <= _MOST_FAREWELL_LINES:
            return "\n".join(lines[:n])
    return "\n".join(lines)


def _named(names: Iterable[str]) -> re.Pattern[str] | None:
    plain = {word for name in names for word in re.split(r"[\s,.@_]+", name) if len(word) >= _LEAST_LETTERS}
    words = {form for word in plain for form in (word, word.capitalize(), word.upper())}
    if not words:
        return None
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?:['’]s|s)?(?!\w)")
