"""Whose install this is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.company.models import WORKER, Brand, Company, Heartbeat
from careline.kit import db
from careline.kit.telephone import region_of


def company() -> Company | None:
    return Company.objects.first()


def default_brand() -> Brand:
    """The brand of whatever has none of its own; made with the company."""
    return Brand.objects.get(is_default=True)


def languages() -> tuple[str, ...]:
    """The languages the company answers in, the first one the default."""
    return tuple(db.value("SELECT languages FROM company ORDER BY id LIMIT 1", prepared=True) or ("en",))


def home_region() -> str:
    """The country that the company lies in by its time zone, as two letters: numbers without a country's code are called there."""
    found = company()
    return region_of(found.time_zone) if found else ""


def last_beat() -> datetime | None:
    """When the worker last said that it lives."""
    return Heartbeat.objects.filter(part=WORKER).values_list("at", flat=True).first()


@dataclass(frozen=True, slots=True)
class Site:
    """A brand as customers meet it. `domain` is empty where it is reached by the install's own address only; `logo` is a digest."""

    brand: int
    name: str
    domain: str
    accent: str
    languages: tuple[str, ...]
    logo: str
    logo_type: str
    is_default: bool
    time_zone: str


def site_at(host: str) -> Site | None:
    """The brand whose domain this is (without port), else the default one; None before a company was founded."""
    found = db.row(
        f"{_SITES} WHERE b.is_default OR (b.domain <> '' AND b.domain = %s) ORDER BY b.is_default LIMIT 1",
        [host.lower()],
    )
    return _site(found) if found else None


def site_of(brand: int) -> Site | None:
    found = db.row(f"{_SITES} WHERE b.id = %s", [brand])
    return _site(found) if found else None


def sites() -> list[Site]:
    """Every brand, the default one first, then by name."""
    return [_site(row) for row in db.rows(f"{_SITES} ORDER BY b.is_default DESC, lower(b.name), b.id")]


def domains() -> tuple[str, ...]:
    """The names that brands are reached by."""
    return tuple(row.domain for row in db.rows("SELECT domain FROM company_brand WHERE domain <> '' ORDER BY domain"))


_SITES = """
SELECT b.id, coalesce(nullif(b.public_name, ''), b.name) AS name, b.domain, b.accent, b.is_default, b.logo_id, b.logo_type,
    CASE WHEN jsonb_array_length(b.languages) > 0 THEN b.languages ELSE coalesce(c.languages, '[]') END AS languages,
    coalesce(c.time_zone, 'UTC') AS time_zone
FROM company_brand b LEFT JOIN company c ON true"""


def _site(row: Any) -> Site:
    return Site(
        row.id,
        row.name,
        row.domain,
        row.accent,
        tuple(row.languages) or ("en",),
        row.logo_id or "",
        row.logo_type,
        row.is_default,
        row.time_zone,
    )


def setting(name: str) -> Any:
    """What the company chose under this name; None where it chose nothing."""
    return db.value("SELECT settings -> %s FROM company LIMIT 1", [name])
