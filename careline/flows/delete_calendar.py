"""Opening hours go: only those that are not the default ones, and that no promise counts by."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.calendars import commands as calendars
from careline.domain.calendars.queries import NoSuchCalendar, calendar_by_id
from careline.domain.conversations.errors import Refused
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.sla.commands.policies import ask_recount
from careline.domain.sla.queries.policies import policies_by_calendar
from careline.domain.staff.rules import Person, require


def delete_calendar(agent: Person, calendar: int, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NoSuchCalendar, and Refused with every reason."""
    require(agent, "staff:manage")
    with transaction.atomic():
        calendars.hold()
        found = calendar_by_id(calendar)
        if found is None:
            raise NoSuchCalendar(calendar)
        reasons = ["These are the default opening hours: make others the default first."] if found.is_default else []
        reasons += [f"The promise “{name}” counts by them." for name in policies_by_calendar(calendar)]
        if reasons:
            raise Refused(" ".join(reasons))
        calendars.delete_calendar(calendar)
        ask_recount("calendar", at=at)
        record(Happening("calendar.deleted", "calendar", calendar), by=by, at=at)
