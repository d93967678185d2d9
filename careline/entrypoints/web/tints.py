"""One colour per person or tag, on every screen. Colours are classes: our pages allow no style attributes."""

from zlib import crc32

TINTS = 8


def tint(name: object) -> str:
    """A class name, `tint-0` … `tint-7`, that depends on the name alone."""
    return f"tint-{crc32(str(name or '').encode()) % TINTS}"
