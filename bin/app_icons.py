"""Draws the app's icons from our mark (static/web/icon.svg) into static/web/icons/: run again where the mark changes. Needs Pillow."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parents[1] / "careline" / "entrypoints" / "web" / "static" / "web" / "icons"
GROUND, LINE = "#2f55d4", "#ffffff"
FINER = 4
"""Drawn so many times larger, then made smaller: smooth edges."""


def mark(size: int, *, maskable: bool) -> Image.Image:
    """The mark on its ground; `maskable` fills the square and keeps the mark in the safe middle (80 %)."""
    large = size * FINER
    image = Image.new("RGBA", (large, large), GROUND if maskable else (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    if not maskable:
        draw.rounded_rectangle((0, 0, large - 1, large - 1), radius=large // 4, fill=GROUND)
    unit = large / (44 if maskable else 32)
    offset = (large - 24 * unit) / 2
    width = 2.2 * unit

    def place(x: float, y: float) -> tuple[float, float]:
        return offset + x * unit, offset + y * unit

    # the arc of "M19 8.5a8 8 0 1 0 0 7": around (11.81, 12), open to the right
    middle = 19 - math.sqrt(64 - 3.5**2)
    begin = math.atan2(3.5, 19 - middle)
    arc = [begin + (2 * math.pi - 2 * begin) * n / 200 for n in range(201)]
    _line(draw, [place(middle + 8 * math.cos(a), 12 + 8 * math.sin(a)) for a in arc], width)
    _line(draw, [place(*at) for at in ((8.5, 12), (11.5, 12), (13, 9), (15, 15), (16.4, 12), (21, 12))], width)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _line(draw: ImageDraw.ImageDraw, points: list[tuple[float, float]], width: float) -> None:
    draw.line(points, fill=LINE, width=round(width), joint="curve")
    for x, y in points:
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=LINE)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for size in (192, 512):
        for name, maskable in (("careline", False), ("maskable", True)):
            mark(size, maskable=maskable).quantize(64).save(FOLDER / f"{name}-{size}.png", optimize=True)
