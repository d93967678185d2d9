"""uuencoded files: as a whole body, and as blocks inside a text."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

MOST_BLOCKS = 100
_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} +([^\r\n]{1,250})\r?\n", re.MULTILINE)
_END = re.compile(rb"^(?:end|====)[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class UuBlock:
    """A file found in a text; `start` and `end` are where it stood."""

    name: str
    content: bytes
    start: int
    end: int


def decode_uuencoded(body: bytes) -> bytes | None:
    """The first file in a body, or None where there is none."""
    blocks = uuencoded_blocks(body)
    return blocks[0].content if blocks else None


def uuencoded_blocks(body: bytes) -> list[UuBlock]:
    """Whole blocks only (begin … end), in order; what merely looks like one stays text."""
    found: list[UuBlock] = []
    at = 0
    while len(found) < MOST_BLOCKS and (begin := _BEGIN.search(body, at)):
        end = _END.search(body, begin.end())
        if not end:
            break
        encoded = body[begin.end() : end.start()]
        content = _base64(encoded) if begin.group().startswith(b"begin-base64") else _decode_lines(encoded)
        if content is None:
            at = begin.end()
            continue
        name = begin.group(1).strip().decode("utf-8", "replace")
        found.append(UuBlock(name, content, begin.start(), min(end.end() + 1, len(body))))
        at = end.end()
    return found


def _decode_lines(encoded: bytes) -> bytes | None:
    """None where any line is no uuencoding. Some encoders drop blanks at the end of lines, or write one letter more."""
    pieces = []
    for line in encoded.split(b"\n"):
        letters = line.rstrip(b"\r")
        if not letters:
            continue
        expected = (letters[0] - 32) & 63
        groups = (expected + 2) // 3
        needed = 1 + groups * 4
        if not 32 <= letters[0] <= 96 or len(letters) > needed + 2:
            return None
        # The length is rounded up to whole groups and cut after: binascii takes no other last group than zeros.
        whole = bytes([32 + groups * 3]) + letters[1:needed].ljust(needed - 1)
        try:
            pieces.append(binascii.a2b_uu(whole)[:expected])
        except binascii.Error:
            return None
    return b"".join(pieces)


def _base64(encoded: bytes) -> bytes | None:
    try:
        return binascii.a2b_base64(encoded)
    except binascii.Error:
        return None
