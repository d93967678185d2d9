"""What people set for themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.models import Agent


class NoSuchZone(ValueError):
    """There is no time zone of this name."""


@transaction.atomic
def change_oneself(agent_id: int, *, by: Actor, at: datetime, **given: Any) -> None:
    """Changes one's own name, language, time_zone; an empty zone or language means the company's. Raises NoSuchZone."""
    zone = given.get("time_zone", "")
    if zone and zone not in available_timezones():
        raise NoSuchZone(f"There is no time zone {zone[:50]}: give one as in Europe/Berlin.")
    if given:
        Agent.objects.filter(pk=agent_id).update(**given)
        record(Happening("agent.changed", "agent", agent_id, data={"fields": sorted(given)}), by=by, at=at)
