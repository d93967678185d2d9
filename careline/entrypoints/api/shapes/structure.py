"""How cases hang together: merges, splits, links, followers, side conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Key

Number = Annotated[int, Meta(ge=1, le=10**18 - 1, description="A case's number.")]


class NewMerge(Struct):
    """`into` is the number of the case that takes everything in."""

    into: Number


class Merge(Struct):
    """`number` leads to `into` until the merge is undone (DELETE), which may be whenever."""

    id: str
    number: int
    into: int
    at: datetime
    by: str | None
    undone_at: datetime | None


class NewSplit(Struct):
    message_ids: Annotated[list[Key], Meta(min_length=1, max_length=200, description="Messages of this case.")]


class Split(Struct):
    """The new case, and the case that it came out of."""

    number: int
    out_of: int
    message_ids: list[str]
