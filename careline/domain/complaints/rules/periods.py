"""Periods of a report: whole days of the company's zone, each beside the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MONTH, QUARTER, YEAR = "month", "quarter", "year"
_MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the one before `end`."""

    start: date
    end: date

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)


def period_of(length: str, day: date) -> Span:
    """The month, quarter or year that a day lies in."""
    months = _MONTHS[length]
    begin = day.replace(month=(day.month - 1) // months * months + 1, day=1)
    return Span(begin, _later(begin, months))


def before(length: str, span: Span) -> Span:
    """The period before this one."""
    return period_of(length, span.start - timedelta(days=1))


def after(length: str, span: Span) -> Span:
    return period_of(length, span.end)


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def change_in_percent(now: int, then: int) -> int | None:
    """Rounded half up; None where there was nothing to compare with."""
    return (200 * (now - then) + then) // (2 * then) if then else None
