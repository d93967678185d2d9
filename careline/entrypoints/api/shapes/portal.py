"""What customers do on their pages: how they rate, and whose requests they see."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Level = Literal["see", "write"]


class Rating(Struct):
    score: int
    comment: str


class Ratings(Struct):
    """`solution`: of how the case was solved last; `chat`: of the talk that it is. Null where nothing was said."""

    solution: Rating | None
    chat: Rating | None


class GivenRating(Struct, forbid_unknown_fields=True):
    """1 is worst, 5 best."""

    score: Annotated[int, Meta(ge=1, le=5)]
    comment: Annotated[str, Meta(max_length=2000)] = ""
    of: Literal["solution", "chat"] = "solution"


class Entitlement(Struct):
    """`see`: they see the requests of everybody at their company; `write`: they answer in them too."""

    id: str
    name: str
    company: str
    address: str
    level: Level


class GivenEntitlement(Struct, forbid_unknown_fields=True):
    level: Level
