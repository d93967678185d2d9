"""How much there is of what, for those who watch the installation."""

from __future__ import annotations

from careline.kit import db


def cases_by_category() -> dict[str, int]:
    """Cases that are not spam and not merged, by category."""
    found = db.rows(
        """SELECT category, count(*) AS n FROM conversations_conversation
           WHERE NOT is_spam AND merged_into_id IS NULL GROUP BY category"""
    )
    return {"open": 0, "waiting": 0, "resolved": 0} | {row.category: row.n for row in found}


def deliveries_by_state() -> dict[str, int]:
    found = db.rows("SELECT state, count(*) AS n FROM conversations_delivery GROUP BY state")
    return {row.state: row.n for row in found}
