"""The clock on the wall of a place, as moments: exact where it jumps forward, back, or over a whole day.

A wall time stands for the first moment at which the clock shows that time or a later one. So a time that the clock
jumps over is the moment of the jump, and a time that it shows twice is the first of the two.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from careline.domain.calendars.rules.hours import BadHours

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_WALL = datetime(1970, 1, 1)  # noqa: DTZ001  a wall time has no zone
_SECOND = timedelta(seconds=1)
# Names that mean another thing on another machine, or nothing.
_NO_PLACES = {"localtime", "Factory", "posixrules"}


class NoSuchZone(BadHours):
    """The name stands in no list of time zones."""

    def __init__(self, name: str) -> None:
        super().__init__(
            "time_zone", f"There is no time zone “{name[:60]}”; give a name of the IANA list, as in Europe/Berlin."
        )


def zone_of(name: str) -> ZoneInfo:
    """The zone of that name. Raises NoSuchZone."""
    if name not in _names():
        raise NoSuchZone(name)
    return ZoneInfo(name)


def first_shown(zone: ZoneInfo, wall: datetime) -> int:
    """Seconds since 1970 of the first moment at which the clock there shows `wall` (without zone) or later."""
    as_if_utc = (wall - _EPOCH_WALL) // _SECOND
    local = wall.replace(tzinfo=zone)
    before, after = _offset(local), _offset(local.replace(fold=1))
    if before >= after:
        return as_if_utc - before
    return _jump(zone, as_if_utc - after, as_if_utc - before)


def shown_up_to(zone: ZoneInfo, second: int) -> datetime:
    """The latest wall time that the clock there has shown by then: in an hour shown twice, its end."""
    local = (EPOCH + timedelta(seconds=second)).astimezone(zone)
    if not local.fold:
        return local.replace(tzinfo=None)
    before, after = _offset(local.replace(fold=0)), _offset(local)
    jump = _jump(zone, second - (before - after), second)
    return _EPOCH_WALL + timedelta(seconds=jump + before)


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones() - _NO_PLACES)


def _jump(zone: ZoneInfo, earlier: int, later: int) -> int:
    """The first second of the new offset, where the offset changes once after `earlier` and not after `later`."""
    old = _offset_at(zone, earlier)
    while later - earlier > 1:
        middle = (earlier + later) // 2
        if _offset_at(zone, middle) == old:
            earlier = middle
        else:
            later = middle
    return later


def _offset_at(zone: ZoneInfo, second: int) -> int:
    return _offset((EPOCH + timedelta(seconds=second)).astimezone(zone))


def _offset(local: datetime) -> int:
    """Seconds; zones had offsets with odd seconds until 1972 (Africa/Monrovia)."""
    offset = local.utcoffset()
    assert offset is not None, "a local time has a zone"
    return offset // _SECOND
