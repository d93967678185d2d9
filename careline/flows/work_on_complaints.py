"""By the clock: deadlines of complaints come near and pass, corrective actions fall due, and are to be checked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.complaints.commands import clocks, complaints, corrections
from careline.domain.complaints.queries.register import complaint_by_id
from careline.domain.complaints.rules.clocks import Clock, rung
from careline.domain.history.actor import SYSTEM

AT_ONCE = 100


def work_on_complaints(*, at: datetime) -> int:
    """Each ring is a transaction of its own; how many there were."""
    for count in range(AT_ONCE):
        with transaction.atomic():
            if not (_ring(at=at) or _remind(at=at)):
                return count
    return AT_ONCE


def _ring(*, at: datetime) -> bool:
    found = clocks.take_ringing(at=at)
    if found is None:
        return False
    after, word = rung(Clock(*found[1:]))
    clocks.write(found.complaint_id, [after])
    row = complaint_by_id(found.complaint_id)
    if word and row is not None:
        data = {
            "kind": found.kind,
            "due_at": found.due_at.isoformat(),
            "owner": row.owner_id,
            "investigator": row.investigator_id,
        }
        complaints.say(row, word, data, by=SYSTEM, at=at)
    return True


def _remind(*, at: datetime) -> bool:
    """Overdue: its owner hears of it. Due to be checked: whoever asked for it does."""
    found = corrections.take_due_correction(at=at)
    if found is None:
        return False
    row, is_late = complaint_by_id(found.complaint_id), found.done_at is None
    corrections.silence(found, is_broken=is_late)
    if row is not None:
        data = {"correction": found.id, "owner": found.owner_id if is_late else found.made_by_id or row.owner_id}
        complaints.say(row, "correction_late" if is_late else "check_due", data, by=SYSTEM, at=at)
    return True
