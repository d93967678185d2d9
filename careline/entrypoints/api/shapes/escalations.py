"""Ladders, and what became of cases on them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Key, Named

Minutes = Annotated[int, Meta(ge=1, le=43_200)]
Level = Annotated[int, Meta(ge=0, le=6, description="0 is whoever answers at first; 1 the first step up.")]


class Rung(Struct):
    """One step: everybody of a role (by code), a team (by id), or whoever the assignee reports to. `minutes`: until the next, unanswered."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    kind: Literal["role", "team", "superior"] = "role"
    role: Annotated[str, Meta(max_length=50)] = ""
    team: Key | None = None
    minutes: Minutes | None = None


class NewLadder(Struct):
    """Without a topic it is for all cases that have no ladder of their own. Null: never by itself."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    rungs: Annotated[list[Rung], Meta(min_length=1, max_length=6)]
    topic: Key | None = None
    late_minutes: Annotated[int, Meta(ge=0, le=43_200)] | None = None
    reopenings: Annotated[int, Meta(ge=1, le=20)] | None = None


class Ladder(Struct):
    id: str
    name: str
    rungs: list[Rung]
    topic: str | None
    late_minutes: int | None
    reopenings: int | None


class NewEscalation(Struct):
    """Up with a note (to the next step, or the level that is said); to a lower level it is brought down."""

    note: Annotated[str, Meta(max_length=20_000)] = ""
    level: Level | None = None


class Passed(Struct):
    """A step that was asked in vain: how many people, by what was against them."""

    level: int
    reasons: dict[str, int]


class Escalation(Struct):
    """One step, up or down. `agent` or `team` it reached; neither where nobody was there."""

    id: str
    at: datetime
    reason: str
    by: Named | None
    from_level: int
    level: int
    name: str
    agent: Named | None
    team: str | None
    passed: list[Passed]
    is_undone: bool


class Standing(Struct):
    """How high it stands, whom the customer keeps, when it goes on by itself, and each step, the newest first."""

    level: int
    name: str
    owner: Named | None
    due_at: datetime | None
    steps: list[Escalation]
