"""Charts, drawn here as SVG: bars that are links, a line for the period before, and the same as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language

WIDTH, HEIGHT, GAP = 720, 120, 0.25
MOST_BARS = 62
"""More days than this are drawn as weeks."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One bar: the days it stands for."""

    since: date
    until: date
    count: int
    before: int


def slots_of(
    days: Sequence[date], counts: Sequence[int], before: Sequence[int], *, is_level: bool = False
) -> list[Slot]:
    """A bar a day, or a week where there are too many. `is_level`: counts stand, as a backlog does, and are not added up."""
    step = 1 if len(days) <= MOST_BARS else 7
    return [
        Slot(part[0], part[-1], _joined(counts[n : n + step], is_level), _joined(before[n : n + step], is_level))
        for n in range(0, len(days), step)
        if (part := days[n : n + step])
    ]


def chart(slots: Sequence[Slot], urls: Sequence[str]) -> dict[str, Any]:
    """`bars` with x, y, width, height, words and url; `line`: the period before, as the points of a polyline; `most`: the top."""
    most = max([1, *(slot.count for slot in slots), *(slot.before for slot in slots)])
    room = WIDTH / max(1, len(slots))
    bars = [
        {"x": round(n * room + room * GAP / 2, 1), "width": round(room * (1 - GAP), 1), "height": (high := _high(slot.count, most)),
         "y": round(HEIGHT - high, 1), "count": slot.count, "before": slot.before, "words": day_words(slot), "url": url}
        for n, (slot, url) in enumerate(zip(slots, urls, strict=True))
    ]  # fmt: skip
    line = " ".join(f"{(n + 0.5) * room:.1f},{HEIGHT - _high(slot.before, most):.1f}" for n, slot in enumerate(slots))
    return {
        "bars": bars, "line": line, "most": most, "width": WIDTH, "height": HEIGHT,
        "first": bars[0]["words"] if bars else "", "last": bars[-1]["words"] if bars else "",
    }  # fmt: skip


def day_words(slot: Slot) -> str:
    locale = (get_language() or "en").replace("-", "_")
    first = format_date(slot.since, format="d MMM", locale=locale)
    return first if slot.since == slot.until else f"{first} – {format_date(slot.until, format='d MMM', locale=locale)}"


def _joined(counts: Sequence[int], is_level: bool) -> int:
    return (counts[-1] if counts else 0) if is_level else sum(counts)


def _high(count: int, most: int) -> float:
    return round(max(0, count) / most * (HEIGHT - 4), 1)
