"""Corrective actions: asked of somebody until a day, done, and checked by another person later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.complaints.commands.complaints import agent_of, say
from careline.domain.complaints.models import Correction
from careline.domain.history.actor import Actor
from careline.kit import db


@transaction.atomic
def add_correction(
    complaint: Any,
    *,
    text: str,
    owner: int,
    due_at: datetime,
    check_after: int,
    cause: int | None,
    by: Actor,
    at: datetime,
) -> int:
    row = Correction.objects.create(
        complaint_id=complaint.id, cause_id=cause, text=text, owner_id=owner, due_at=due_at, made_by_id=agent_of(by), made_at=at,
        check_after=check_after, rings_at=due_at,
    )  # fmt: skip
    say(complaint, "correction_asked", {"correction": row.pk, "owner": owner, "cause": cause}, by=by, at=at)
    return int(row.pk)


@transaction.atomic
def finish(complaint: Any, row: Any, *, result: str, check_due_at: datetime, by: Actor, at: datetime) -> None:
    """Done; from `check_due_at` on somebody else has to look whether it helped."""
    Correction.objects.filter(pk=row.id).update(
        done_at=at, done_by_id=agent_of(by), result=result, check_due_at=check_due_at, rings_at=check_due_at
    )
    say(complaint, "correction_done", {"correction": row.id, "owner": row.owner_id}, by=by, at=at)


@transaction.atomic
def check(complaint: Any, row: Any, *, is_effective: bool, finding: str, by: Actor, at: datetime) -> None:
    Correction.objects.filter(pk=row.id).update(
        checked_at=at, checked_by_id=agent_of(by), is_effective=is_effective, finding=finding, rings_at=None
    )
    data = {"correction": row.id, "owner": row.owner_id, "is_effective": is_effective}
    say(complaint, "correction_checked", data, by=by, at=at)


def locked_correction(key: int) -> Any | None:
    return db.row("SELECT * FROM complaints_correction WHERE id = %s FOR UPDATE", [key])


def take_due_correction(*, at: datetime) -> Any | None:
    """One that is overdue, or whose check is due, by now; held."""
    return db.row(
        """SELECT * FROM complaints_correction WHERE rings_at <= %s ORDER BY rings_at, id LIMIT 1 FOR UPDATE SKIP LOCKED""",
        [at],
    )


def silence(row: Any, *, is_broken: bool) -> None:
    """It has rung. `broken_at` says that it was not done in time."""
    broken = row.due_at if is_broken else row.broken_at
    db.execute("UPDATE complaints_correction SET rings_at = NULL, broken_at = %s WHERE id = %s", [broken, row.id])
