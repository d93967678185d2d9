"""Reports: figures with their definitions, by day and by what they are split by, and the cases behind each."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Cursor, Limit

Key = Annotated[str, Meta(pattern="^([0-9]{1,18}|none)$", description="An id, or none.")]
Code = Annotated[str, Meta(max_length=20, description="A code, or none.")]


class ReportQuery(Struct, kw_only=True):
    """Days of the company, both included; the last 30 where none are given. Filters hold together."""

    since: date | None = None
    until: date | None = None
    hours: Literal["clock", "business"] = "clock"
    team: Key | None = None
    agent: Key | None = None
    channel: Key | None = None
    brand: Key | None = None
    topic: Key | None = None
    product: Key | None = None
    customer: Key | None = None
    company: Key | None = None
    priority: Key | None = None
    form: Key | None = None
    language: Code | None = None
    kind: Code | None = None


class BehindQuery(ReportQuery, kw_only=True):
    """Which number is meant. `value`: of a share the cases where it is so (1) or is not (0); `age`: of the backlog, as its codes say."""

    measure: Annotated[str, Meta(max_length=40)]
    value: Literal["-1", "0", "1"] | None = None
    age: Literal["1", "3", "7", "30", "more"] | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class Measure(Struct):
    """`good`: which way is better, up, down or neither."""

    key: str
    name: str
    definition: str
    unit: str
    good: Literal["up", "down", ""]


class Figure(Struct):
    """`value` is null where nothing was measured: null is not zero. `n`: cases (of response times: answers). `interval`: of a share, 95 %
    by Wilson. `is_unsure`: of fewer than ten."""

    measure: str
    value: float | None
    n: int
    before: float | None
    n_before: int
    interval: list[float] | None
    is_unsure: bool


class Slice(Struct):
    """One value of what the report is split by; `key` is null where a case has none."""

    key: str | None
    name: str
    figures: list[Figure]


class Day(Struct):
    """`backlog`: cases open or waiting at its end."""

    day: date
    opened: int
    resolved: int
    backlog: int


class Report(Struct):
    """`dimension`: what its rows are split by. `is_cut`: only the rows with the most cases are told."""

    name: str
    since: date
    until: date
    dimension: str
    figures: list[Figure]
    days: list[Day]
    rows: list[Slice]
    is_cut: bool


class CaseBehind(Struct):
    number: int
