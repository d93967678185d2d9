"""Cases are given to people, and taken back from them, many at once and only where nobody was faster. Guarded: flows only.

A case that somebody else holds just now is left alone: whoever calls tries again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from careline.domain.conversations.commands.reach import copy_reach
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_GIVE = """
UPDATE conversations_conversation c SET assignee_id = held.to_id, updated_at = greatest(c.updated_at, %(at)s), version = c.version + 1
FROM (
    SELECT c.id, n.from_id, n.to_id FROM unnest(%(cases)s::bigint[], %(from)s::bigint[], %(to)s::bigint[], %(teams)s::bigint[])
        AS n (id, from_id, to_id, team_id)
    JOIN conversations_conversation c ON c.id = n.id
    WHERE c.assignee_id IS NOT DISTINCT FROM n.from_id AND c.team_id = n.team_id AND c.category = 'open' AND NOT c.is_spam
        AND c.merged_into_id IS NULL AND c.snoozed_until IS NULL
    ORDER BY c.id FOR UPDATE OF c SKIP LOCKED
) held
WHERE c.id = held.id RETURNING c.id, c.number, c.customer_id, c.team_id, held.from_id, held.to_id
"""


class Handing(NamedTuple):
    """A case of a team goes from one (None: from nobody) to another; `why` is a code for the record."""

    case: int
    team: int
    to: int | None
    why: str
    was: int | None = None


def hand_out(handings: Sequence[Handing], *, by: Actor, at: datetime) -> set[int]:
    """The ids of those cases that changed hands, in one statement and with their history. Call it in a transaction."""
    if not handings:
        return set()
    found = db.rows(
        _GIVE,
        {
            "cases": [one.case for one in handings], "from": [one.was for one in handings], "to": [one.to for one in handings],
            "teams": [one.team for one in handings], "at": at,
        },
    )  # fmt: skip
    if not found:
        return set()
    copy_reach(*(row.id for row in found))
    why = {one.case: one.why for one in handings}
    record(*(_assigned(row, why[row.id]) for row in found), by=by, at=at)
    return {row.id for row in found}


def _assigned(row: Any, why: str) -> Happening:
    data = {
        "assignee": row.to_id, "team": row.team_id, "assignee_before": row.from_id, "team_before": row.team_id, "why": why,
    }  # fmt: skip
    return Happening("conversation.assigned", "conversation", row.number, row.id, row.customer_id, data)
