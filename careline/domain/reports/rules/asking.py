"""What a report is asked for: a period of the company's days, and what the cases have to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field, replace
from datetime import date, timedelta

from careline.domain.reports.rules.measures import COLUMNS, NONE

MOST_DAYS = 1100
USUAL_DAYS = 30
TEXTS = ("language", "kind")
"""Dimensions whose keys are words; those of all others are numbers."""


class BadQuestion(Exception):
    """What was asked for can't be answered; `field` says where."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Asked:
    """Days from `since` to `until`, both included. `only`: dimension → key, all of which have to hold; `none`: it has no value there.

    `is_double`: the days before stand in it too."""

    since: date
    until: date
    only: Mapping[str, str] = field(default_factory=dict)
    is_double: InitVar[bool] = False

    def __post_init__(self, is_double: bool) -> None:
        if self.until < self.since:
            raise BadQuestion("until", "A period ends no sooner than it begins.")
        if (self.until - self.since).days >= (2 * MOST_DAYS if is_double else MOST_DAYS):
            raise BadQuestion("since", f"Ask for {MOST_DAYS} days at the most.")
        for dim, key in self.only.items():
            if dim not in COLUMNS:
                raise BadQuestion(dim, f"There is no such filter: {dim}.")
            if dim not in TEXTS and key != NONE and not (key.isascii() and key.isdecimal() and len(key) < 19):
                raise BadQuestion(dim, "Give a number, or none.")

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    @property
    def every_day(self) -> list[date]:
        return [self.since + timedelta(days=n) for n in range(self.days)]

    def before(self) -> Asked:
        """The same question of as many days before; as far as there are days."""
        first = self.since.toordinal()
        return replace(
            self, since=date.fromordinal(max(1, first - self.days)), until=date.fromordinal(max(1, first - 1))
        )

    def with_before(self) -> Asked:
        """Both periods in one."""
        return Asked(self.before().since, self.until, self.only, is_double=True)

    def narrowed(self, dim: str, key: str) -> Asked:
        return replace(self, only={**self.only, dim: key})


def usual(today: date, days: int = USUAL_DAYS) -> tuple[date, date]:
    """The days up to today."""
    return today - timedelta(days=days - 1), today
