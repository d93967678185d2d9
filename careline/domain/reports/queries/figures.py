"""Sums of measures over a period: of the kept days where these can answer, else of the facts themselves. Both say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from careline.domain.reports.queries.reach import filters_of, is_summed, reaches_all, seen_by
from careline.domain.reports.rules.asking import Asked
from careline.domain.reports.rules.measures import COLUMNS, MEASURES, NONE, Measure
from careline.domain.reports.rules.sums import Sum
from careline.domain.staff.rules import Person
from careline.kit import db

Sums = dict[tuple[str, str], Sum]
"""By key (empty where nothing was split) and measure."""
Days = dict[tuple[date, str, str], Sum]
"""By day, key and measure."""

_KEPT = """
SELECT {shown} AS day, CASE WHEN %(is_split)s THEN d.key ELSE '' END AS key, d.measure,
    sum(d.n)::bigint AS n, sum(d.total)::bigint AS total, sum(d.business)::bigint AS business
FROM fact_day d
WHERE d.dim = %(dim)s AND d.measure = ANY(%(measures)s) AND d.day BETWEEN %(since)s AND %(until)s
    AND (%(key)s::text IS NULL OR d.key = %(key)s) GROUP BY 1, 2, 3
"""
_FACTS = """
SELECT {shown} AS day, {key} AS key, {sums} FROM case_fact f {unnested}
WHERE f.{day} BETWEEN %(since)s AND %(until)s AND {filters} AND {seen} {restricted} GROUP BY 1, 2
"""
_FLOW = """
SELECT greatest(u.day, %(floor)s) AS day, {key} AS key, count(*) AS n, sum(CASE WHEN u.place %% 2 = 1 THEN 1 ELSE -1 END) AS total
FROM case_fact f {unnested} CROSS JOIN LATERAL unnest(f.span_days) WITH ORDINALITY AS u (day, place)
WHERE (f.resolved_on >= %(since)s OR f.resolved_on IS NULL) AND u.day <= %(until)s AND {filters} AND {seen} {restricted} GROUP BY 1, 2
"""
_KEPT_FLOW = """
SELECT greatest(d.day, %(floor)s) AS day, CASE WHEN %(is_split)s THEN d.key ELSE '' END AS key, sum(d.n) AS n, sum(d.total) AS total FROM fact_day d
WHERE d.dim = %(dim)s AND d.measure = 'flow' AND d.day <= %(until)s AND (%(key)s::text IS NULL OR d.key = %(key)s) GROUP BY 1, 2
"""


_WHOLE = "%(since)s::date"
"""In place of a day: the whole period is one."""


def days_of(person: Person, asked: Asked, measures: Sequence[str], *, dim: str = "", whole: bool = False) -> Days:
    """Each day (`whole`: all of them as one), each value of the dimension, each measure; what is not there has nothing."""
    found: Days = {}
    for row in _rows(person, asked, [MEASURES[key] for key in measures], dim, whole):
        cell = row[:3]
        found[cell] = found.get(cell, Sum()) + Sum(*row[3:])
    return found


def sums_of(person: Person, asked: Asked, measures: Sequence[str], *, dim: str = "") -> Sums:
    """Over the whole period."""
    return totals(days_of(person, asked, measures, dim=dim, whole=True))


def totals(days: Days, *, since: date | None = None, until: date | None = None) -> Sums:
    """Of those days that lie between two, both included."""
    found: Sums = {}
    for (day, key, measure), part in days.items():
        if (since is None or day >= since) and (until is None or day <= until):
            found[key, measure] = found.get((key, measure), Sum()) + part
    return found


def backlog_of(person: Person, asked: Asked, *, dim: str = "") -> dict[tuple[date, str], int]:
    """How many cases were open or waiting at the end of each day."""
    changes: dict[str, dict[date, int]] = {}
    for row in _flow_rows(person, asked, dim):
        of_key = changes.setdefault(row.key, {})
        of_key[row.day] = of_key.get(row.day, 0) + int(row.total)
    found = {}
    for key, of_key in changes.items():
        stand = 0
        for day in asked.every_day:
            stand += of_key.get(day, 0)
            found[day, key] = stand
    return found


def _rows(
    person: Person, asked: Asked, measures: Sequence[Measure], dim: str, whole: bool
) -> Iterable[tuple[Any, ...]]:
    if not (reaches_all(person) and is_summed(asked, dim)):
        yield from _of_facts(person, asked, measures, dim, whole)
        return
    said = _KEPT.format(shown=_WHOLE if whole else "d.day")
    yield from db.rows(said, _kept_params(asked, dim) | {"measures": [measure.key for measure in measures]})
    yield from _of_facts(person, asked, measures, dim, whole, restricted="AND f.is_restricted")


def _of_facts(
    person: Person, asked: Asked, measures: Sequence[Measure], dim: str, whole: bool, *, restricted: str = ""
) -> Iterable[tuple[Any, ...]]:
    """One statement for each kind of day the measures go by."""
    by_day = sorted(measures, key=lambda measure: measure.day)
    for day, of_day in groupby(by_day, key=lambda measure: measure.day):
        wanted = list(of_day)
        parts, params = _parts(person, asked, dim)
        said = _FACTS.format(
            day=day,
            shown=_WHOLE if whole else f"f.{day}",
            sums=", ".join(_sum_sql(measure, n) for n, measure in enumerate(wanted)),
            restricted=restricted,
            **parts,
        )
        for row in db.rows(said, params):
            for n, measure in enumerate(wanted):
                if count := row[2 + 3 * n]:
                    yield row.day, row.key, measure.key, count, int(row[3 + 3 * n]), int(row[4 + 3 * n])


def _flow_rows(person: Person, asked: Asked, dim: str) -> list[Any]:
    parts, params = _parts(person, asked, dim)
    params["floor"] = asked.since
    if not (reaches_all(person) and is_summed(asked, dim)):
        said = _FLOW.format(restricted="", **parts)
        return db.rows(said, params)
    kept = db.rows(_KEPT_FLOW, _kept_params(asked, dim) | {"floor": asked.since})
    said = _FLOW.format(restricted="AND f.is_restricted", **parts)
    return kept + db.rows(said, params)


def _kept_params(asked: Asked, dim: str) -> dict[str, Any]:
    """Where one dimension is asked for, it is looked up under its key; else all of it, or the sum of all cases."""
    only = next(iter(asked.only.items()), None)
    return {
        "dim": dim or (only[0] if only else ""), "key": only[1] if only else None, "is_split": bool(dim), "since": asked.since,
        "until": asked.until,
    }  # fmt: skip


def _parts(person: Person, asked: Asked, dim: str) -> tuple[dict[str, str], dict[str, Any]]:
    seen, params = seen_by(person)
    filters, more = filters_of(asked)
    key, unnested = key_sql(dim)
    parts = {"key": key, "unnested": unnested, "filters": filters, "seen": seen}
    return parts, params | more | {"since": asked.since, "until": asked.until}


def key_sql(dim: str) -> tuple[str, str]:
    """What a row is split by, as text; a case with several products stands under each."""
    if not dim:
        return "''", ""
    if dim == "product":
        unnested = "CROSS JOIN LATERAL unnest(CASE WHEN f.product_ids = '{}' THEN ARRAY[NULL::bigint] ELSE f.product_ids END) AS p (id)"
        return f"coalesce(p.id::text, '{NONE}')", unnested
    return f"coalesce(nullif(f.{COLUMNS[dim]}::text, ''), '{NONE}')", ""


def _sum_sql(measure: Measure, place: int) -> str:
    """n, total and business of one measure."""
    n = total = "count(*)"
    if measure.value:
        total = f"coalesce(sum(f.{measure.value}), 0)"
        n = f"coalesce(sum(f.{measure.weight}), 0)" if measure.weight else f"count(f.{measure.value})"
    business = f"coalesce(sum(f.{measure.business}), 0)" if measure.business else "0"
    return f"{n} AS n{place}, {total} AS t{place}, {business} AS b{place}"
