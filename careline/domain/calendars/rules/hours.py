"""What a calendar says: the periods of a week, special days, whose public holidays are kept, and where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

DAY = 24 * 60
WEEKDAYS = 7


class BadHours(Exception):
    """Hours that mean nothing; `field` says where, as in `periods[2].closes_at`."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `opens_at` to `closes_at`, in minutes since midnight; one that ends no later than it begins ends the next day."""

    opens_at: int
    closes_at: int

    @property
    def ends_at(self) -> int:
        """Minutes since the midnight of the day it opens on; over 1440 where it ends the next day."""
        return self.closes_at if self.closes_at > self.opens_at else self.closes_at + DAY


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of one weekday; Monday is 0."""

    weekday: int
    span: Span


@dataclass(frozen=True, slots=True, order=True)
class SpecialDay:
    """A date that goes by spans of its own, whatever weekday or holiday it is; without spans it is closed."""

    on: date
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """`country` (ISO 3166-1, two letters) and `region` (as in ISO 3166-2, without the country) name the holidays kept."""

    time_zone: str
    periods: tuple[Period, ...] = ()
    special_days: tuple[SpecialDay, ...] = ()
    country: str = ""
    region: str = ""


def check_periods(hours: Hours) -> None:
    """Raises BadHours for the first period or special day that means nothing. Overlaps are fine: they count once."""
    for n, period in enumerate(hours.periods):
        if not 0 <= period.weekday < WEEKDAYS:
            raise BadHours(f"periods[{n}].weekday", "A weekday is 0 (Monday) to 6 (Sunday).")
        _check_span(period.span, f"periods[{n}]")
    for n, day in enumerate(hours.special_days):
        for m, span in enumerate(day.spans):
            _check_span(span, f"exceptions[{n}].periods[{m}]")
    twice = [day for day, count in Counter(day.on for day in hours.special_days).items() if count > 1]
    if twice:
        raise BadHours("exceptions", f"{min(twice)} is given twice.")


def _check_span(span: Span, field: str) -> None:
    if not 0 <= span.opens_at < DAY:
        raise BadHours(f"{field}.opens_at", "A time to open is 00:00 to 23:59.")
    if not 0 <= span.closes_at <= DAY:
        raise BadHours(f"{field}.closes_at", "A time to close is 00:00 to 24:00.")
