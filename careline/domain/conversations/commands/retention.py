"""Rules of retention and the record of their runs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.rules.retention import check_rule
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_CHANGE = """
UPDATE conversations_retentionrule SET name = %(name)s, target = %(target)s, action = %(action)s, basis = %(basis)s, days = %(days)s,
    filter = %(filter)s, is_active = %(is_active)s, due_at = %(due_at)s
WHERE id = %(id)s AND ended_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says; see models/retention.py."""

    name: str
    days: int
    target: str = "cases"
    action: str = "delete"
    basis: str = "resolved"
    filter: dict[str, Any] = field(default_factory=dict)
    is_active: bool = False


@transaction.atomic
def add_rule(said: Said, *, due_at: datetime, by: Actor, at: datetime) -> int:
    """A rule, off until somebody has looked at its dry run and turned it on. Raises BadRule."""
    _check(said)
    key = int(
        db.value(
            """INSERT INTO conversations_retentionrule (name, target, action, basis, days, filter, is_active, due_at, created_at, created_by_id)
               VALUES (%(name)s, %(target)s, %(action)s, %(basis)s, %(days)s, %(filter)s, %(is_active)s, %(due_at)s, %(at)s, %(by)s)
               RETURNING id""",
            {**_columns(said), "due_at": due_at, "at": at, "by": by.id},
        )
    )
    record(Happening("retention.rule_added", "retention_rule", key, data=_codes(said)), by=by, at=at)
    return key


@transaction.atomic
def change_rule(key: int, said: Said, *, due_at: datetime, by: Actor, at: datetime) -> None:
    """Raises BadRule, NotFound for one that was ended."""
    _check(said)
    if not db.execute(_CHANGE, {**_columns(said), "due_at": due_at, "id": key}):
        raise NotFound(f"There is no retention rule {key}.")
    record(Happening("retention.rule_changed", "retention_rule", key, data=_codes(said)), by=by, at=at)


@transaction.atomic
def end_rule(key: int, *, by: Actor, at: datetime) -> None:
    """It removes nothing any more; what it removed stays on record. Raises NotFound."""
    ended = db.execute(
        "UPDATE conversations_retentionrule SET is_active = false, ended_at = %s WHERE id = %s AND ended_at IS NULL",
        [at, key],
    )
    if not ended:
        raise NotFound(f"There is no retention rule {key}.")
    record(Happening("retention.rule_ended", "retention_rule", key), by=by, at=at)


def begin_run(rule: int, *, cut_at: datetime, by: Actor, at: datetime) -> int:
    """The run to write into: the one that a crash left unfinished, else a new one."""
    held = db.value(
        "SELECT id FROM conversations_retentionrun WHERE rule_id = %s AND finished_at IS NULL ORDER BY id LIMIT 1",
        [rule],
    )
    return int(
        held
        or db.value(
            """INSERT INTO conversations_retentionrun (rule_id, by_kind, by_id, cut_at, started_at, counts)
               VALUES (%s, %s, %s, %s, %s, '{}') RETURNING id""",
            [rule, by.kind.value, by.id, cut_at, at],
        )
    )


def count_in_run(run: int, counts: dict[str, int]) -> None:
    """Adds what one chunk removed; in the chunk's transaction."""
    held = db.value("SELECT counts FROM conversations_retentionrun WHERE id = %s FOR UPDATE", [run])
    new = {name: held.get(name, 0) + counts.get(name, 0) for name in {**held, **counts}}
    db.execute("UPDATE conversations_retentionrun SET counts = %s WHERE id = %s", [db.json(new), run])


@transaction.atomic
def end_run(run: int, *, rule: int, due_at: datetime, by: Actor, at: datetime) -> None:
    """All of it is done; the rule runs again at `due_at`."""
    db.execute("UPDATE conversations_retentionrun SET finished_at = %s WHERE id = %s", [at, run])
    db.execute("UPDATE conversations_retentionrule SET due_at = %s WHERE id = %s", [due_at, rule])
    record(Happening("retention.ran", "retention_rule", rule, data={"run": run}), by=by, at=at)


def _check(said: Said) -> None:
    words = asdict(said)
    del words["is_active"]
    check_rule(**words)


def _columns(said: Said) -> dict[str, Any]:
    return {**asdict(said), "filter": db.json({name: values for name, values in said.filter.items() if values})}


def _codes(said: Said) -> dict[str, Any]:
    return {"target": said.target, "action": said.action, "basis": said.basis, "days": said.days, "on": said.is_active}
