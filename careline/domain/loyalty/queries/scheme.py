"""What the company set for referrals and offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.kit import db


@dataclass(frozen=True, slots=True)
class Scheme:
    """As models/scheme.py says; these are what holds before anybody set anything."""

    refers: bool = False
    currency: str = ""
    referrer_gets: int = 0
    referred_gets: int = 0
    most_referrals: int = 12
    offers: bool = True
    least_count: int = 5
    least_percent: int = 10
    pairs_at: datetime | None = None
    buyers: int = 0


_COLUMNS = "refers, currency, referrer_gets, referred_gets, most_referrals, offers, least_count, least_percent, pairs_at, buyers"


def scheme() -> Scheme:
    row: Any = db.row(f"SELECT {_COLUMNS} FROM loyalty_scheme")
    return Scheme(*row) if row is not None else Scheme()


def due() -> Any:
    """tiers_due_at and pairs_due_at; None where nothing was ever due."""
    return db.row("SELECT tiers_due_at, pairs_due_at FROM loyalty_scheme")


def earliest_loyalty() -> datetime | None:
    """When something is to be counted, as the test clock asks."""
    return db.value("SELECT least(tiers_due_at, pairs_due_at) FROM loyalty_scheme")
