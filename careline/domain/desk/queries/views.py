"""Which saved views a person has: their own, their teams' and everybody's. Those that all have stand in rules.py."""

from __future__ import annotations

from typing import Any

from careline.domain.staff.rules import Person
from careline.kit import db


def saved_views(person: Person) -> list[Any]:
    """Saved views by position: id, name, code, filter, sort."""
    return db.rows(
        """SELECT id, name, code, filter, sort FROM desk_view
           WHERE owner_id = %(me)s OR team_id = ANY(%(teams)s) OR (owner_id IS NULL AND team_id IS NULL) ORDER BY position, id""",
        {"me": person.id, "teams": list(person.team_ids)},
    )
