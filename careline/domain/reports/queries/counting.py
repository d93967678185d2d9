"""How far the facts are behind what happened."""

from __future__ import annotations

from careline.kit import db


def counting_now() -> int:
    """How many cases are still to be counted anew, all of them or those that moved just now."""
    found = db.row(
        """SELECT (SELECT count(*) FROM (SELECT FROM fact_due LIMIT 10000) d) AS marked,
               (SELECT count(*) FROM (SELECT FROM conversations_conversation c, fact_state s WHERE s.after IS NOT NULL AND c.id > s.after
                   LIMIT 1000000) c) AS waiting"""
    )
    return int(found.marked + found.waiting) if found else 0
