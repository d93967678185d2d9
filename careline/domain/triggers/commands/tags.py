"""A tag is called otherwise: rules and recurring cases that name it go on with it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db
from careline.kit.renaming import Node, renamed

_FACTS = ("tags", "tags_added")


@transaction.atomic
def rename_tag_in_rules(old: str, new: str, *, by: Actor, at: datetime) -> None:
    """What they heard of, and acted on, stays as it was."""
    for row in db.rows("SELECT id, conditions, actions FROM triggers_rule ORDER BY id FOR UPDATE"):
        conditions = renamed(row.conditions, old, new, under=_of_condition)
        actions = renamed(row.actions, old, new, under=_of_action)
        if (conditions, actions) != (row.conditions, row.actions):
            db.execute(
                "UPDATE triggers_rule SET conditions = %s, actions = %s, changed_at = %s, version = version + 1 WHERE id = %s",
                [db.json(conditions), db.json(actions), at, row.id],
            )
            record(Happening("rule.changed", "rule", row.id), by=by, at=at)
    for row in db.rows("SELECT id, template FROM triggers_schedule ORDER BY id FOR UPDATE"):
        template = renamed(row.template, old, new, under=lambda _node: ("tags",))
        if template != row.template:
            db.execute("UPDATE triggers_schedule SET template = %s WHERE id = %s", [db.json(template), row.id])
            record(Happening("schedule.changed", "schedule", row.id), by=by, at=at)


def _of_condition(node: Node) -> Collection[str]:
    return set(node) - {"fact", "all", "any", "none"} if node.get("fact") in _FACTS else ()


def _of_action(node: Node) -> Collection[str]:
    return ("names",) if node.get("do") in ("tag", "untag") else ()
