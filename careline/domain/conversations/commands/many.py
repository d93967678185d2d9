"""Writing the covers of many cases at once, each with its history. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.domain.conversations.commands.reach import copy_reach
from careline.domain.conversations.rules.covers import Cover, differing, told
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_REWRITE = """
UPDATE conversations_conversation c SET assignee_id = n.assignee_id, team_id = n.team_id, tag_ids = n.tag_ids, priority = n.priority,
    subject = n.subject, is_spam = n.is_spam, snoozed_until = n.snoozed_until, category = n.category, status_id = n.status_id,
    waiting_since = n.waiting_since, resolved_at = n.resolved_at, fields = n.fields,
    topic_id = n.topic_id,
    updated_at = greatest(c.updated_at, %s), version = c.version + 1
FROM jsonb_to_recordset(%s) AS n (id bigint, assignee_id bigint, team_id bigint, tag_ids bigint[], priority smallint, subject text,
    is_spam boolean, snoozed_until timestamptz, category text, status_id bigint, waiting_since timestamptz, resolved_at timestamptz,
    fields jsonb, topic_id bigint)
WHERE c.id = n.id RETURNING c.id, c.version
"""


def locked_by_number(numbers: Sequence[int]) -> list[Any]:
    """The rows of these cases, held until the transaction ends; in one order for all, so that two can't wait for each other."""
    return db.rows(
        "SELECT * FROM conversations_conversation WHERE number = ANY(%s) ORDER BY id FOR UPDATE", [list(numbers)]
    )


def rewrite(
    covers: Sequence[tuple[Any, Cover, Cover]], *, by: Actor, at: datetime, data: dict[str, Any] | None = None
) -> dict[int, int]:
    """Gives each case its new cover (row from a lock, cover before, cover after); versions by id of those that changed.

    `data` goes into each happening: which bulk change it belongs to, or that it undoes another.
    """
    changed = [(case, before, after) for case, before, after in covers if differing(before, after)]
    if not changed:
        return {}
    rows = db.rows(_REWRITE, [at, db.json([{"id": case.id, **before, **after} for case, before, after in changed])])
    copy_reach(*(row.id for row in rows))
    record(
        *(
            Happening(name, "conversation", case.number, case.id, case.customer_id, {**said, **(data or {})})
            for case, before, after in changed
            for name, said in told(before, after)
        ),
        by=by,
        at=at,
    )
    return {row.id: row.version for row in rows}
