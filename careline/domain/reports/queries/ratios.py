"""What cases are held against: orders placed, searches made, what an hour costs."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from careline.domain.company.queries import setting
from careline.domain.reports.queries.house import house_now
from careline.domain.reports.rules.asking import Asked
from careline.kit import db

COST_SETTING = "cost_of_hour"
"""{"amount": minor units, "currency"}: what an hour of work costs."""


def orders_placed(asked: Asked) -> int:
    """In the company's days."""
    since, until = moments_of(asked)
    return int(db.value("SELECT count(*) FROM orders_order WHERE placed_at >= %s AND placed_at < %s", [since, until]))


def searches_made(asked: Asked) -> tuple[int, int]:
    """How many there were, and in how many the searcher said that it helped."""
    since, until = moments_of(asked)
    found = db.row(
        """SELECT count(*) AS n, count(*) FILTER (WHERE outcome = 'solved') AS solved FROM knowledge_search
           WHERE at >= %s AND at < %s""",
        [since, until],
    )
    return (int(found.n), int(found.solved)) if found else (0, 0)


def cost_of_hour() -> tuple[int, str] | None:
    """Minor units and currency."""
    said: Any = setting(COST_SETTING)
    return (int(said["amount"]), str(said["currency"])) if said else None


def moments_of(asked: Asked) -> tuple[datetime, datetime]:
    """When its first day begins, and when its last one is over, by the company's clock."""
    zone = house_now()[0].zone
    return (
        datetime.combine(asked.since, time(), zone).astimezone(UTC),
        datetime.combine(asked.until + timedelta(days=1), time(), zone).astimezone(UTC),
    )
