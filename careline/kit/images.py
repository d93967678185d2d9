"""What a raster image says of itself in its first bytes: its kind and its size. No pixel is decoded."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Raster:
    """`width` and `height` in pixels."""

    media_type: str
    width: int
    height: int


def raster_of(content: bytes) -> Raster | None:
    """PNG, GIF, JPEG or WebP by the bytes, whatever was claimed; None for anything else or what is broken."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            return Raster("image/png", *struct.unpack(">II", content[16:24]))
        if content[:6] in (b"GIF87a", b"GIF89a"):
            return Raster("image/gif", *struct.unpack("<HH", content[6:10]))
        if content.startswith(b"\xff\xd8\xff"):
            return _jpeg(content)
        if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            return _webp(content)
    except (struct.error, IndexError):
        return None
    return None


def _jpeg(content: bytes) -> Raster | None:
    """ITU T.81, B.2.2: the frame header of the first start-of-frame marker."""
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker in _JPEG_SIZES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return Raster("image/jpeg", width, height)
        at += 2 if marker == 0xFF or 0xD0 <= marker <= 0xD9 else 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    return None


def _webp(content: bytes) -> Raster | None:
    """RFC 9649: the first chunk is VP8X, VP8L or VP8."""
    kind = content[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return Raster("image/webp", width, int.from_bytes(content[27:30], "little") + 1)
    if kind == b"VP8L":
        bits = struct.unpack("<I", content[21:25])[0]
        return Raster("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return Raster("image/webp", width & 0x3FFF, height & 0x3FFF)
    return None
