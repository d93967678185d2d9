"""When a recurring case is due: an RRULE (RFC 5545) of days, a wall time in its zone, and what a holiday does to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from careline.domain.calendars.rules.never import ever_comes
from careline.domain.calendars.rules.zones import EPOCH, first_shown
from careline.domain.triggers.rules.conditions import BadRule

ON_HOLIDAYS = ("keep", "skip", "shift")
LONGEST_RULE, MOST_LOOKED_AT = 200, 2000
EARLIEST = date(1970, 1, 1)
_PARTS = {
    "FREQ",
    "INTERVAL",
    "BYDAY",
    "BYMONTHDAY",
    "BYMONTH",
    "BYSETPOS",
    "BYYEARDAY",
    "BYWEEKNO",
    "WKST",
    "COUNT",
    "UNTIL",
}
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}

IsOpen = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """`rule` without DTSTART; `until` the last day; `on_holiday` says what a day on which the calendar is closed does."""

    rule: str
    starts_on: date
    at: time
    zone: str
    until: date | None = None
    on_holiday: str = "keep"


def checked(recurrence: Recurrence) -> Recurrence:
    """The same with its rule written plainly. Raises BadRule."""
    words = recurrence.rule.strip().upper().removeprefix("RRULE:")
    parts = [part.partition("=") for part in words.split(";") if part]
    names = [name for name, _, _ in parts]
    if not parts or len(words) > LONGEST_RULE or len(set(names)) != len(names) or not set(names) <= _PARTS:
        raise BadRule("rule", "Give an RRULE of days, as in FREQ=MONTHLY;BYDAY=2MO.")
    said = {name: value for name, _, value in parts}
    if not said.get("INTERVAL", "1").isdecimal() or not 1 <= int(said.get("INTERVAL", "1")) <= 1000:
        raise BadRule("rule", "An INTERVAL is a number from 1 to 1000.")
    if said.get("FREQ") not in _FREQUENCIES:
        raise BadRule("rule", f"It repeats {', '.join(sorted(_FREQUENCIES))}.")
    if recurrence.on_holiday not in ON_HOLIDAYS:
        raise BadRule("on_holiday", f"On holidays it knows {', '.join(ON_HOLIDAYS)}.")
    if recurrence.until is not None and recurrence.until < recurrence.starts_on:
        raise BadRule("until", "It ends before it begins.")
    made = Recurrence(
        words, recurrence.starts_on, recurrence.at, recurrence.zone, recurrence.until, recurrence.on_holiday
    )
    try:
        if recurrence.starts_on < EARLIEST:
            raise ValueError(f"it begins before {EARLIEST.year}")  # all days since would be counted, each time
        rule = _days(made)
        if not ever_comes(rule) or next(iter(rule), None) is None:
            raise BadRule("rule", "By this rule no day ever comes.")
    except (ValueError, TypeError, OverflowError) as wrong:
        if isinstance(wrong, BadRule):
            raise
        raise BadRule("rule", f"This RRULE can't be read: {str(wrong)[:100]}.") from None
    return made


def due_after(recurrence: Recurrence, moment: datetime, is_open: IsOpen) -> tuple[date, datetime] | None:
    """The first occurrence later than `moment`: the local day of the rule, and when it is due; None at the end."""
    for day, due in _occurrences(recurrence, moment, is_open):
        if due > moment:
            return day, due
    return None


def newest_due(
    recurrence: Recurrence, *, first: datetime, moment: datetime, is_open: IsOpen
) -> tuple[date, datetime, int]:
    """Of those due from `first` until `moment` the newest, and how many it leaves out."""
    due = [(day, at) for day, at in _until(recurrence, first, moment, is_open) if at >= first]
    day, at = due[-1]
    return day, at, len(due) - 1


def moment_on(recurrence: Recurrence, day: date) -> datetime:
    """The wall time of that day as a moment; one that the clocks skip counts from where they go on."""
    second = first_shown(ZoneInfo(recurrence.zone), datetime.combine(day, recurrence.at))
    return (EPOCH + timedelta(seconds=second)).astimezone(UTC)


def _until(
    recurrence: Recurrence, first: datetime, moment: datetime, is_open: IsOpen
) -> Iterator[tuple[date, datetime]]:
    for day, due in _occurrences(recurrence, first, is_open):
        if due > moment:
            return
        yield day, due


def _occurrences(recurrence: Recurrence, around: datetime, is_open: IsOpen) -> Iterator[tuple[date, datetime]]:
    """From some days before `around`, since a holiday may have moved one; at most `MOST_LOOKED_AT`."""
    zone = ZoneInfo(recurrence.zone)
    begin = datetime.combine(max(around.astimezone(zone).date() - timedelta(days=40), recurrence.starts_on), time())
    for found in _days(recurrence).xafter(begin, count=MOST_LOOKED_AT, inc=True):
        day = found.date()
        if recurrence.until is not None and day > recurrence.until:
            return
        kept = _on_open_day(recurrence, day, is_open)
        if kept is not None:
            yield day, moment_on(recurrence, kept)


def _on_open_day(recurrence: Recurrence, day: date, is_open: IsOpen) -> date | None:
    """The day itself, the next open one (within a month), or None where it is left out."""
    if recurrence.on_holiday == "keep" or is_open(day):
        return day
    if recurrence.on_holiday == "skip":
        return None
    return next((later for n in range(1, 32) if is_open(later := day + timedelta(days=n))), None)


def _days(recurrence: Recurrence) -> rrule:
    found = rrulestr(recurrence.rule, dtstart=datetime.combine(recurrence.starts_on, time()), cache=True)
    if not isinstance(found, rrule):
        raise BadRule("rule", "One RRULE, please.")
    return found
