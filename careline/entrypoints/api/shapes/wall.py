"""The supervisor's wall."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from careline.entrypoints.api.shapes.parts import Named


class WallQueue(Struct):
    """`near`: promises due within 15 minutes; `broken`: those that are over. `came` and `went`: messages in each five minutes of the
    last hour, the oldest first; `arrived` and `answered`: cases in that hour."""

    team: Named
    waiting: int
    oldest_since: datetime | None
    near: int
    broken: int
    came: list[int]
    went: list[int]
    arrived: int
    answered: int
    is_rising: bool


class WallPerson(Struct):
    """`load` of `capacity` as cases weigh, `cases` as they are counted."""

    agent: Named
    state: Literal["available", "busy", "away", "outside_hours"]
    reason: str
    since: datetime | None
    load: int
    capacity: int
    cases: int


class Wall(Struct):
    """`help`: numbers of the most pressing cases."""

    queues: list[WallQueue]
    people: list[WallPerson]
    help: list[int]
