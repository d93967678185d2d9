"""Days as a query says them: 2026-11-22, 2026-11, 2026, 22.11.2026, today, yesterday, 7d, 3w, 2m, 1y."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_POINTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_AGO = re.compile(r"(\d{1,4})\s*([hdwmy])")
_HOURS = {"h": 1, "d": 24, "w": 168, "m": 24 * 30, "y": 24 * 365}


def span_of(words: str, *, at: datetime, zone: tzinfo = UTC) -> tuple[datetime, datetime] | None:
    """[from, to) of the day, month or year; of "7d" from seven days ago to now. None for what is no date."""
    words = words.strip().lower()
    today = at.astimezone(zone).date()
    if words in ("today", "yesterday"):
        return _days(today - timedelta(days=words == "yesterday"), 1, zone)
    if ago := _AGO.fullmatch(words):
        return at - timedelta(hours=int(ago[1]) * _HOURS[ago[2]]), at
    try:
        if points := _POINTS.fullmatch(words):
            return _days(date(int(points[3]), int(points[2]), int(points[1])), 1, zone)
        if iso := _ISO.fullmatch(words):
            return _iso(iso, zone)
    except (ValueError, OverflowError):
        pass
    return None


def _iso(said: re.Match[str], zone: tzinfo) -> tuple[datetime, datetime]:
    year, month = int(said[1]), int(said[2] or 1)
    first = date(year, month, int(said[3] or 1))
    if said[3]:
        return _days(first, 1, zone)
    last = date(year + 1, 1, 1) if not said[2] else date(year + month // 12, month % 12 + 1, 1)
    return _days(first, (last - first).days, zone)


def _days(first: date, count: int, zone: tzinfo) -> tuple[datetime, datetime]:
    begins = datetime(first.year, first.month, first.day, tzinfo=zone)
    after = first + timedelta(days=count)
    return begins.astimezone(UTC), datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC)
