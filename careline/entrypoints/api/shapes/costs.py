"""What the work on cases cost, and what an hour of it costs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.money import Money
from careline.entrypoints.api.shapes.reports import ReportQuery

Role = Annotated[str, Meta(max_length=60, description="The code of a role.")]
Team = Annotated[str, Meta(pattern="^[0-9]{1,18}$", description="An id.")]


class CostQuery(ReportQuery, kw_only=True):
    by: Literal["team", "topic", "channel", "product", "language"] = "team"


class Cost(Struct):
    """`cases` have recorded work; `total` and `each` are null where none of it had a price, `unpriced_seconds` are those that had none."""

    cases: int
    seconds: int
    unpriced_seconds: int
    total: Money | None
    each: Money | None


class CostSlice(Struct):
    """`key` is null where a case has none."""

    key: str | None
    name: str
    now: Cost
    before: Cost


class Costs(Struct):
    since: date
    until: date
    now: Cost
    before: Cost
    rows: list[CostSlice]


class HourPriceOf(Struct, kw_only=True):
    """Of a role, of a team, or (neither) of everybody else, from a day on."""

    since: date
    role: Role | None = None
    team: Team | None = None


class NewHourPrice(HourPriceOf, kw_only=True):
    cost: Money


class HourPrice(Struct):
    since: date
    role: str | None
    team: str | None
    cost: Money
    is_in_force: bool


class HourPrices(Struct):
    prices: list[HourPrice]
