"""Which cases a change to many is for: those that a filter holds for this person, by number."""

from __future__ import annotations

from datetime import datetime

from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.rules import Filter
from careline.domain.staff.rules import Person
from careline.kit import db


def numbers_of(wanted: Filter, person: Person, *, at: datetime, limit: int) -> list[int]:
    """The numbers of the cases, the newest first."""
    where, params = conditions_of(wanted, person, at=at)
    found = db.rows(
        f"SELECT c.number FROM conversations_conversation c WHERE {where} ORDER BY c.number DESC LIMIT %(limit)s",
        params | {"limit": limit},
    )
    return [row.number for row in found]
