"""One colour somebody likes, made readable: on light and dark ground, as ground for words, by the contrast of WCAG 2.2."""

from __future__ import annotations

import re
from dataclasses import dataclass

WHITE, BLACK = "#ffffff", "#000000"
LIGHT_GROUND, DARK_GROUND = "#f0f0ed", "#24262d"
ENOUGH = 4.5
"""The least contrast of words with their ground (WCAG 2.2, 1.4.3)."""
_HEX = re.compile(r"#[0-9a-f]{6}")
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Shades:
    """`on_light`, `on_dark`: for words and lines on such ground; `fill` is a ground of its own, `on_fill` the words upon it: on every colour
    white or black can be read."""

    on_light: str
    on_dark: str
    fill: str
    on_fill: str


def is_colour(words: str) -> bool:
    """Six hexadecimal digits after a #, in small letters."""
    return bool(_HEX.fullmatch(words))


def shades_of(colour: str) -> Shades:
    """`colour` as #rrggbb; the nearest shades of it that can be read."""
    on_fill = WHITE if contrast(colour, WHITE) >= ENOUGH else BLACK
    return Shades(
        _toward(colour, BLACK, against=LIGHT_GROUND), _toward(colour, WHITE, against=DARK_GROUND), colour, on_fill
    )


def contrast(one: str, other: str) -> float:
    """Between 1 and 21, as WCAG 2.2 defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _toward(colour: str, end: str, *, against: str) -> str:
    """The first mixture with `end` that can be read on the ground."""
    for step in range(_STEPS + 1):
        mixed = _mixed(colour, end, step / _STEPS)
        if contrast(mixed, against) >= ENOUGH:
            return mixed
    return end


def _mixed(one: str, other: str, share: float) -> str:
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(_parts(one), _parts(other), strict=True))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
