"""How the time of a promise is counted: on the wall, or as the open time of a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from careline.domain.calendars.rules.schedule import NeverOpens, Schedule, TooFar
from careline.domain.calendars.rules.working_time import (
    NeverCloses,
    add_business_seconds,
    business_seconds_between,
    is_open,
    next_opening,
)

LOOKED_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Measure:
    """`schedule` None counts on the wall; `is_fallback` where a calendar was asked for that does not open within a year."""

    schedule: Schedule | None = None
    is_fallback: bool = False

    def add(self, moment: datetime, seconds: int) -> datetime:
        """The moment by which so much of this time has passed, in UTC."""
        if self.schedule is not None:
            try:
                return add_business_seconds(self.schedule, moment, seconds)
            except (NeverOpens, TooFar):
                pass
        return moment.astimezone(UTC) + timedelta(seconds=seconds)

    def between(self, a: datetime, b: datetime) -> int:
        """Whole seconds of this time from `a` to `b`; negative where `b` is the earlier one."""
        if self.schedule is not None:
            try:
                return business_seconds_between(self.schedule, a, b)
            except TooFar:
                pass
        return int((b - a) // timedelta(seconds=1))


ON_THE_WALL = Measure()


def measure_of(schedule: Schedule | None, *, is_business: bool, at: datetime) -> Measure:
    """What a promise made at that moment is counted by. A calendar that is gone, or stays shut for a year, can't promise."""
    if not is_business:
        return ON_THE_WALL
    if schedule is None or not _opens_soon(schedule, at):
        return Measure(None, is_fallback=True)
    return Measure(schedule)


def _opens_soon(schedule: Schedule, at: datetime) -> bool:
    try:
        return is_open(schedule, at) or next_opening(schedule, at) - at <= LOOKED_AHEAD
    except NeverCloses:
        return True
    except (NeverOpens, TooFar):
        return False
