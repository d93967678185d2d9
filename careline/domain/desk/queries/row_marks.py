"""What stands on rows of a list besides the case: open time until it is due, and to whom it is offered. One statement for a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from careline.domain.calendars.queries import calendars
from careline.domain.calendars.rules.hours import BadHours
from careline.domain.calendars.rules.schedule import Schedule, schedule_of
from careline.domain.desk.rules import due_state
from careline.domain.sla.rules.measures import Measure
from careline.kit import db

_MARKS = """
SELECT c.id, k.calendar_key AS calendar, o.due_at AS offered_until, a.name AS offered_to
FROM unnest(%(cases)s::bigint[], %(kinds)s::text[]) AS c (id, kind)
LEFT JOIN sla_clock k ON k.conversation_id = c.id AND k.kind = c.kind AND k.is_business AND NOT k.is_fallback
    AND k.running_since IS NOT NULL AND k.met_at IS NULL AND k.cancelled_at IS NULL
LEFT JOIN routing_offer o ON o.conversation_id = c.id AND o.ended_at IS NULL AND o.due_at > %(at)s
LEFT JOIN staff_agent a ON a.id = o.agent_id
WHERE k.id IS NOT NULL OR o.id IS NOT NULL
"""


class RowMark(NamedTuple):
    """`open_left`: seconds of open time until it is due, negative once it is over; None where it is counted on the wall."""

    open_left: int | None = None
    offered_to: str = ""
    offered_until: datetime | None = None


NO_MARK = RowMark()


def row_marks(rows: Sequence[Any], *, at: datetime) -> dict[int, RowMark]:
    """By the case's id, of those that have any; asked for what is due soon or over, and for what somebody has."""
    asked = [row for row in rows if due_state(row.next_due_at, at=at) in ("soon", "late") or row.assignee_id]
    if not asked:
        return {}
    given = {"cases": [row.id for row in asked], "kinds": [row.due_kind for row in asked], "at": at}
    found = db.rows(_MARKS, given, prepared=True)
    schedules = _schedules() if any(mark.calendar for mark in found) else {}
    due = {row.id: row.next_due_at for row in asked}
    return {mark.id: _mark(mark, schedules.get(mark.calendar), due[mark.id], at) for mark in found}


def _mark(mark: Any, schedule: Schedule | None, due: datetime | None, at: datetime) -> RowMark:
    left = Measure(schedule).between(at, due) if schedule is not None and due is not None else None
    return RowMark(left, mark.offered_to or "", mark.offered_until)


def _schedules() -> dict[int, Schedule]:
    made = {}
    for row in calendars():
        try:
            made[row.id] = schedule_of(row.hours)
        except BadHours:  # its zone or its holidays are not known any more
            continue
    return made
