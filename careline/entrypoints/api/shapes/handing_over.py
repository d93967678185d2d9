"""Handing a case over."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.parts import Key


class HandOver(Struct, forbid_unknown_fields=True):
    """`agent` or `team`, or both: an id. `text` is what they should know."""

    agent: Key | None = None
    team: Key | None = None
    text: Annotated[str, Meta(max_length=2000)] = ""


class HandedOver(Struct):
    """`note`: the id of the note, null where nothing was said."""

    note: str | None
