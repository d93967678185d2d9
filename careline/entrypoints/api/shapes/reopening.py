"""What a customer's message does to a case that was resolved."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct


class Reopening(Struct):
    """`reopen`: it opens again; `new`: a linked case; `within`: it opens again so many `days` long, then a linked case."""

    policy: Literal["reopen", "new", "within"]
    days: Annotated[int, Meta(ge=1, le=3650)] = 14
