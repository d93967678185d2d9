"""Steps that belong to a case: laid down, ticked, taken off; and templates of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.rules.checklists import Step
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_COUNT_DUTIES = """
UPDATE conversations_conversation c SET version = version + 1, updated_at = greatest(updated_at, %s), open_duties = (
    SELECT count(*) FROM conversations_checklistitem i WHERE i.conversation_id = c.id AND i.is_required AND i.done_at IS NULL)
WHERE c.id = %s
"""


@transaction.atomic
def add_steps(case: Any, steps: Sequence[Step], *, by: Actor, at: datetime) -> None:
    """Puts steps behind those that the case has."""
    db.execute(
        """INSERT INTO conversations_checklistitem (conversation_id, position, text, is_required)
           SELECT %(case)s, n.place + (SELECT coalesce(max(i.position), 0) FROM conversations_checklistitem i
                                       WHERE i.conversation_id = %(case)s), n.text, n.required
           FROM jsonb_to_recordset(%(steps)s) AS n (place smallint, text text, required boolean)""",
        {
            "case": case.id,
            "steps": db.json(
                [{"place": n, "text": s.text, "required": s.is_required} for n, s in enumerate(steps, start=1)]
            ),
        },
    )
    _noted(case, "checklist.added", {"steps": len(steps)}, by=by, at=at)


@transaction.atomic
def tick(case: Any, *, step: int, is_done: bool, by: Actor, at: datetime) -> bool:
    """A step is done, or not after all; False where there is no such step on the case."""
    found = db.execute(
        """UPDATE conversations_checklistitem SET done_by_id = %s, done_at = %s
           WHERE id = %s AND conversation_id = %s AND (done_at IS NOT NULL) <> %s""",
        [by.id if is_done else None, at if is_done else None, step, case.id, is_done],
    )
    if found:
        _noted(case, "checklist.ticked" if is_done else "checklist.unticked", {"step": step}, by=by, at=at)
    return bool(found) or _is_there(case, step)


@transaction.atomic
def remove_step(case: Any, *, step: int, by: Actor, at: datetime) -> bool:
    found = db.execute(
        "DELETE FROM conversations_checklistitem WHERE id = %s AND conversation_id = %s", [step, case.id]
    )
    if found:
        _noted(case, "checklist.removed", {"step": step}, by=by, at=at)
    return bool(found)


@transaction.atomic
def save_template(name: str, steps: Sequence[Step], *, by: Actor, at: datetime) -> int:
    """A template by its name: a new one, or this one from now on."""
    items = [{"text": step.text, "required": step.is_required} for step in steps]
    key = db.value(
        """INSERT INTO conversations_checklisttemplate (name, items) VALUES (%s, %s)
           ON CONFLICT (lower(name)) DO UPDATE SET name = excluded.name, items = excluded.items RETURNING id""",
        [name, db.json(items)],
    )
    record(Happening("checklist.template_saved", "checklist", key), by=by, at=at)
    return int(key)


@transaction.atomic
def remove_template(template: int, *, by: Actor, at: datetime) -> bool:
    """Cases that were given its steps keep them."""
    found = db.execute("DELETE FROM conversations_checklisttemplate WHERE id = %s", [template])
    if found:
        record(Happening("checklist.template_removed", "checklist", template), by=by, at=at)
    return bool(found)


def _noted(case: Any, name: str, data: dict[str, Any], *, by: Actor, at: datetime) -> None:
    db.execute(_COUNT_DUTIES, [at, case.id])
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)


def _is_there(case: Any, step: int) -> bool:
    return bool(
        db.value("SELECT true FROM conversations_checklistitem WHERE id = %s AND conversation_id = %s", [step, case.id])
    )
