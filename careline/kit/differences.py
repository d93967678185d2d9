"""What differs between two texts: lines first, then the words inside the lines that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_LINES = 3_000
MOST_WORDS = 4_000
"""Past these a comparison takes longer than anybody waits: the whole then counts as gone and new."""


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: same, gone (stood in the first text only) or new (in the second only)."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Both texts in one row of pieces: same + gone is the first, same + new the second."""
    if before == after:
        return [Piece(SAME, before)] if before else []
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if max(len(old), len(new)) > MOST_LINES:
        return _both(before, after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(old[a:b])))
        else:
            pieces += _inside("".join(old[a:b]), "".join(new[c:d]))
    return list(_joined(pieces))


def _inside(before: str, after: str) -> list[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        return _both(before, after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(old[a:b])))
        else:
            pieces += _both("".join(old[a:b]), "".join(new[c:d]))
    return pieces


def _both(before: str, after: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in ((GONE, before), (NEW, after)) if text]


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    kind, text = "", ""
    for piece in pieces:
        if piece.kind == kind:
            text += piece.text
            continue
        if text:
            yield Piece(kind, text)
        kind, text = piece.kind, piece.text
    if text:
        yield Piece(kind, text)
