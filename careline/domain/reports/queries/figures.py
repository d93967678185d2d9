"""Sums of measures over a period: of the kept days where these can answer, else of the facts themselves. Both say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from careline.domain.reports.queries.reach import filters_of, is_summed, reaches_all, seen_by
from careline.domain.reports.queries.restricted import restricted_facts
from careline.domain.reports.rules.asking import Asked
from careline.domain.reports.rules.measures import COLUMNS, FLOW, MEASURES, NONE, Measure
from careline.domain.reports.rules.sums import Sum, keys_of, parts_of
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
WHERE f.{day} BETWEEN %(since)s AND %(until)s AND {filters} AND {seen} GROUP BY 1, 2
"""
_BOTH = """
SELECT x.day, x.key, GROUPING(x.day) AS is_split, x.part, {sums} FROM (
    SELECT f.*, f.{day} AS day, {key} AS key, {shown} AS part FROM case_fact f WHERE f.{day} BETWEEN %(since)s AND %(until)s AND {filters} AND {seen}
) x GROUP BY GROUPING SETS ((x.day), (x.part, x.key))
"""
_FLOW = """
SELECT greatest(u.day, %(floor)s) AS day, {key} AS key, count(*) AS n, sum(CASE WHEN u.place %% 2 = 1 THEN 1 ELSE -1 END) AS total
FROM case_fact f {unnested} CROSS JOIN LATERAL unnest(f.span_days) WITH ORDINALITY AS u (day, place)
WHERE (f.resolved_on >= %(since)s OR f.resolved_on IS NULL) AND u.day <= %(until)s AND {filters} AND {seen} GROUP BY 1, 2
"""
_KEPT_FLOW = """
SELECT greatest(d.day, %(floor)s) AS day, CASE WHEN %(is_split)s THEN d.key ELSE '' END AS key, sum(d.n) AS n, sum(d.total) AS total FROM fact_day d
WHERE d.dim = %(dim)s AND d.measure = 'flow' AND d.day <= %(until)s AND (%(key)s::text IS NULL OR d.key = %(key)s) GROUP BY 1, 2
"""


_WHOLE = "%(since)s::date"
_PARTED = "CASE WHEN {day} >= %(parted)s THEN %(parted)s::date ELSE %(since)s::date END"
"""In place of a day: the whole period is one, or two that meet on a day."""


def days_of(
    person: Person,
    asked: Asked,
    measures: Sequence[str],
    *,
    dim: str = "",
    whole: bool = False,
    parted: date | None = None,
) -> Days:
    """Each day (`whole`: all of them as one; `parted`: all before that day as one, and all from it on), each value of the dimension, each
    measure; what is not there has nothing."""
    found: Days = {}
    for row in _rows(person, asked, [MEASURES[key] for key in measures], dim, whole, parted):
        cell = row[:3]
        found[cell] = found.get(cell, Sum()) + Sum(*row[3:])
    return found


def sums_of(person: Person, asked: Asked, measures: Sequence[str], *, dim: str = "") -> Sums:
    """Over the whole period."""
    return totals(days_of(person, asked, measures, dim=dim, whole=True))


def two_periods(
    person: Person, asked: Asked, main: Sequence[str], split: Sequence[str], *, dim: str
) -> tuple[Days, Sums, Sums]:
    """`main` by day over the period and the one before; `split` by the dimension over each of the two."""
    before = asked.before()
    both = asked.with_before()
    if dim == "product" or (reaches_all(person) and is_summed(asked)):
        days, parts = days_of(person, both, main), days_of(person, both, split, dim=dim, parted=asked.since)
    else:
        days, parts = _of_facts_at_once(
            person, both, [MEASURES[key] for key in dict.fromkeys([*main, *split])], dim, asked.since
        )
    return days, totals(parts, since=asked.since), totals(parts, until=before.until)


def totals(days: Days, *, since: date | None = None, until: date | None = None) -> Sums:
    """Of those days that lie between two, both included."""
    found: dict[tuple[str, str], list[int]] = {}
    for (day, key, measure), part in days.items():
        if (since is None or day >= since) and (until is None or day <= until):
            held = found.setdefault((key, measure), [0, 0, 0])
            held[0] += part.n
            held[1] += part.total
            held[2] += part.business
    return {cell: Sum(*held) for cell, held in found.items()}


def backlog_of(person: Person, asked: Asked, *, dim: str = "") -> dict[tuple[date, str], int]:
    """How many cases were open or waiting at the end of each day."""
    changes: dict[str, dict[date, int]] = {}
    for day, key, change in _flow(person, asked, dim):
        of_key = changes.setdefault(key, {})
        of_key[day] = of_key.get(day, 0) + change
    found = {}
    for key, of_key in changes.items():
        stand = 0
        for day in asked.every_day:
            stand += of_key.get(day, 0)
            found[day, key] = stand
    return found


