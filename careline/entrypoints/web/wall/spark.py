"""What came and went in the last hour as a small picture, drawn here: a line each, on one scale."""

from __future__ import annotations

from functools import lru_cache

WIDTH, HEIGHT, MARGIN = 96, 24, 2


@lru_cache(maxsize=2_000)
def line_of(counts: tuple[int, ...], *, most: int) -> str:
    """The points of a polyline in a box of WIDTH by HEIGHT; a flat line at the bottom where nothing happened."""
    step = (WIDTH - 2 * MARGIN) / max(1, len(counts) - 1)
    room = HEIGHT - 2 * MARGIN
    return " ".join(
        f"{MARGIN + place * step:.1f},{HEIGHT - MARGIN - room * count / max(1, most):.1f}"
        for place, count in enumerate(counts)
    )
