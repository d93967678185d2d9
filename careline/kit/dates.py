"""Days in words, as readers of a language write them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import UnknownLocaleError
from babel.dates import format_date


def day_words(moment: datetime, *, zone: str, language: str | None) -> str:
    """The day of a moment in that zone: 23 November 2026."""
    try:
        there = ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        there = ZoneInfo("UTC")
    return _written(moment.astimezone(there).toordinal(), language or "en")


@lru_cache(maxsize=2048)
def _written(day: int, language: str) -> str:
    date = datetime.fromordinal(day)
    try:
        return format_date(date, "long", locale=language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return format_date(date, "long", locale="en")
