"""Words in header fields: never a line break from outside, never a byte above 127, never a line that is too long."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

LINE = 76
_ENCODED_BYTES = 42
"""Of UTF-8 in one encoded word: 56 characters of base64 and 12 around them stay below the 75 of RFC 2047 2."""

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*\Z")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")


def one_line(words: str) -> str:
    """Line breaks and control characters become blanks: what stands here cannot start another header field."""
    return _UNWRITABLE.sub(" ", words)


def text_of(words: str, *, after: int) -> str:
    """An unstructured field body. `after` is the length of "Name: " in front of it."""
    words = one_line(words).strip()
    if not words:
        return ""
    if _PLAIN.match(words) and "=?" not in words and max(map(len, words.split(" "))) <= LINE - 2 - min(after, 20):
        return folded(words.split(" "), after=after)
    return "\r\n ".join(encoded_words(words))


def phrase_of(name: str) -> str:
    """A display name: atoms, a quoted string, or encoded words."""
    name = " ".join(one_line(name).split())
    if len(name) > LINE - 16 or not name.isascii() or "=?" in name:
        return "\r\n ".join(encoded_words(name))
    if _ATOMS.match(name) or not name:
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def encoded_words(words: str) -> list[str]:
    """RFC 2047, whole characters in each word."""
    chunks: list[bytes] = [b""]
    for sign in words:
        written = sign.encode("utf-8", "replace")
        if len(chunks[-1]) + len(written) > _ENCODED_BYTES:
            chunks.append(b"")
        chunks[-1] += written
    return [f"=?utf-8?b?{base64.b64encode(chunk).decode()}?=" for chunk in chunks]


def folded(words: Iterable[str], *, after: int) -> str:
    """Words joined by blanks, broken before one that would pass the line; a long word gets a line of its own."""
    lines, room = [""], LINE - after
    for word in words:
        if not lines[-1]:
            lines[-1] = word
        elif len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += " " + word
        else:
            lines.append(word)
            room = LINE - 1
    return "\r\n ".join(lines)


def parameter(name: str, value: str) -> list[str]:
    """`name="value"`, or RFC 2231, in as many pieces as it needs. `value` is one line."""
    if value.isascii() and len(value) <= 60:
        return [f'{name}="' + value.replace("\\", "\\\\").replace('"', '\\"') + '"']
    pieces, current = [], ""
    for sign in value:
        written = "".join(
            chr(byte) if (chr(byte).isalnum() and byte < 128) or chr(byte) in "-._~" else f"%{byte:02X}"
            for byte in sign.encode("utf-8", "replace")
        )
        if len(current) + len(written) > 50:
            pieces.append(current)
            current = ""
        current += written
    pieces.append(current)
    if len(pieces) == 1:
        return [f"{name}*=utf-8''{pieces[0]}"]
    return [f"{name}*{place}*=" + ("utf-8''" if not place else "") + piece for place, piece in enumerate(pieces)]
