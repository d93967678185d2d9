"""Rules are written, ordered, switched on and off, and removed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

EVERY = timedelta(minutes=1)
"""How often a rule by time looks."""
MOST_RULES = 500


@dataclass(frozen=True, slots=True)
class Written:
    """A rule as somebody wrote it, already judged; `conditions` and `actions` as rules/ reads them."""

    name: str
    kind: str
    whens: list[str] = field(default_factory=list)
    conditions: dict[str, Any] = field(default_factory=dict)
    actions: list[dict[str, Any]] = field(default_factory=list)
    calendar: int | None = None
    stops: bool = False
    is_active: bool = True


@transaction.atomic
def add_rule(written: Written, *, author: int, by: Actor, at: datetime) -> int:
    """A new rule, the last in order."""
    key = db.value(
        """INSERT INTO triggers_rule (name, kind, whens, conditions, actions, calendar_id, position, is_active, stops, author_id, added_at,
               changed_at, heard_from, next_due_at, version)
           VALUES (%(name)s, %(kind)s, %(whens)s, %(conditions)s, %(actions)s, %(calendar)s,
               (SELECT coalesce(max(position), 0) + 1 FROM triggers_rule), %(active)s, %(stops)s, %(author)s, %(at)s, %(at)s, %(at)s,
               %(due)s, 1) RETURNING id""",
        {**_columns(written, author, at)},
    )
    record(Happening("rule.added", "rule", key), by=by, at=at)
    return int(key)


@transaction.atomic
def change_rule(key: int, written: Written, *, author: int, by: Actor, at: datetime) -> None:
    """It says this from now on; one by time looks at every case anew."""
    db.execute(
        """UPDATE triggers_rule SET name = %(name)s, kind = %(kind)s, whens = %(whens)s, conditions = %(conditions)s, actions = %(actions)s,
               calendar_id = %(calendar)s, stops = %(stops)s, author_id = %(author)s, changed_at = %(at)s, next_due_at = %(due)s,
               heard_from = CASE WHEN is_active THEN heard_from ELSE %(at)s END, is_active = %(active)s, version = version + 1
           WHERE id = %(key)s""",
        {**_columns(written, author, at), "key": key},
    )
    db.execute("DELETE FROM triggers_standing WHERE rule_id = %s", [key])
    record(Happening("rule.changed", "rule", key), by=by, at=at)


@transaction.atomic
def switch_rule(key: int, *, on: bool, by: Actor, at: datetime) -> None:
    """One that was off hears of what happens from now on."""
    db.execute(
        """UPDATE triggers_rule SET is_active = %(on)s, heard_from = CASE WHEN %(on)s AND NOT is_active THEN %(at)s ELSE heard_from END,
               next_due_at = CASE WHEN kind = 'time' THEN %(at)s END WHERE id = %(key)s""",
        {"key": key, "on": on, "at": at},
    )
    record(Happening("rule.switched_on" if on else "rule.switched_off", "rule", key), by=by, at=at)


@transaction.atomic
def move_rule(key: int, *, to: int, by: Actor, at: datetime) -> None:
    """Puts a rule at a place, counted from 1; the others move up or down."""
    keys = [row.id for row in db.rows("SELECT id FROM triggers_rule ORDER BY position, id FOR UPDATE")]
    keys.remove(key)
    keys.insert(max(0, min(to - 1, len(keys))), key)
    db.execute(
        "UPDATE triggers_rule r SET position = n.place FROM unnest(%s::bigint[]) WITH ORDINALITY AS n (id, place) WHERE r.id = n.id",
        [keys],
    )
    record(Happening("rule.moved", "rule", key, data={"to": keys.index(key) + 1}), by=by, at=at)


@transaction.atomic
def remove_rule(key: int, *, by: Actor, at: datetime) -> None:
    """With its log."""
    db.execute("DELETE FROM triggers_run WHERE rule_id = %s", [key])
    db.execute("DELETE FROM triggers_standing WHERE rule_id = %s", [key])
    db.execute("DELETE FROM triggers_rule WHERE id = %s", [key])
    record(Happening("rule.removed", "rule", key), by=by, at=at)


def note_looked(key: int, *, next_at: datetime) -> None:
    """A rule by time looks again then."""
    db.execute("UPDATE triggers_rule SET next_due_at = %s WHERE id = %s", [next_at, key])


def _columns(written: Written, author: int, at: datetime) -> dict[str, Any]:
    return {
        "name": written.name, "kind": written.kind, "whens": written.whens, "conditions": db.json(written.conditions),
        "actions": db.json(written.actions), "calendar": written.calendar, "active": written.is_active, "stops": written.stops,
        "author": author, "at": at, "due": at if written.kind == "time" else None,
    }  # fmt: skip
