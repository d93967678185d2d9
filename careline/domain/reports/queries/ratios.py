"""What cases are held against: orders placed, searches made."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from careline.domain.reports.queries.house import house_now
from careline.domain.reports.rules.asking import Asked
from careline.kit import db


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


def moments_of(asked: Asked) -> tuple[datetime, datetime]:
    """When its first day begins, and when its last one is over, by the company's clock."""
    zone = house_now()[0].zone
    return (
        datetime.combine(asked.since, time(), zone).astimezone(UTC),
        datetime.combine(asked.until + timedelta(days=1), time(), zone).astimezone(UTC),
    )