def _rows(
    person: Person, asked: Asked, measures: Sequence[Measure], dim: str, whole: bool, parted: date | None
) -> Iterable[tuple[Any, ...]]:
    if not (reaches_all(person) and is_summed(asked, dim)):
        yield from _of_facts(person, asked, measures, dim, whole, parted)
        return
    said = _KEPT.format(shown=_shown("d.day", whole, parted))
    params = {"measures": [measure.key for measure in measures], "parted": parted}
    yield from db.rows(said, _kept_params(asked, dim) | params)
    keys = {measure.key for measure in measures}
    for fact in restricted_facts(person, asked):
        for day, measure, part in parts_of(fact):
            if measure in keys and asked.since <= day <= asked.until:
                shown = asked.since if whole else day if parted is None else parted if day >= parted else asked.since
                for key in keys_of(fact, dim):
                    yield shown, key, measure, part.n, part.total, part.business


def _shown(day: str, whole: bool, parted: date | None) -> str:
    return _WHOLE if whole else _PARTED.format(day=day) if parted is not None else day


def _of_facts(
    person: Person, asked: Asked, measures: Sequence[Measure], dim: str, whole: bool, parted: date | None
) -> Iterable[tuple[Any, ...]]:
    """One statement for each kind of day the measures go by."""
    for day, wanted in _by_day(measures):
        parts, params = _parts(person, asked, dim)
        said = _FACTS.format(day=day, shown=_shown(f"f.{day}", whole, parted), sums=_sums_sql(wanted, "f"), **parts)
        for row in db.rows(said, params | {"parted": parted}):
            yield from _summed(row.day, row.key, row[2:], wanted)


def _of_facts_at_once(
    person: Person, asked: Asked, measures: Sequence[Measure], dim: str, parted: date
) -> tuple[Days, Days]:
    """By day, and by dimension in two parts of the period; each fact is looked at once for both."""
    days: Days = {}
    split: Days = {}
    for day, wanted in _by_day(measures):
        parts, params = _parts(person, asked, dim)
        parts.pop("unnested")
        said = _BOTH.format(day=day, shown=_shown(f"f.{day}", False, parted), sums=_sums_sql(wanted, "x"), **parts)
        for row in db.rows(said, params | {"parted": parted}):
            into = split if row.is_split else days
            for cell in _summed(
                row.part if row.is_split else row.day, row.key if row.is_split else "", row[4:], wanted
            ):
                into[cell[:3]] = Sum(*cell[3:])
    return days, split


def _by_day(measures: Sequence[Measure]) -> Iterable[tuple[str, list[Measure]]]:
    by_day = sorted(measures, key=lambda measure: measure.day)
    return [(day, list(of_day)) for day, of_day in groupby(by_day, key=lambda measure: measure.day)]


def _sums_sql(measures: Sequence[Measure], facts: str) -> str:
    return ", ".join(sum_sql(measure, n, facts) for n, measure in enumerate(measures))


def _summed(day: date, key: str, said: Sequence[Any], measures: Sequence[Measure]) -> Iterable[tuple[Any, ...]]:
    for n, measure in enumerate(measures):
        if count := said[3 * n]:
            yield day, key, measure.key, count, int(said[1 + 3 * n]), int(said[2 + 3 * n])


def _flow(person: Person, asked: Asked, dim: str) -> Iterable[tuple[date, str, int]]:
    """Day (what came before the period counts on its first), key, by how many the open cases changed."""
    if not (reaches_all(person) and is_summed(asked, dim)):
        parts, params = _parts(person, asked, dim)
        said = _FLOW.format(**parts)
        yield from ((row.day, row.key, int(row.total)) for row in db.rows(said, params | {"floor": asked.since}))
        return
    for row in db.rows(_KEPT_FLOW, _kept_params(asked, dim) | {"floor": asked.since}):
        yield row.day, row.key, int(row.total)
    for fact in restricted_facts(person, asked):
        for day, measure, part in parts_of(fact):
            if measure == FLOW and day <= asked.until:
                yield from ((max(day, asked.since), key, part.total) for key in keys_of(fact, dim))


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


def sum_sql(measure: Measure, place: int, facts: str = "f") -> str:
    """n, total and business of one measure."""
    n = total = "count(*)"
    if measure.value:
        total = f"coalesce(sum({facts}.{measure.value}), 0)"
        n = f"coalesce(sum({facts}.{measure.weight}), 0)" if measure.weight else f"count({facts}.{measure.value})"
    business = f"coalesce(sum({facts}.{measure.business}), 0)" if measure.business else "0"
    return f"{n} AS n{place}, {total} AS t{place}, {business} AS b{place}"
