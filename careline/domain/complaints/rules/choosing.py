"""Which rule set a complaint falls under: the narrowest of those in force that fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a rule set. None and "": any."""

    id: int
    code: str
    valid_from: datetime
    is_off: bool = False
    brand: int | None = None
    product: int | None = None
    country: str = ""


def chosen(
    versions: Iterable[Version], *, brand: int | None, product: int | None, country: str, at: datetime
) -> Version | None:
    """A product weighs more than a country, a country more than a brand; among equals the one that holds longest."""
    fitting = [
        one
        for one in in_force(versions, at=at)
        if one.brand in (None, brand) and one.product in (None, product) and one.country in ("", country.upper())
    ]
    return max(fitting, key=lambda one: (*_width(one), -one.valid_from.timestamp(), -one.id), default=None)


def in_force(versions: Iterable[Version], *, at: datetime) -> list[Version]:
    """Of each code the latest that holds by then; none of those that were switched off."""
    latest: dict[str, Version] = {}
    for one in sorted(versions, key=lambda one: (one.valid_from, one.id)):
        if one.valid_from <= at:
            latest[one.code] = one
    return [one for one in latest.values() if not one.is_off]


def _width(one: Version) -> tuple[bool, bool, bool]:
    return one.product is not None, one.country != "", one.brand is not None
