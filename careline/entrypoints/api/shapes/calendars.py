"""Calendars: opening hours, and what they come to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from careline.entrypoints.api.shapes.parts import Line, Moment

ZONE_EXAMPLE = "A name of the IANA list, as in Europe/Berlin."
COUNTRY = "Two letters of ISO 3166-1, as in DE; null for none."
TimeOfDay = Annotated[str, Meta(max_length=5, description="As in 09:00.", extra_json_schema={"pattern": "^[0-2][0-9]:[0-5][0-9]$"})]  # fmt: skip
Zone = Annotated[str, Meta(max_length=100, description=ZONE_EXAMPLE)]
Country = Annotated[str, Meta(max_length=10, description=COUNTRY)]
Region = Annotated[
    str, Meta(max_length=50, description="The country's region as in ISO 3166-2, without the country: BY.")
]


class Span(Struct, forbid_unknown_fields=True):
    """`closes_at` no later than `opens_at` means the next day; 24:00 is the day's end."""

    opens_at: TimeOfDay
    closes_at: TimeOfDay


class Period(Struct, forbid_unknown_fields=True):
    """Open on one weekday; several a day may be given, what overlaps counts once."""

    weekday: Annotated[int, Meta(ge=0, le=6, description="0 is Monday, 6 is Sunday.")]
    opens_at: TimeOfDay
    closes_at: TimeOfDay


class DayException(Struct, forbid_unknown_fields=True):
    """A date that goes by periods of its own, whatever weekday or holiday it is; without periods it is closed."""

    on: date
    periods: Annotated[list[Span], Meta(max_length=20)] = []
    note: Annotated[str, Meta(max_length=1000)] = ""


Periods = Annotated[list[Period], Meta(max_length=140)]
Exceptions = Annotated[list[DayException], Meta(max_length=2000)]


class Calendar(Struct):
    """Opening hours of one place. Public holidays of `holiday_country` and `holiday_region` are closed."""

    id: str
    name: str
    time_zone: str
    is_default: bool
    holiday_country: str | None
    holiday_region: str | None
    periods: list[Period]
    exceptions: list[DayException]


class NewCalendar(Struct):
    name: Line
    time_zone: Zone
    is_default: bool = False
    holiday_country: Country | None = None
    holiday_region: Region | None = None
    periods: Periods = []
    exceptions: Exceptions = []


class CalendarPatch(Struct):
    """What is not given stays; `periods` and `exceptions` are given whole."""

    name: Line | UnsetType = UNSET
    time_zone: Zone | UnsetType = UNSET
    is_default: bool | UnsetType = UNSET
    holiday_country: Country | UnsetType | None = UNSET
    holiday_region: Region | UnsetType | None = UNSET
    periods: Periods | UnsetType = UNSET
    exceptions: Exceptions | UnsetType = UNSET


class DueQuery(Struct):
    from_: Moment | None = field(default=None, name="from")
    business_seconds: Annotated[int, Meta(ge=0, le=10**9, description="So many open seconds later.")] | None = None
    business_days: Annotated[int, Meta(ge=0, le=10_000, description="Or so many business days later.")] | None = None


class Due(Struct):
    due_at: datetime


class ElapsedQuery(Struct):
    from_: Moment = field(name="from")
    to: Moment | None = None


class Elapsed(Struct):
    business_seconds: int
