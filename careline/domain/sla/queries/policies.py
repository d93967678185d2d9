"""Which policies there are, and how time is counted for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from careline.domain.calendars.queries import calendars
from careline.domain.calendars.rules.hours import BadHours
from careline.domain.calendars.rules.schedule import Schedule, schedule_of
from careline.domain.sla.rules.clocks import KINDS, Clock, Terms
from careline.domain.sla.rules.measures import Measure, measure_of
from careline.domain.sla.rules.policies import BUILT_IN, Policy, Target
from careline.kit import db

_POLICIES = """
SELECT id, name, position, is_default, conditions, targets, calendar_id, warn_percent FROM sla_policy
WHERE retired_at IS NULL ORDER BY is_default, position, id
"""


def policies() -> list[Policy]:
    """All policies in the order in which they are asked; the default one, which is always there, is the last."""
    found = [_policy(row) for row in db.rows(_POLICIES, prepared=True)]
    return found if found and found[-1].is_default else [*found, BUILT_IN]


def policy_names() -> dict[int, str]:
    """Names by id, also of those that are retired: the ledger speaks of them."""
    return {row.id: row.name for row in db.rows("SELECT id, name FROM sla_policy")}


class Measures:
    """The calendars that promises count by, read once, where any of them counts by one."""

    def __init__(self, policies: Iterable[Policy] = (), clocks: Iterable[Clock] = ()) -> None:
        is_asked = any(target.is_business for policy in policies for target in policy.targets.values())
        is_asked = is_asked or any(clock.terms.is_business for clock in clocks)
        rows = calendars() if is_asked else []
        self.default: int | None = next((row.id for row in rows if row.is_default), None)
        self.names: dict[int, str] = {row.id: row.name for row in rows}
        self._schedules = {row.id: _schedule(row) for row in rows}

    def of(self, terms: Terms, at: datetime) -> Measure:
        return measure_of(self.schedule(terms), is_business=terms.is_business, at=at)

    def schedule(self, terms: Terms) -> Schedule | None:
        return self._schedules.get(terms.calendar) if terms.calendar is not None else None


def _schedule(row: Any) -> Schedule | None:
    try:
        return schedule_of(row.hours)
    except BadHours:  # its zone or its holidays are not known any more
        return None


def _policy(row: Any) -> Policy:
    targets = {
        kind: Target(said["seconds"], said["is_business"])
        for kind in KINDS
        if (said := row.targets.get(kind)) is not None
    }
    return Policy(
        row.id, row.name, targets, row.conditions, row.calendar_id, row.warn_percent, row.position, row.is_default
    )
