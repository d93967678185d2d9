"""What stands on rows of a list besides the case: open time until it is due, to whom it is offered, how far up it was
handed, and whether it is forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from careline.domain.calendars.queries import calendars
from careline.domain.calendars.rules.hours import BadHours
from careline.domain.calendars.rules.schedule import Schedule, schedule_of
from careline.domain.desk.rules import due_state
from careline.domain.sla.queries.silence import bounds
from careline.domain.sla.rules.measures import Measure
from careline.domain.sla.rules.silence import is_forgotten, silences_from
from careline.kit import db

_MARKS = """
SELECT c.id, k.calendar_key AS calendar, o.due_at AS offered_until, a.name AS offered_to, st.name AS level, co.silences
FROM unnest(%(cases)s::bigint[]) AS c (id)
LEFT JOIN unnest(%(due)s::bigint[], %(kinds)s::text[]) AS d (id, kind) ON d.id = c.id
LEFT JOIN sla_clock k ON k.conversation_id = d.id AND k.kind = d.kind AND k.is_business AND NOT k.is_fallback
    AND k.running_since IS NOT NULL AND k.met_at IS NULL AND k.cancelled_at IS NULL
LEFT JOIN routing_offer o ON o.conversation_id = c.id AND o.ended_at IS NULL AND o.due_at > %(at)s
LEFT JOIN staff_agent a ON a.id = o.agent_id
LEFT JOIN routing_standing st ON st.conversation_id = c.id AND st.level > 0
LEFT JOIN (SELECT settings->'untouched' AS silences FROM company ORDER BY id LIMIT 1) co ON true
WHERE k.id IS NOT NULL OR o.id IS NOT NULL OR st.conversation_id IS NOT NULL OR co.silences IS NOT NULL
"""


class RowMark(NamedTuple):
    """`open_left`: seconds of open time until it is due, negative once it is over; None where it is counted on the wall."""

    open_left: int | None = None
    offered_to: str = ""
    offered_until: datetime | None = None
    level: str = ""
    is_forgotten: bool = False


NO_MARK = RowMark()


def row_marks(rows: Sequence[Any], *, at: datetime) -> dict[int, RowMark]:
    """By the case's id, of those that have any: one statement, and one for calendars where any promise goes by them."""
    due = {
        row.id: row.due_kind for row in rows if row.due_kind and due_state(row.next_due_at, at=at) in ("soon", "late")
    }
    given = {"cases": [row.id for row in rows], "due": list(due), "kinds": list(due.values()), "at": at}
    found = db.rows(_MARKS, given, prepared=True)
    schedules = _schedules() if any(mark.calendar for mark in found) else {}
    marks = {mark.id: mark for mark in found}
    before = bounds(silences_from(found[0].silences if found else None), at=at)
    made = {}
    for row in rows:
        is_silent = is_forgotten(row.category, row.updated_at, row.snoozed_until, before=before.of(row.team_id), at=at)
        if row.id in marks or is_silent:
            made[row.id] = _mark(marks.get(row.id), schedules, row.next_due_at, at)._replace(is_forgotten=is_silent)
    return made


def _mark(mark: Any | None, schedules: Mapping[int, Schedule], due: datetime | None, at: datetime) -> RowMark:
    if mark is None:
        return NO_MARK
    schedule = schedules.get(mark.calendar)
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
