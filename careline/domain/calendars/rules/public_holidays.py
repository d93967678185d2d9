"""Public holidays by country and region, from the `holidays` package, read when the first of a country is asked for."""

from __future__ import annotations

import threading
from datetime import date
from functools import lru_cache
from typing import Any

from careline.domain.calendars.rules.hours import BadHours

# The package keeps what it has worked out in a dictionary that must not grow while another thread reads it.
_reading = threading.Lock()


class NoSuchCountry(BadHours):
    """No public holidays are known under this code."""

    def __init__(self, country: str) -> None:
        super().__init__(
            "holiday_country",
            f"No public holidays are known for “{country[:60]}”; give two letters of ISO 3166-1, as in DE or US.",
        )


class NoSuchRegion(BadHours):
    """The country has no region of this code."""

    def __init__(self, country: str, region: str) -> None:
        known = regions_of(country)
        has = f"there are {', '.join(known)}" if known else "it has none"
        super().__init__("holiday_region", f"{country} has no region “{region[:60]}” with holidays of its own; {has}.")


def public_holidays(country: str, region: str, year: int) -> dict[date, str]:
    """Name by date of one year's public holidays, those moved to a working day included. Raises NoSuchCountry, NoSuchRegion."""
    return _names_by_date(country, region, year) if country else {}


def countries() -> tuple[str, ...]:
    """The codes of all countries whose public holidays are known."""
    return tuple(sorted(_regions()))


def regions_of(country: str) -> tuple[str, ...]:
    """The codes of a country's regions that have holidays of their own. Raises NoSuchCountry."""
    if country not in _regions():
        raise NoSuchCountry(country)
    return _regions()[country]


def region_names(country: str) -> dict[str, str]:
    """{code: name} of regions that have a name beside their code, in the country's own writing; the others are called as their code."""
    named = getattr(_calendar_of(country, ""), "subdivisions_aliases", None) or {}
    return {code: name for name, code in named.items()}


def check_holidays(country: str, region: str) -> None:
    """Raises NoSuchCountry, NoSuchRegion; a region without its country is nowhere."""
    if region and not country:
        raise BadHours("holiday_region", "A region needs its country.")
    if country and region and region not in regions_of(country):
        raise NoSuchRegion(country, region)
    if country:
        regions_of(country)


@lru_cache(maxsize=2048)
def _names_by_date(country: str, region: str, year: int) -> dict[date, str]:
    check_holidays(country, region)
    with _reading:
        known = _calendar_of(country, region)
        known.get(date(year, 1, 1))  # the year is worked out when one of its days is asked for
        return {day: name for day, name in known.items() if day.year == year}


@lru_cache(maxsize=256)
def _calendar_of(country: str, region: str) -> Any:
    import holidays

    return holidays.country_holidays(country, subdiv=region or None)


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[str, ...]]:
    import holidays

    listed = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(regions) for code, regions in listed.items() if len(code) == 2}
