"""What a fact adds to the sums by day, and what a sum says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from careline.domain.reports.rules.measures import COLUMNS, DIMENSIONS, FLOW, MEASURES, NONE, Measure, key_of

Cell = tuple[str, date, str, str]
"""Dimension (empty: all cases), day, key, measure."""


@dataclass(frozen=True, slots=True)
class Sum:
    n: int = 0
    total: int = 0
    business: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.n + other.n, self.total + other.total, self.business + other.business)


def parts_of(fact: Mapping[str, Any]) -> Iterator[tuple[date, str, Sum]]:
    """Day, measure and what the fact adds there; nothing of a case that is not counted."""
    if fact["opened_on"] is None:
        return
    for measure in MEASURES.values():
        if (day := fact[measure.day]) is not None and (part := part_of(fact, measure)) is not None:
            yield day, measure.key, part
    for place, day in enumerate(fact["span_days"]):
        yield day, FLOW, Sum(1, -1 if place % 2 else 1)


def part_of(fact: Mapping[str, Any], measure: Measure) -> Sum | None:
    if not measure.value:
        return Sum(1, 1)
    value = fact[measure.value]
    if value is None:
        return None
    n = fact[measure.weight] if measure.weight else 1
    return Sum(n, value, (fact[measure.business] or 0) if measure.business else 0)


def keys_of(fact: Mapping[str, Any], dim: str) -> list[str]:
    """Under which values of a dimension it stands (no dimension: under the one that is empty); with several products under each."""
    if dim == "product":
        return [str(product) for product in fact["product_ids"]] or [NONE]
    return [key_of(fact[COLUMNS[dim]]) if dim else ""]


def cells_of(fact: Mapping[str, Any]) -> Iterator[tuple[Cell, Sum]]:
    """Where in the sums a fact stands: of all cases, and under its value of each dimension. Restricted cases stand nowhere."""
    if fact["is_restricted"]:
        return
    keys = [("", ""), *((dim, key_of(fact[COLUMNS[dim]])) for dim in DIMENSIONS)]
    for day, measure, part in parts_of(fact):
        for dim, key in keys:
            yield (dim, day, key, measure), part


def change_of(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> dict[Cell, Sum]:
    """What the sums change by when a fact takes the place of another."""
    n: Counter[Cell] = Counter()
    total: Counter[Cell] = Counter()
    business: Counter[Cell] = Counter()
    for fact, sign in ((before, -1), (after, 1)):
        for cell, part in cells_of(fact) if fact is not None else ():
            n[cell] += sign * part.n
            total[cell] += sign * part.total
            business[cell] += sign * part.business
    return {cell: Sum(n[cell], total[cell], business[cell]) for cell in n if n[cell] or total[cell] or business[cell]}
