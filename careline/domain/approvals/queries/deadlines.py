"""By when somebody has to have decided."""

from __future__ import annotations

from datetime import datetime, timedelta

from careline.domain.calendars.queries import NoSuchCalendar, schedule
from careline.domain.calendars.rules.schedule import NeverOpens, TooFar
from careline.domain.calendars.rules.working_time import add_business_seconds, business_seconds_between
from careline.kit import db


def deadline_calendar() -> int | None:
    """In whose opening hours the time is counted; None: round the clock."""
    found: int | None = db.value("SELECT calendar_id FROM approvals_deadline ORDER BY id LIMIT 1")
    return found


def due_after(hours: int, *, at: datetime) -> datetime:
    """So many hours later, as the company counts them; a calendar that never opens counts for nothing."""
    return due_after_seconds(hours * 3600, at=at)


def due_after_seconds(seconds: int, *, at: datetime) -> datetime:
    calendar = deadline_calendar()
    if calendar is not None:
        try:
            return add_business_seconds(schedule(calendar), at, seconds)
        except (NeverOpens, TooFar, NoSuchCalendar):
            pass
    return at + timedelta(seconds=seconds)


def seconds_left(due_at: datetime, *, at: datetime) -> int:
    """Until then, counted in the same way; 0 where it has passed."""
    calendar = deadline_calendar()
    if calendar is not None:
        try:
            return max(0, business_seconds_between(schedule(calendar), at, due_at))
        except (NeverOpens, TooFar, NoSuchCalendar):
            pass
    return max(0, int((due_at - at).total_seconds()))
