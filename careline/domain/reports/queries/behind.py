"""The exact cases behind a number of a report: which, and how many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from careline.domain.reports.queries.reach import filters_of, seen_by
from careline.domain.reports.rules.asking import Asked, BadQuestion
from careline.domain.reports.rules.measures import MEASURES
from careline.domain.staff.rules import Person
from careline.kit import db

BACKLOG = "backlog"
_OPEN_THEN = """f.opened_on <= %(until)s AND (f.resolved_on > %(until)s OR f.resolved_on IS NULL)
    AND (SELECT count(*) FROM unnest(f.span_days) AS s (day) WHERE s.day <= %(until)s) %% 2 = 1"""


@dataclass(frozen=True, slots=True)
class Number:
    """Which number is meant: a measure, and of a share the cases where it is (`value` 1) or is not so (0)."""

    measure: str
    value: int | None = None

    def __post_init__(self) -> None:
        if self.measure != BACKLOG and self.measure not in MEASURES:
            raise BadQuestion("measure", f"There is no such measure: {self.measure}.")


def numbers_behind(
    person: Person, asked: Asked, number: Number, *, before: int | None = None, limit: int = 50
) -> list[int]:
    """Numbers of cases, the newest first. `before`: the last one seen."""
    where, params = _where(person, asked, number)
    return [row.number for row in db.rows(
        f"""SELECT f.number FROM case_fact f WHERE {where} AND (%(before)s::bigint IS NULL OR f.number < %(before)s)
            ORDER BY f.number DESC LIMIT %(limit)s""",
        params | {"before": before, "limit": limit},
    )]  # fmt: skip


def count_behind(person: Person, asked: Asked, number: Number) -> int:
    where, params = _where(person, asked, number)
    return int(db.value(f"SELECT count(*) FROM case_fact f WHERE {where}", params))


def ages_of(person: Person, asked: Asked, *, today: date) -> dict[str, int]:
    """How long the cases of today's backlog have been there: by upper bound of days, `more` beyond the last."""
    where, params = _where(person, asked, Number(BACKLOG))
    found = db.row(
        f"""SELECT count(*) FILTER (WHERE age <= 1) AS d1, count(*) FILTER (WHERE age BETWEEN 2 AND 3) AS d3,
                count(*) FILTER (WHERE age BETWEEN 4 AND 7) AS d7, count(*) FILTER (WHERE age BETWEEN 8 AND 30) AS d30,
                count(*) FILTER (WHERE age > 30) AS more
            FROM (SELECT %(today)s::date - f.opened_on AS age FROM case_fact f WHERE {where}) AS a""",
        params | {"today": today},
    )
    return dict(zip(("1", "3", "7", "30", "more"), found or (0,) * 5, strict=True))


def _where(person: Person, asked: Asked, number: Number) -> tuple[str, dict[str, Any]]:
    seen, params = seen_by(person)
    filters, more = filters_of(asked)
    params |= more | {"since": asked.since, "until": asked.until}
    if number.measure == BACKLOG:
        return f"{_OPEN_THEN} AND {filters} AND {seen}", params
    measure = MEASURES[number.measure]
    parts = [f"f.{measure.day} BETWEEN %(since)s AND %(until)s", filters, seen]
    if measure.value:
        parts.append(f"f.{measure.value} IS NOT NULL" if number.value is None else f"f.{measure.value} = %(value)s")
        params["value"] = number.value
    return " AND ".join(parts), params
