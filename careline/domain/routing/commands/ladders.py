"""Ladders are written, and cases go up and down them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.domain.routing.models import Escalation, Rung, Standing
from careline.domain.routing.models import Ladder as LadderRow
from careline.domain.routing.rules.ladders import Ladder, Reached
from careline.kit import db

_DUE = """
UPDATE routing_standing s SET due_at = NULL, why_due = '' FROM (
    SELECT conversation_id, why_due, due_at FROM routing_standing WHERE due_at <= %s ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED) held
WHERE s.conversation_id = held.conversation_id RETURNING s.conversation_id, held.why_due, held.due_at
"""
_PLAN = """
INSERT INTO routing_standing AS s (conversation_id, level, name, due_at, why_due) VALUES (%(case)s, 0, '', %(due)s, %(why)s)
ON CONFLICT (conversation_id) DO UPDATE SET due_at = excluded.due_at, why_due = excluded.why_due
    WHERE s.due_at IS NULL OR s.due_at > excluded.due_at
"""


@dataclass(frozen=True, slots=True)
class Step:
    """A case goes from one level to another. `owner`: whom the customer keeps; `before`: assignee, team, level, name and due."""

    reason: str
    from_level: int
    level: int
    name: str
    owner: int | None = None
    agent: int | None = None
    team: int | None = None
    due_at: datetime | None = None
    why_due: str = ""
    note: int | None = None
    passed: Sequence[tuple[int, Mapping[str, int]]] = ()
    before: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def save_ladder(ladder: Ladder, *, by: Actor, at: datetime) -> int:
    """A new one, or the one with its id as it is to be; its key."""
    said = {
        "name": ladder.name, "topic_id": ladder.topic, "late_minutes": ladder.late_minutes, "reopenings": ladder.reopenings,
    }  # fmt: skip
    row, _ = LadderRow.objects.update_or_create(pk=ladder.id, defaults=said)  # type: ignore[misc]
    Rung.objects.filter(ladder=row).delete()
    Rung.objects.bulk_create(
        Rung(ladder=row, position=n, name=one.name, kind=one.kind, role=one.role, team_id=one.team, minutes=one.minutes)
        for n, one in enumerate(ladder.rungs, 1)
    )
    record(Happening("ladder.changed", "ladder", row.pk, data={"rungs": len(ladder.rungs)}), by=by, at=at)
    return int(row.pk)


@transaction.atomic
def remove_ladder(key: int, *, by: Actor, at: datetime) -> bool:
    """False where there is none. Cases stay as high as they stand."""
    if not LadderRow.objects.filter(pk=key).delete()[0]:
        return False
    record(Happening("ladder.removed", "ladder", key), by=by, at=at)
    return True


@transaction.atomic
def take_step(case: Any, step: Step, *, by: Actor, at: datetime) -> int:
    """The case stands where the step leads, on the record; the step's key. `case`: id, number, customer_id."""
    moved = {
        "level": step.level, "name": step.name, "owner_id": step.owner, "raised_at": at, "due_at": step.due_at, "why_due": step.why_due,
    }  # fmt: skip
    Standing.objects.update_or_create(pk=case.id, defaults=moved)
    version = db.value(
        "UPDATE conversations_conversation SET version = version + 1, updated_at = greatest(updated_at, %s) WHERE id = %s RETURNING version",
        [at, case.id],
    )
    kept = Escalation.objects.create(
        conversation_id=case.id, at=at, reason=step.reason, by_agent_id=by.id if by.kind is ActorKind.AGENT else None,
        from_level=step.from_level, level=step.level, name=step.name, agent_id=step.agent, team_id=step.team, note_id=step.note,
        passed=[[level, dict(reasons)] for level, reasons in step.passed], before=dict(step.before), version=version,
    )  # fmt: skip
    data = {
        "level": step.level, "from_level": step.from_level, "agent": step.agent, "team": step.team, "owner": step.owner,
        "reason": step.reason, "escalation": kept.pk,
    }  # fmt: skip
    name = "escalation.lowered" if step.level < step.from_level else "escalation.raised"
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)
    return int(kept.pk)


@transaction.atomic
def take_step_back(case: Any, escalation: int, *, by: Actor, at: datetime) -> None:
    """The case stands as high as before that step; what else it changed puts back whoever calls."""
    kept = Escalation.objects.get(pk=escalation)
    Escalation.objects.filter(pk=escalation).update(undone_at=at)
    before = kept.before
    Standing.objects.filter(pk=case.id).update(
        level=before["level"],
        name=before["name"],
        owner_id=before["owner"],
        due_at=before["due_at"],
        why_due=before["why_due"],
    )
    data = {"level": before["level"], "from_level": kept.level, "undo": True, "escalation": escalation}
    name = "escalation.lowered" if before["level"] < kept.level else "escalation.raised"
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)


def note_refused(case: Any, reached: Reached, *, reason: str, level: int, by: Actor, at: datetime) -> None:
    """It was to rise by itself, and nobody may have it: that stands in the list, and the case stays where it is."""
    Escalation.objects.create(
        conversation_id=case.id, at=at, reason=reason, from_level=level, level=level,
        passed=[[step, dict(reasons)] for step, reasons in reached.passed],
    )  # fmt: skip
    data = {"level": level, "reason": reason}
    record(Happening("escalation.refused", "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)


def plan(case: int, *, due_at: datetime, why: str) -> None:
    """It rises then, unless it is to rise earlier."""
    db.execute(_PLAN, {"case": case, "due": due_at, "why": why})


def take_due(*, at: datetime, limit: int) -> list[Any]:
    """conversation_id, why_due and due_at of what is to rise by now, held by whoever asks: nobody else gets them."""
    return db.rows(_DUE, [at, limit])
