"""Clocks of complaints as they are kept: begun, met, put off, rung at their own moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from careline.domain.complaints.models import Clock as Kept
from careline.domain.complaints.rules.clocks import Clock, begun
from careline.domain.complaints.rules.terms import Deadline
from careline.kit import db

_COLUMNS = "kind, due_at, warn_at, rings_at, warned_at, met_at, broken_at"


def begin(complaint: int, deadlines: Sequence[Deadline]) -> None:
    for one in deadlines:
        Kept.objects.create(complaint_id=complaint, first_due_at=one.due_at, **asdict(begun(one)))
    settle(complaint)


def begin_again(complaint: int, deadlines: Sequence[Deadline]) -> None:
    """Other terms: what is met, missed or was put off stays as it is; the rest follows these."""
    db.execute(
        """DELETE FROM complaints_clock
           WHERE complaint_id = %s AND met_at IS NULL AND broken_at IS NULL AND due_at = first_due_at""",
        [complaint],
    )
    standing = {row.kind for row in db.rows("SELECT kind FROM complaints_clock WHERE complaint_id = %s", [complaint])}
    begin(complaint, [one for one in deadlines if one.kind not in standing])


def clocks_of(complaint: int) -> dict[str, Clock]:
    """By kind."""
    rows = db.rows(f"SELECT {_COLUMNS} FROM complaints_clock WHERE complaint_id = %s", [complaint])
    return {row.kind: Clock(*row) for row in rows}


def first_due(complaint: int, kind: str) -> datetime:
    """When it was due before it was put off."""
    found: datetime = db.value(
        "SELECT first_due_at FROM complaints_clock WHERE complaint_id = %s AND kind = %s", [complaint, kind]
    )
    return found


def write(complaint: int, clocks: Iterable[Clock]) -> None:
    for one in clocks:
        said = asdict(one)
        Kept.objects.filter(complaint_id=complaint, kind=said.pop("kind")).update(**said)
    settle(complaint)


def settle(complaint: int) -> None:
    """What a list shows of them stands on the complaint itself."""
    db.execute(
        """UPDATE complaints_complaint c SET next_due_at = n.due_at, due_kind = coalesce(n.kind, ''),
               is_broken = EXISTS (SELECT FROM complaints_clock k WHERE k.complaint_id = c.id AND k.broken_at IS NOT NULL)
           FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT due_at, kind FROM complaints_clock
               WHERE complaint_id = %(key)s AND met_at IS NULL ORDER BY due_at, id LIMIT 1) n ON true
           WHERE c.id = %(key)s""",
        {"key": complaint},
    )


def stop_all(complaint: int) -> None:
    """Nothing rings and nothing is due any more; what was missed stays missed."""
    db.execute("UPDATE complaints_clock SET rings_at = NULL WHERE complaint_id = %s", [complaint])
    db.execute("UPDATE complaints_complaint SET next_due_at = NULL, due_kind = '' WHERE id = %s", [complaint])


def take_ringing(*, at: datetime) -> Any | None:
    """One that rings by now, held: complaint_id and the clock's columns."""
    return db.row(
        f"""SELECT complaint_id, {_COLUMNS} FROM complaints_clock WHERE rings_at <= %s
            ORDER BY rings_at, id LIMIT 1 FOR UPDATE SKIP LOCKED""",
        [at],
    )
