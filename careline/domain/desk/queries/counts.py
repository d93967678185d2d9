"""How many cases each view holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.rules import Filter
from careline.domain.staff.rules import Person
from careline.kit import db

MOST_COUNTED = 1000
"""A count above this shows as 999+."""


def counts_of(views: dict[str, Filter], person: Person, *, at: datetime) -> dict[str, int]:
    """How many cases each view holds for this person, up to MOST_COUNTED each, in one round trip."""
    if not views:
        return {}
    parts: list[str] = []
    params: dict[str, Any] = {}
    for n, (code, wanted) in enumerate(views.items()):
        where, own = conditions_of(wanted, person, at=at)
        for name in own:
            where = where.replace(f"%({name})s", f"%({name}_{n})s")
        params |= {f"{name}_{n}": held for name, held in own.items()}
        params[f"code_{n}"] = code
        parts.append(
            f"SELECT %(code_{n})s AS code, count(*) AS n FROM (SELECT FROM conversations_conversation c WHERE {where} LIMIT {MOST_COUNTED}) v{n}"
        )
    return {row.code: row.n for row in db.rows(" UNION ALL ".join(parts), params)}
