"""How far the facts are behind what happened."""

from __future__ import annotations

from careline.domain.reports.queries.house import house_now
from careline.domain.reports.rules.facts import VERSION
from careline.kit import db


def counting_now() -> int:
    """How many cases are still to be counted anew, all of them or those that moved just now."""
    found = db.row(
        """SELECT (SELECT count(*) FROM (SELECT FROM fact_due LIMIT 10000) d) AS marked,
               (SELECT count(*) FROM (SELECT FROM conversations_conversation c, fact_state s WHERE s.after IS NOT NULL AND c.id > s.after
                   LIMIT 1000000) c) AS waiting"""
    )
    return int(found.marked + found.waiting) if found else 0


def is_counted() -> bool:
    """Whether every case that moved is counted, by the rules, the zone and the opening hours that hold now."""
    found = db.row("SELECT version, zone, after, EXISTS (SELECT FROM fact_due) AS is_marked FROM fact_state WHERE one")
    if found is None or found.is_marked or found.after is not None:
        return False
    return (found.version, found.zone) == (VERSION, house_now()[1])
