"""The exact cases behind a number of a report: which, and how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careline.domain.reports.queries.reach import filters_of, seen_by
from careline.domain.reports.rules.asking import Asked, BadQuestion
from careline.domain.reports.rules.measures import MEASURES
from careline.domain.staff.rules import Person
from careline.kit import db

BACKLOG, UNWRITTEN, AT_WORK = "backlog", "unwritten", "at_work"
"""Numbers that are no measure: open at the end of the period; resolved in it without an article; worked on in it (`value`: by whom)."""
AGES = {"1": (0, 1), "3": (2, 3), "7": (4, 7), "30": (8, 30), "more": (31, 1_000_000)}
"""How many days an open case has been there: first and last, by a code."""
_OPEN_THEN = """f.opened_on <= %(until)s AND (f.resolved_on > %(until)s OR f.resolved_on IS NULL)
    AND (SELECT count(*) FROM unnest(f.span_days) AS s (day) WHERE s.day <= %(until)s) %% 2 = 1"""
_UNWRITTEN = "NOT EXISTS (SELECT FROM knowledge_articleincase a WHERE a.conversation_id = f.conversation_id)"

_AT_WORK = """EXISTS (SELECT FROM case_effort e WHERE e.conversation_id = f.conversation_id AND e.day BETWEEN %(since)s AND %(until)s
    AND (%(value)s::bigint IS NULL OR e.agent_id = %(value)s))"""


@dataclass(frozen=True, slots=True)
class Number:
    """Which number is meant: a measure, and of a share the cases where it is (`value` 1) or is not so (0); of the backlog an age."""

    measure: str
    value: int | None = None
    age: str = ""

    def __post_init__(self) -> None:
        if self.age and (self.age not in AGES or self.measure != BACKLOG):
            raise BadQuestion("age", f"There is no such age: {self.age}.")
        if self.measure not in (BACKLOG, UNWRITTEN, AT_WORK) and self.measure not in MEASURES:
            raise BadQuestion("measure", f"There is no such measure: {self.measure}.")


def numbers_behind(
    person: Person, asked: Asked, number: Number, *, before: int | None = None, limit: int = 50
) -> list[int]:
    """Numbers of cases, the newest first. `before`: the last one seen."""
    where, params = condition_of(person, asked, number)
    return [row.number for row in db.rows(
        f"""SELECT f.number FROM case_fact f WHERE {where} AND (%(before)s::bigint IS NULL OR f.number < %(before)s)
            ORDER BY f.number DESC LIMIT %(limit)s""",
        params | {"before": before, "limit": limit},
    )]  # fmt: skip


def count_behind(person: Person, asked: Asked, number: Number) -> int:
    where, params = condition_of(person, asked, number)
    return int(db.value(f"SELECT count(*) FROM case_fact f WHERE {where}", params))


def ages_of(person: Person, asked: Asked) -> dict[str, int]:
    """How long what was open at the end of the period had been there, by AGES."""
    where, params = condition_of(person, asked, Number(BACKLOG))
    found = db.rows(
        f"SELECT %(until)s::date - f.opened_on AS age, count(*) AS n FROM case_fact f WHERE {where} GROUP BY 1", params
    )
    return {code: sum(row.n for row in found if first <= row.age <= last) for code, (first, last) in AGES.items()}


def condition_of(person: Person, asked: Asked, number: Number) -> tuple[str, dict[str, Any]]:
    """As SQL over `case_fact f`, with its parameters."""
    seen, params = seen_by(person)
    filters, more = filters_of(asked)
    params |= more | {"since": asked.since, "until": asked.until}
    if number.measure == BACKLOG:
        first, last = AGES.get(number.age, (0, 1_000_000))
        params |= {"first": first, "last": last}
        return (
            f"{_OPEN_THEN} AND %(until)s::date - f.opened_on BETWEEN %(first)s AND %(last)s AND {filters} AND {seen}",
            params,
        )
    if number.measure == UNWRITTEN:
        return f"f.resolved_on BETWEEN %(since)s AND %(until)s AND {_UNWRITTEN} AND {filters} AND {seen}", params
    if number.measure == AT_WORK:
        return f"{_AT_WORK} AND {filters} AND {seen}", params | {"value": number.value}
    measure = MEASURES[number.measure]
    parts = [f"f.{measure.day} BETWEEN %(since)s AND %(until)s", filters, seen]
    if measure.value:
        parts.append(f"f.{measure.value} IS NOT NULL" if number.value is None else f"f.{measure.value} = %(value)s")
        params["value"] = number.value
    return " AND ".join(parts), params
