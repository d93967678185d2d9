"""Public holidays."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct


class HolidayQuery(Struct):
    country: Annotated[str, Meta(min_length=2, max_length=2, description="Two letters of ISO 3166-1, as in DE.")]
    region: Annotated[str, Meta(max_length=50, description="As in ISO 3166-2, without the country: BE.")] = ""
    year: Annotated[int, Meta(ge=1970, le=2100)] | None = None


class Holiday(Struct):
    on: date
    name: str


class TakenIn(Struct):
    """How many closed days are new."""

    days: int


class Follow(Struct):
    """The address of an iCalendar feed, http, https or webcal; an empty one ends it."""

    url: Annotated[str, Meta(max_length=2000)]


class Subscription(Struct):
    """`days` came from there; `words` say why it could not be read at `failed_at`."""

    url: str
    days: list[date]
    due_at: datetime | None
    refreshed_at: datetime | None
    failed_at: datetime | None
    words: str
