"""Opening hours go: only those that are not the default ones, and that nothing counts by."""

from __future__ import annotations

from collections.abc import Sequence
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

SENTENCES = {
    "default": "These are the default opening hours: make others the default first.",
    "promise": "The promise “%(name)s” counts by them.",
    "silence": "The team “%(name)s” counts by them how long a case may lie untouched.",
    "queue": "The queue “%(name)s” gives out work in them.",
    "person": "%(name)s works in them.",
    "rule": "The rule “%(name)s” counts by them.",
    "schedule": "The recurring case “%(name)s” keeps its days by them.",
    "chat": "The chat “%(name)s” is open in them.",
    "approval": "The time to decide an approval is counted by them.",
    "complaint": "The deadlines of complaints “%(name)s” are counted by them.",
}


class HoursInUse(Refused):
    """Something counts by them; `uses` are (what, its name), each with its sentence in SENTENCES."""

    def __init__(self, uses: Sequence[tuple[str, str]]) -> None:
        super().__init__(" ".join(SENTENCES[kind] % {"name": name} for kind, name in uses))
        self.uses = uses


def delete_calendar(agent: Person, calendar: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NoSuchCalendar, HoursInUse."""
    require(agent, "hours:manage")
    with transaction.atomic():
        calendars.hold()
        found = calendar_by_id(calendar)
        if found is None:
            raise NoSuchCalendar(calendar)
        uses = [("default", "")] if found.is_default else []
        uses += uses_of_calendar(calendar)
        if uses:
            raise HoursInUse(uses)
        calendars.delete_calendar(calendar)
        ask_recount("calendar", at=at)
        record(Happening("calendar.deleted", "calendar", calendar), by=by, at=at)
