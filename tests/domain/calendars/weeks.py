"""Calendars for tests: those of Northwind Bikes, any at all, and a slow clock on the wall to compare with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from careline.domain.calendars.rules.hours import Hours, Period, Span, SpecialDay
from careline.domain.calendars.rules.zones import EPOCH

MINUTE = timedelta(minutes=1)
# Places and days on which the clock there jumped, or did not: summer time both ways, half an hour on Lord Howe, at midnight
# in São Paulo, a whole day left out on Samoa, a quarter of an hour for good in Nepal, a leap day.
TURNS = [
    ("Europe/Berlin", date(2026, 3, 29)), ("Europe/Berlin", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)), ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 4, 5)), ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Sao_Paulo", date(2018, 2, 18)), ("America/Sao_Paulo", date(2018, 11, 4)),
    ("Pacific/Apia", date(2011, 12, 30)), ("Asia/Kathmandu", date(1986, 1, 1)), ("UTC", date(2024, 2, 29)),
]  # fmt: skip


def at(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def span(words: str) -> Span:
    """As in `9:00-17:30`."""
    opens, closes = words.split("-")
    return Span(at(opens), at(closes))


def week(zone: str, days: str, *spans: str, special: dict[str, list[str]] | None = None, country: str = "", region: str = "") -> Hours:  # fmt: skip
    """The same spans on each of `days` ("01234" is Monday to Friday); special days by date, as in {"2026-12-24": ["9:00-12:00"]}."""
    return Hours(
        zone,
        tuple(Period(int(day), span(words)) for day in days for words in spans),
        tuple(SpecialDay(date.fromisoformat(on), tuple(map(span, own))) for on, own in (special or {}).items()),
        country,
        region,
    )


def local(zone: str, words: str) -> datetime:
    """As in `2026-11-20 16:30`, or with seconds, or with the offset where the clock shows it twice."""
    moment = datetime.fromisoformat(words)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


usual = st.sampled_from(
    [span(words) for words in ("9:00-12:00", "13:00-17:00", "22:00-6:00", "0:00-24:00", "23:30-0:15")]
)
tricky = st.sampled_from([span(words) for words in ("2:00-3:00", "2:15-2:45", "1:30-2:30", "0:00-0:30", "23:00-23:45")])
spans = usual | tricky | st.builds(Span, st.integers(0, 1439), st.integers(0, 1440))
turns = st.sampled_from(TURNS)


@st.composite
def any_hours(draw: st.DrawFn) -> tuple[Hours, datetime]:
    """Hours with something in them, and a moment within two days of a turn of the clock there."""
    zone, day = draw(turns)
    weekday = st.integers(0, 6)
    periods = [draw(st.builds(Period, weekday, usual)), *draw(st.lists(st.builds(Period, weekday, spans), max_size=7))]
    near = st.integers(-3, 3).map(lambda n: day + timedelta(days=n))
    special = draw(
        st.lists(
            st.builds(SpecialDay, near, st.lists(spans, max_size=2).map(tuple)), max_size=2, unique_by=lambda d: d.on
        )
    )
    country = draw(st.sampled_from(["", "", "DE", "US"]))
    seconds = draw(st.integers(-2 * 86_400, 2 * 86_400) | st.integers(-2 * 1440, 2 * 1440).map(lambda m: m * 60))
    moment = datetime.combine(day, time(), UTC) + timedelta(
        seconds=seconds, microseconds=draw(st.sampled_from([0, 0, 1, 999_999]))
    )
    return Hours(zone, tuple(periods), tuple(special), country), moment


def minutes_on_the_wall(hours: Hours, spans_on: dict[date, tuple[Span, ...]], since: datetime) -> Iterator[tuple[datetime, bool]]:  # fmt: skip
    """Each minute from `since` on (whole minutes, UTC) and whether it is open: by what the clock on the wall has shown."""
    zone = ZoneInfo(hours.time_zone)
    shown = EPOCH.replace(tzinfo=None)
    minute = since.replace(second=0, microsecond=0) - timedelta(hours=3)  # an hour shown twice began before
    while True:
        shown = max(shown, minute.astimezone(zone).replace(tzinfo=None))
        if minute + MINUTE > since:
            yield minute, _is_within(spans_on, shown)
        minute += MINUTE


def _is_within(spans_on: dict[date, tuple[Span, ...]], shown: datetime) -> bool:
    for day in (shown.date(), shown.date() - timedelta(days=1)):
        passed = (shown - datetime.combine(day, time())) // MINUTE
        if any(one.opens_at <= passed < one.ends_at for one in spans_on[day]):
            return True
    return False
