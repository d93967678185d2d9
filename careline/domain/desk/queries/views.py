"""Which views a person has: the default ones, and saved ones that are theirs, their teams' or everybody's."""

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


def saved_view(person: Person, key: int) -> Any | None:
    """One saved view, if it is theirs to see."""
    return next((view for view in saved_views(person) if view.id == key), None)
