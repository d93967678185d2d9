"""Hours made ready to be reckoned with: for each year the open intervals in UTC, and the open seconds before each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from careline.domain.calendars.rules.hours import WEEKDAYS, Hours, Span, check_periods
from careline.domain.calendars.rules.public_holidays import check_holidays, public_holidays
from careline.domain.calendars.rules.zones import EPOCH, first_shown, zone_of

FIRST_YEAR, LAST_YEAR = 1970, 2100
# A calendar that stays closed longer than this is taken for one that never opens.
YEARS_LOOKED_AHEAD = 5
_ONE_DAY = timedelta(days=1)
_YEAR_STARTS = [(date(year, 1, 1) - EPOCH.date()).days * 86_400 for year in range(FIRST_YEAR, LAST_YEAR + 2)]

Interval = tuple[int, int]


class TooFar(Exception):
    """A moment lies outside the years that calendars reckon with."""

    def __init__(self) -> None:
        super().__init__(f"Calendars reckon from {FIRST_YEAR} to {LAST_YEAR}; this leads beyond.")


class NeverOpens(Exception):
    """The calendar has no open time within sight."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"This calendar has no open hour in the {YEARS_LOOKED_AHEAD} years from {year} on; give it opening hours."
        )


@dataclass(frozen=True, slots=True)
class Year:
    """The open intervals of one UTC year, cut at its ends: neither touching nor overlapping, in order.

    `before[n]` are the open seconds of the year before interval n; it has one entry more than there are intervals.
    """

    starts: list[int]
    ends: list[int]
    before: list[int]

    @property
    def total(self) -> int:
        return self.before[-1]

    def open_until(self, second: int) -> int:
        """The open seconds of this year before `second`."""
        n = bisect_right(self.starts, second) - 1
        return 0 if n < 0 else self.before[n] + min(second, self.ends[n]) - self.starts[n]


class Schedule:
    """What `Hours` come to, year by year as it is asked for; made by `schedule_of`, which keeps it."""

    def __init__(self, hours: Hours) -> None:
        """Raises BadHours and its kinds: NoSuchZone, NoSuchCountry, NoSuchRegion."""
        check_periods(hours)
        check_holidays(hours.country, hours.region)
        self.zone = zone_of(hours.time_zone)
        self._hours = hours
        self._weekly = [tuple(p.span for p in hours.periods if p.weekday == day) for day in range(WEEKDAYS)]
        self._special = {day.on: day.spans for day in hours.special_days}
        self._years: dict[int, Year] = {}
        self._days: dict[int, list[tuple[int, date]]] = {}

    def year(self, year: int) -> Year:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = self._made_year(year)
        return found

    def days(self, year: int) -> list[tuple[int, date]]:
        """When each business day of a local year opens (seconds since 1970), and its date."""
        found = self._days.get(year)
        if found is None:
            dates = (date(year, 1, 1) + n * _ONE_DAY for n in range(366))
            opened = ((day, self.intervals(day)) for day in dates if day.year == year)
            found = self._days[year] = [(intervals[0][0], day) for day, intervals in opened if intervals]
        return found

    def intervals(self, day: date) -> list[Interval]:
        """The open intervals of the periods that open on this date, merged."""
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  a wall time has no zone
        return merged(
            (
                first_shown(self.zone, midnight + timedelta(minutes=span.opens_at)),
                first_shown(self.zone, midnight + timedelta(minutes=span.ends_at)),
            )
            for span in self.spans(day)
        )

    def spans(self, day: date) -> tuple[Span, ...]:
        """The periods that open on this date: those of a special day, else none on a holiday, else those of its weekday."""
        if day in self._special:
            return self._special[day]
        usual = self._weekly[day.weekday()]
        if usual and day in public_holidays(self._hours.country, self._hours.region, day.year):
            return ()
        return usual

    def _made_year(self, year: int) -> Year:
        begin, end = _YEAR_STARTS[year - FIRST_YEAR], _YEAR_STARTS[year - FIRST_YEAR + 1]
        # A period may last until the end of the day after, and a place may be 14 hours ahead of UTC or 12 behind.
        days = [date(year, 1, 1) + n * _ONE_DAY for n in range(-3, 368)]
        cut = ((max(start, begin), min(stop, end)) for day in days for start, stop in self.intervals(day))
        intervals = merged(cut)
        before = [0]
        for start, stop in intervals:
            before.append(before[-1] + stop - start)
        return Year([start for start, _ in intervals], [stop for _, stop in intervals], before)


@lru_cache(maxsize=64)
def schedule_of(hours: Hours) -> Schedule:
    """The schedule of these hours, made once. Raises BadHours and its kinds."""
    return Schedule(hours)


def year_of(second: int) -> int:
    """The UTC year of a second since 1970. Raises TooFar."""
    if not 0 <= second < _YEAR_STARTS[-1]:
        raise TooFar
    return FIRST_YEAR - 1 + bisect_right(_YEAR_STARTS, second)


def merged(intervals: Iterator[Interval]) -> list[Interval]:
    """In order, without empty ones; those that overlap or touch become one."""
    joined: list[Interval] = []
    for start, stop in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined
