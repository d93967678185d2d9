"""MAPI property lists inside TNEF (MS-OXTNEF 2.1.3.4)."""

from __future__ import annotations

import struct

MOST_PROPERTIES = 5_000

_SIZES = dict.fromkeys((0x02, 0x03, 0x04, 0x0A, 0x0B), 4) | dict.fromkeys((0x05, 0x06, 0x07, 0x14, 0x40), 8)
_SIZES |= {0x48: 16, 0x00: 0, 0x01: 0}
_SIZED_BY_THEMSELVES = {0x0D, 0x1E, 0x1F, 0x102}
_MANY = 0x1000


def read_properties(data: bytes) -> tuple[dict[int, tuple[int, bytes]], bool]:
    """({id: (type, first value)}, whether all could be read). What was read before a break is kept."""
    found: dict[int, tuple[int, bytes]] = {}
    try:
        (count,) = struct.unpack_from("<I", data)
        at = 4
        for _ in range(min(count, MOST_PROPERTIES)):
            kind, name = struct.unpack_from("<HH", data, at)
            at = _after_name(data, at + 4) if name >= 0x8000 else at + 4
            value, at = _value(data, at, kind)
            found.setdefault(name, (kind & ~_MANY, value))
    except (struct.error, ValueError):
        return found, False
    return found, True


def _after_name(data: bytes, at: int) -> int:
    """A named property: its GUID, then a number or a name."""
    (kind,) = struct.unpack_from("<I", data, at + 16)
    if kind == 0:
        return at + 24
    (length,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + _padded(length)


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    single = kind & ~_MANY
    count = 1
    if single in _SIZED_BY_THEMSELVES or kind & _MANY:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    first = b""
    for place in range(count):
        if single in _SIZED_BY_THEMSELVES:
            (length,) = struct.unpack_from("<I", data, at)
            start, at = at + 4, at + 4 + _padded(length)
        elif single in _SIZES:
            length = _SIZES[single]
            start, at = at, at + max(length, 1 if kind & _MANY else 0)
        else:
            raise ValueError(single)
        if start + length > len(data):
            raise ValueError(length)
        first = data[start : start + length] if place == 0 else first
    return first, at


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
