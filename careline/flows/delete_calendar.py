"""Opening hours go: only those that are not the default ones, and that nothing counts by."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.calendars import commands as calendars
from careline.domain.calendars.queries import NoSuchCalendar, calendar_by_id
from careline.domain.conversations.errors import Refused
from careline.domain.desk.queries.calendar_uses import uses_of_calendar
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.commands.policies import ask_recount
from careline.domain.staff.rules import Person, require

_SENTENCES = {
    "promise": "The promise “%s” counts by them.",
    "silence": "The team “%s” counts by them how long a case may lie untouched.",
    "queue": "The queue “%s” gives out work in them.",
    "person": "%s works in them.",
    "rule": "The rule “%s” counts by them.",
    "schedule": "The recurring case “%s” keeps its days by them.",
    "chat": "The chat “%s” is open in them.",
    "approval": "The time to decide an approval is counted by them.",
    "complaint": "The deadlines of complaints “%s” are counted by them.",
}


def delete_calendar(agent: Person, calendar: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NoSuchCalendar, and Refused with every reason."""
    require(agent, "staff:manage")
    with transaction.atomic():
        calendars.hold()
        found = calendar_by_id(calendar)
        if found is None:
            raise NoSuchCalendar(calendar)
        reasons = ["These are the default opening hours: make others the default first."] if found.is_default else []
        reasons += [_SENTENCES[kind] % name if name else _SENTENCES[kind] for kind, name in uses_of_calendar(calendar)]
        if reasons:
            raise Refused(" ".join(reasons))
        calendars.delete_calendar(calendar)
        ask_recount("calendar", at=at)
        record(Happening("calendar.deleted", "calendar", calendar), by=by, at=at)
