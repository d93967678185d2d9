"""By what time the company counts: its zone and the opening hours of its default calendar."""

from __future__ import annotations

import hashlib
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from careline.domain.calendars.queries import default_calendar
from careline.domain.calendars.rules.schedule import schedule_of
from careline.domain.company.queries import company
from careline.domain.reports.rules.cases import House


def house_now() -> tuple[House, str]:
    """The house and its sign, which is another one as soon as its zone or its hours are."""
    founded = company()
    zone = founded.time_zone if founded and founded.time_zone else "UTC"
    found = default_calendar()
    hours = repr(found.hours) if found else ""
    sign = hashlib.sha256(f"{zone} {hours}".encode()).hexdigest()[:32]
    return House(zone_of(zone), schedule_of(found.hours) if found else None), sign


def zone_of(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
