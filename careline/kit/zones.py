"""The time zones this machine knows, looked up once: the list is read from many files."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones


@cache
def zone_names() -> frozenset[str]:
    """IANA names, as Europe/Berlin."""
    return frozenset(available_timezones())


@cache
def zones_in_order() -> tuple[str, ...]:
    """The same, to choose from."""
    return tuple(sorted(zone_names()))
