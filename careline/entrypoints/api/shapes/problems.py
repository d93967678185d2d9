"""Problems: one cause behind many cases."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.parts import Cursor, Key, Limit

Title = Annotated[str, Meta(min_length=1, max_length=200, examples=["Payment page does not load"])]
Detail = Annotated[str, Meta(max_length=20_000)]
Words = Annotated[
    list[Annotated[str, Meta(min_length=3, max_length=100)]],
    Meta(
        max_length=30,
        description="Words or phrases by which new cases are known.",
        examples=[["payment page", "checkout"]],
    ),
]
Number = Annotated[int, Meta(ge=1, lt=10**18)]


class Problem(Struct):
    """`cases`, `open_cases` and `customers` count those you may see."""

    id: str
    title: str
    detail: str
    words: list[str]
    status: Literal["open", "resolved"]
    cases: int
    open_cases: int
    customers: int
    created_at: datetime
    resolved_at: datetime | None


class NewProblem(Struct, forbid_unknown_fields=True):
    title: Title
    detail: Detail = ""
    words: Words = []


class ProblemChange(Struct, forbid_unknown_fields=True):
    title: Title | UnsetType = UNSET
    detail: Detail | UnsetType = UNSET
    words: Words | UnsetType = UNSET


class ProblemQuery(Struct):
    status: Literal["open", "resolved"] | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class ProblemCase(Struct):
    number: int
    subject: str
    category: str
    customer: str | None


class Tied(Struct, forbid_unknown_fields=True):
    numbers: Annotated[list[Number], Meta(min_length=1, max_length=200)]


class HowMany(Struct):
    changed: int


class Cause(Struct, forbid_unknown_fields=True):
    problem: Key
