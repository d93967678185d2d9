"""What stands on rows of a list besides the case: open time until it is due, to whom it is offered, how far up it was handed."""

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
SELECT c.id, k.calendar_key AS calendar, o.due_at AS offered_until, a.name AS offered_to, st.name AS level
FROM unnest(%(cases)s::bigint[], %(kinds)s::text[]) AS c (id, kind)
LEFT JOIN sla_clock k ON k.conversation_id = c.id AND k.kind = c.kind AND k.is_business AND NOT k.is_fallback
    AND k.running_since IS NOT NULL AND k.met_at IS NULL AND k.cancelled_at IS NULL
LEFT JOIN routing_offer o ON o.conversation_id = c.id AND o.ended_at IS NULL AND o.due_at > %(at)s
LEFT JOIN staff_agent a ON a.id = o.agent_id
LEFT JOIN routing_standing st ON st.conversation_id = c.id AND st.level > 0
WHERE k.id IS NOT NULL OR o.id IS NOT NULL OR st.conversation_id IS NOT NULL
"""


class RowMark(NamedTuple):
    """`open_left`: seconds of open time until it is due, negative once it is over; None where it is counted on the wall."""

    open_left: int | None = None
    offered_to: str = ""
    offered_until: datetime | None = None
    level: str = ""


NO_MARK = RowMark()


def row_marks(rows: Sequence[Any], *, at: datetime) -> dict[int, RowMark]:
    """By the case's id, of those that have any: one statement, and one for calendars where any promise goes by them."""
    shown = {row.id: row.due_kind if due_state(row.next_due_at, at=at) in ("soon", "late") else "" for row in rows}
    given = {"cases": list(shown), "kinds": list(shown.values()), "at": at}
    found = db.rows(_MARKS, given, prepared=True)
    schedules = _schedules() if any(mark.calendar for mark in found) else {}
    due = {row.id: row.next_due_at for row in rows}
    return {mark.id: _mark(mark, schedules.get(mark.calendar), due[mark.id], at) for mark in found}


def _mark(mark: Any, schedule: Schedule | None, due: datetime | None, at: datetime) -> RowMark:
    left = Measure(schedule).between(at, due) if schedule is not None and due is not None else None
    return RowMark(left, mark.offered_to or "", mark.offered_until, mark.level or "")


def _schedules() -> dict[int, Schedule]:
    made = {}
    for row in calendars():
        try:
            made[row.id] = schedule_of(row.hours)
        except BadHours:  # its zone or its holidays are not known any more
            continue
    return made
