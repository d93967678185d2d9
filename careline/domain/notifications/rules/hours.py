"""When something may leave: not in quiet hours, not before a digest's time. Local times are the person's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo

from careline.domain.notifications.rules.choices import AT_ONCE, AWAY, DAILY, Choices, hour_of
from careline.domain.notifications.rules.kinds import URGENT

UNDO = timedelta(seconds=15)
"""So long somebody who did it can still take it back; more of the same joins meanwhile."""
AWAY_FOR = timedelta(days=2)
GATHERED = timedelta(minutes=2)


def push_at(kind: str, choices: Choices, *, at: datetime, zone: tzinfo, undisturbed_until: datetime | None) -> datetime:
    """When a browser is told."""
    return _let_through(kind, choices, at=at + UNDO, zone=zone, undisturbed_until=undisturbed_until)


def mail_at(kind: str, choices: Choices, *, at: datetime, zone: tzinfo, undisturbed_until: datetime | None) -> datetime:
    """When a mail tells of it, with all else that waits then."""
    due = at + GATHERED
    if choices.pace == AWAY:
        due = at + AWAY_FOR
    elif choices.pace == DAILY:
        due = _next_at(choices.daily_at, at=at, zone=zone)
    elif choices.pace != AT_ONCE:
        due = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return _let_through(kind, choices, at=due, zone=zone, undisturbed_until=undisturbed_until)


def _let_through(kind: str, choices: Choices, *, at: datetime, zone: tzinfo, undisturbed_until: datetime | None) -> datetime:  # fmt: skip
    if choices.urgent_through and kind in URGENT:
        return at
    return quiet_until(choices, at=max(at, undisturbed_until or at), zone=zone)


def quiet_until(choices: Choices, *, at: datetime, zone: tzinfo) -> datetime:
    """The end of the quiet hours that hold at this moment; the moment itself where none do."""
    end = at
    for _ in range(8):
        ends = [to for since, to in _spans(choices, around=end, zone=zone) if since <= end < to]
        if not ends:
            return end
        end = max(ends)
    return end


def _spans(choices: Choices, *, around: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    today = around.astimezone(zone).date()
    for day in (today - timedelta(days=1), today):
        span = choices.quiet.get(day.weekday())
        if span:
            since, to = span
            last = day if to > since else day + timedelta(days=1)
            yield _moment(day, since, zone), _moment(last, to, zone)


def _next_at(clock: str, *, at: datetime, zone: tzinfo) -> datetime:
    today = at.astimezone(zone).date()
    first = _moment(today, clock, zone)
    return first if first > at else _moment(today + timedelta(days=1), clock, zone)


def _moment(day: date, clock: str, zone: tzinfo) -> datetime:
    return datetime.combine(day, hour_of(clock), zone).astimezone(UTC)
