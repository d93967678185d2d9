"""How many cases are to be expected, slot by slot: the mean of the last four same slots, and how far that was off before.

A slot is a stretch of 30 or 60 minutes of the wall clock in the place whose days are counted. The same slots are those of the
same weekday at the same time; days out of the ordinary (holidays, special hours) are left out of them, and are expected to
be like the last four such days, or like Sundays where there was none. What lies before the first case is not known, which is
not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SAME = 4
WEEKS = 4
BACKTESTED = 8
LOOKED_BACK = 26
"""Weeks that are searched for same slots."""
INTERVALS = (30, 60)
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_SUNDAY = 6
Counts = Mapping[datetime, int]
"""Cases opened, by the beginning of the quarter of an hour (UTC); none is not there."""


@dataclass(frozen=True, slots=True)
class Slot:
    """`minute` of the wall clock since midnight, rounded down to the interval. An hour that is shown twice has two slots."""

    start: datetime
    on: date
    minute: int


@dataclass(frozen=True, slots=True)
class Expected:
    """`mean` is None where no same slot is known; `of` are the days it was taken from, the latest first."""

    slot: Slot
    mean: float | None
    of: tuple[date, ...]
    is_special: bool


@dataclass(frozen=True, slots=True)
class WeekError:
    """A past week as it would have been foretold on its first morning. `by_slot` and `by_day` are WAPE: the sum of what it was off by
    over the sum of what came; None where nothing came or nothing was known."""

    begins_on: date
    came: int
    expected: float | None
    by_slot: float | None
    by_day: float | None


class History:
    """What came, day by day, as the place's own calendar has it."""

    def __init__(
        self,
        counts: Counts,
        *,
        zone: ZoneInfo,
        interval: int,
        first: date | None,
        last: date,
        is_special: Callable[[date], bool],
    ) -> None:
        """`first` and `last` are the first and the last whole day that is known; no `first`: nothing is."""
        self.zone, self.interval, self.first, self.last = zone, interval, first, last
        self.is_special = is_special
        self._counts = counts
        self._days: dict[date, dict[int, float]] = {}

    def of_day(self, on: date) -> dict[int, float]:
        """How many came in each slot, by its minute; in an hour that is shown twice, the mean of the two."""
        found = self._days.get(on)
        if found is None:
            held: dict[int, list[int]] = {}
            for slot in slots_of(on, self.zone, self.interval):
                held.setdefault(slot.minute, []).append(self.came(slot))
            found = self._days[on] = {minute: sum(n) / len(n) for minute, n in held.items()}
        return found

    def came(self, slot: Slot) -> int:
        quarters = range(0, self.interval, 15)
        return sum(self._counts.get(slot.start + timedelta(minutes=minutes), 0) for minutes in quarters)

    def days_like(self, on: date, *, before: date) -> list[date]:
        """The days that `on` is expected to be like, the latest first, all of them before a day."""
        known = self._known(before)
        if not self.is_special(on):
            return [day for day in known if day.weekday() == on.weekday() and not self.is_special(day)]
        return [day for day in known if self.is_special(day)] or [day for day in known if day.weekday() == _SUNDAY]

    def _known(self, before: date) -> list[date]:
        first = max(self.first, before - LOOKED_BACK * _WEEK) if self.first else before
        last = min(self.last, before - _DAY)
        return [last - n * _DAY for n in range((last - first).days + 1)]


def forecast(
    history: History, *, begins: date, days: int = 7 * WEEKS, known_before: date | None = None
) -> list[Expected]:
    """What is expected in each slot of the days from `begins` on, from what came before `known_before` (else `begins`)."""
    found = []
    for n in range(days):
        on = begins + n * _DAY
        like = history.days_like(on, before=known_before or begins)
        special = history.is_special(on)
        for slot in slots_of(on, history.zone, history.interval):
            # A slot that the clock jumped over on one of the days is taken from an earlier one.
            of = [day for day in like if slot.minute in history.of_day(day)][:SAME]
            mean = sum(history.of_day(day)[slot.minute] for day in of) / len(of) if of else None
            found.append(Expected(slot, mean, tuple(of), special))
    return found


def past_errors(history: History, *, before: date, weeks: int = BACKTESTED) -> list[WeekError]:
    """The last whole weeks before a day, the latest first, each as it would have been foretold on its first morning."""
    found = []
    for n in range(1, weeks + 1):
        begins = before - n * _WEEK
        if history.first is None or begins < history.first:
            break
        found.append(_error_of(history, begins))
    return found


def off_by(pairs: list[tuple[float, float]]) -> float | None:
    """WAPE of (came, expected); None where nothing came."""
    came = sum(one for one, _ in pairs)
    return sum(abs(one - other) for one, other in pairs) / came if came else None


def slots_of(on: date, zone: ZoneInfo, interval: int) -> Iterator[Slot]:
    """The slots of a day, which is 23 or 25 hours long where the clock is changed."""
    moment, end = _midnight(on, zone), _midnight(on + _DAY, zone)
    while moment < end:
        wall = moment.astimezone(zone)
        yield Slot(moment, on, (wall.hour * 60 + wall.minute) // interval * interval)
        moment += timedelta(minutes=interval)


def whole_days(first: datetime | None, *, at: datetime, zone: ZoneInfo) -> tuple[date | None, date]:
    """The first and the last whole day between the first case and now."""
    today = at.astimezone(zone).date()
    return (None if first is None else first.astimezone(zone).date() + _DAY), today - _DAY


def _error_of(history: History, begins: date) -> WeekError:
    foretold = forecast(history, begins=begins, days=7)
    came = sum(history.came(one.slot) for one in foretold)
    known = [(one.slot.on, float(history.came(one.slot)), one.mean) for one in foretold if one.mean is not None]
    if not known:
        return WeekError(begins, came, None, None, None)
    by_day: dict[date, tuple[float, float]] = {}
    for on, n, mean in known:
        before = by_day.get(on, (0.0, 0.0))
        by_day[on] = before[0] + n, before[1] + mean
    pairs = [(n, mean) for _, n, mean in known]
    return WeekError(begins, came, sum(mean for _, mean in pairs), off_by(pairs), off_by(list(by_day.values())))


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    """The first moment of a day, in steps of a quarter of an hour; where midnight is jumped over, the moment after."""
    return datetime.combine(on, time(), tzinfo=zone).astimezone(UTC)
