"""The rows of cases that have changed, as far as a view still holds them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.desk.queries import lists
from careline.domain.desk.queries.conditions import conditions_of
from careline.domain.desk.rules import Filter
from careline.domain.staff.rules import Person
from careline.kit import db


def rows_among(numbers: list[int], wanted: Filter, person: Person, *, at: datetime) -> list[Any]:
    """Those of the numbered cases that the view holds for this person, by number, as rows of a list."""
    where, params = conditions_of(wanted, person, at=at)
    statement = lists._ROWS.format(where=f"{where} AND c.number = ANY(%(numbers)s)", order="c.number")
    return db.rows(statement, params | {"numbers": numbers, "limit": len(numbers)})
