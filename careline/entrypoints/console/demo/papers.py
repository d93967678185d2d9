"""What people attach: small pictures and papers, drawn here, so that none of them belongs to anybody."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from functools import cache

WIDTH, HEIGHT = 240, 160
Paper = tuple[str, str, bytes]
"""Name, media type, content."""


def paper(name: str, *, order: str, chance: random.Random) -> Paper:
    """A paper of the kind that stories name."""
    return _PAPERS[name](order, chance)


def png(width: int, height: int, colour_at: Callable[[int, int], tuple[int, int, int]]) -> bytes:
    """An RGB picture (RFC 2083) of squares of two by two."""
    rows = (b"".join(bytes(colour_at(x, y)) * 2 for x in range(0, width, 2)) for y in range(0, height, 2))
    lines = b"".join((b"\0" + row) * 2 for row in rows)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 6)) + _chunk(b"IEND", b"")
    )


def pdf(lines: list[str]) -> bytes:
    """One page of plain Latin text (ISO 32000-1)."""
    shown = " ".join(f"({_escaped(line)}) Tj 0 -18 Td" for line in lines)
    stream = f"BT /F1 12 Tf 60 780 Td {shown} ET".encode("latin-1", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    return bytes(out)


def _photo(order: str, chance: random.Random) -> Paper:
    return f"IMG_{chance.randint(1000, 9999)}.png", "image/png", _picture(chance.randint(1, 5))


@cache
def _picture(number: int) -> bytes:
    """Two wheels and a frame on a wall of some colour: nobody sees the crack, as on real pictures."""
    chance = random.Random(number)  # noqa: S311  no secret
    wall, paint = ([chance.randint(low, low + 90) for _ in range(3)] for low in (140, 40))
    left, right, hub, radius = chance.randint(55, 70), chance.randint(165, 185), 105, chance.randint(30, 38)
    middle = (left + right) // 2

    def colour_at(x: int, y: int) -> tuple[int, int, int]:
        if any(radius - 3 < ((x - centre) ** 2 + (y - hub) ** 2) ** 0.5 < radius + 1 for centre in (left, right)):
            return 30, 30, 30
        is_tube = y > 50 and x < middle and abs((x - left) * (50 - hub) - (y - hub) * (middle - left)) < 260
        if is_tube or (48 < y < 54 and middle - 5 < x < right):
            return paint[0], paint[1], paint[2]
        shade = y // 8 if y > 135 else 0
        return wall[0] - shade, wall[1] - shade, wall[2] - shade

    return png(WIDTH, HEIGHT, colour_at)


def _letter(title: str, kind: str, words: tuple[str, ...]) -> Callable[[str, random.Random], Paper]:
    def made(order: str, chance: random.Random) -> Paper:
        lines = [
            "Northwind Bikes",
            "",
            f"{title} {order}",
            *words,
            "",
            f"Total: {chance.randint(12, 2400)}.{chance.choice(('00', '50', '90'))} EUR",
        ]
        return f"{kind}-{order}.pdf", "application/pdf", pdf(lines)

    return made


def _statement(order: str, chance: random.Random) -> Paper:
    amount = f"{chance.randint(20, 900)}.00"
    lines = [
        "date;payee;amount",
        f"02;NORTHWIND BIKES {order};-{amount}",
        f"02;NORTHWIND BIKES {order};-{amount}",
        "03;BAKERY;-4.20",
    ]
    return "statement.txt", "text/plain", ("\n".join(lines) + "\n").encode()


def _sheet(order: str, chance: random.Random) -> Paper:
    rows = [f"{n};{chance.choice('SML')};class {chance.randint(1, 4)}" for n in range(1, 31)]
    return "sizes.csv", "text/csv", ("no;size;class\n" + "\n".join(rows) + "\n").encode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


_PAPERS: dict[str, Callable[[str, random.Random], Paper]] = {
    "photo": _photo,
    "statement": _statement,
    "sheet": _sheet,
    "offer": _letter(
        "Offer", "offer", ("Delivered in one piece, with lights, lock and bell.", "Valid for thirty days.")
    ),
    "invoice": _letter("Invoice", "invoice", ("Corrected copy. The earlier one is cancelled by credit note.",)),
}
