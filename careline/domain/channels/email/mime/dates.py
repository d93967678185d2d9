"""The Date of a mail (RFC 5322 section 3.3) as a moment in UTC, or why there is none."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
LARGEST_OFFSET = 16 * 3600

_YEAR_ZERO = re.compile(r"\b0{3,4}\b(?!:)(?=\s+\d{1,2}:)")
_COMMENT = re.compile(r"\([^()]*\)")
_BLANK_COLON = re.compile(r"(?<=\d)\s*:\s*(?=\d)")
_ZONE = re.compile(r":\d{1,2}\s*(?:[+-]\d{1,4}|[A-Za-z]{1,5}\b)")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}")
_USUAL = re.compile(
    r"(?:[A-Za-z]{3}, {1,2})?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) "
    r"(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})(?: \(\w+\))?"
)
_MONTHS = dict(zip("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), range(1, 13), strict=True))  # noqa: SIM905


def read_date(value: str) -> tuple[datetime | None, str]:
    """(moment in UTC, defect). Dates nobody can have written a mail on are None."""
    if not value.strip():
        return None, ""
    found = _usual(value.strip())
    if found:
        moment, defect = found, ""
    else:
        read, defect = _lenient(value[:200])
        if read is None:
            return None, defect
        moment = read
    if not EARLIEST <= moment < LATEST:
        return None, f"The date cannot be right: {value[:60]!r}."
    return moment, defect


def _usual(value: str) -> datetime | None:
    found = _USUAL.fullmatch(value)
    month = _MONTHS.get(found.group(2)) if found else None
    if not found or not month:
        return None
    offset = int(found.group(8)) * 3600 + int(found.group(9)) * 60
    if offset > LARGEST_OFFSET:
        return None
    try:
        local = datetime(
            int(found.group(3)),
            month,
            int(found.group(1)),
            int(found.group(4)),
            int(found.group(5)),
            min(59, int(found.group(6))),
            tzinfo=UTC,
        )
        return local - timedelta(seconds=offset if found.group(7) == "+" else -offset)
    except (ValueError, OverflowError):
        return None


def _lenient(value: str) -> tuple[datetime | None, str]:
    garbage = f"The date cannot be read: {value[:60]!r}."
    if _YEAR_ZERO.search(value):
        return None, f"The date cannot be right: {value[:60]!r}."
    if iso := _ISO.search(value):
        return _iso(value[iso.start() :], garbage)
    try:
        plain = _BLANK_COLON.sub(":", _COMMENT.sub(" ", value))
        fields = parsedate_tz(plain)
        if fields is None:
            return None, garbage
        offset, defect = fields[9], ""
        if offset is None or not _ZONE.search(plain):
            offset, defect = 0, "The date names no time zone; read as UTC."
        if abs(offset) > LARGEST_OFFSET:
            offset, defect = 0, "The time zone of the date cannot be right; read as UTC."
        year, month, day, hour, minute, second = (int(number) for number in fields[:6])
        return datetime(year, month, day, hour, minute, min(59, second), tzinfo=UTC) - timedelta(seconds=offset), defect
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
        return None, garbage


def _iso(value: str, garbage: str) -> tuple[datetime | None, str]:
    try:
        moment = datetime.fromisoformat(value.strip().split(" (")[0])
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC), "The date names no time zone; read as UTC."
        return moment.astimezone(UTC), ""
    except (ValueError, OverflowError):
        return None, garbage
