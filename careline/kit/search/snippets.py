"""The piece of a text that shows why it was found, with the words that were asked marked."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from careline.kit.search.words import words_of

LENGTH = 180
_READ_CHARACTERS = 40_000
_TOKEN = re.compile(r"[^\W_]+(?:[-.@+'’][^\W_]+)*")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u31f0-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked: words as `words_of` gives them, beginnings of words, and beginnings that stems of a word share."""

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()

    def has(self, word: str) -> bool:
        return word in self.words or any(word.startswith(prefix) for prefix in self.prefixes)


def snippet(text: str, marks: Marks, *, length: int = LENGTH) -> list[tuple[str, bool]]:
    """About `length` characters around the first marked words as (piece, whether it is marked)."""
    text = " ".join(text[:_READ_CHARACTERS].split())
    found = _places(text, marks)
    start, end = _window(text, found, length)
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for begin, stop in found:
        if start <= begin and stop <= end and begin >= at:
            if begin > at:
                pieces.append((text[at:begin], False))
            pieces.append((text[begin:stop], True))
            at = stop
    if at < end:
        pieces.append((text[at:end], False))
    return [*pieces, *([(" …", False)] if end < len(text) else [])]


def as_html(pieces: Collection[tuple[str, bool]]) -> str:
    """Escaped, the marked pieces in <mark>."""
    return "".join(
        f"<mark>{html.escape(piece)}</mark>" if is_marked else html.escape(piece) for piece, is_marked in pieces
    )


def as_text(pieces: Collection[tuple[str, bool]]) -> str:
    return "".join(piece for piece, _ in pieces)


def _places(text: str, marks: Marks) -> list[tuple[int, int]]:
    found = [
        match.span() for match in _TOKEN.finditer(text) if any(marks.has(word) for word in words_of(match[0]))
    ]  # fmt: skip
    pairs = [word for word in marks.words if _UNSPACED.match(word)]
    if pairs:
        folded = unicodedata.normalize("NFKC", text)
        if len(folded) == len(text):
            found = [place for place in found if not _UNSPACED.search(text, *place)]
            found += [(m.start(), m.end()) for pair in pairs for m in re.finditer(re.escape(pair), folded)]
    return _joined(sorted(found))


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begin, end in places:
        if joined and begin < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _window(text: str, found: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """Where most marked words stand close together, not in the middle of a word."""
    if len(text) <= length or not found:
        return 0, min(len(text), _word_end(text, length))
    best = max(found[:200], key=lambda place: sum(place[0] <= other[0] < place[0] + length for other in found[:200]))
    start = max(0, best[0] - length // 4)
    if start:
        space = text.find(" ", start, best[0])
        start = space + 1 if space >= 0 else start
    return start, _word_end(text, start + length)


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, at - 30), at)
    return space if space > 0 else at
