"""Somebody leaves: their open cases go to a colleague or back to the team, and they follow nothing any more.

A resolved case keeps their name, and loses it when it is open again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands.reach import copy_reach
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

AT_ONCE = 500
"""Cases in one transaction, so that nobody waits for it longer than a moment."""
_TAKE = """
UPDATE conversations_conversation c SET assignee_id = %(to)s, updated_at = %(at)s, version = version + 1
FROM (SELECT id FROM conversations_conversation WHERE assignee_id = %(from)s AND category <> 'resolved' AND merged_into_id IS NULL
      ORDER BY id LIMIT %(limit)s FOR UPDATE) held
WHERE c.id = held.id RETURNING c.id, c.number, c.customer_id, c.team_id
"""
_UNFOLLOW = """
UPDATE conversations_conversation c SET follower_ids = array_remove(follower_ids, %(from)s::bigint), version = version + 1
FROM (SELECT id FROM conversations_conversation WHERE follower_ids @> ARRAY[%(from)s::bigint] ORDER BY id LIMIT %(limit)s FOR UPDATE) held
WHERE c.id = held.id RETURNING c.id, c.number, c.customer_id
"""
_TAKE_FROM_LEAVER = """
UPDATE conversations_conversation c SET assignee_id = NULL, updated_at = greatest(c.updated_at, %(at)s), version = c.version + 1
FROM staff_agent a WHERE c.id = %(case)s AND a.id = c.assignee_id AND NOT a.is_active
RETURNING c.id, c.number, c.customer_id, c.team_id, a.id AS leaver
"""


@transaction.atomic
def hand_over_some(agent_id: int, *, to: int | None, by: Actor, at: datetime) -> int:
    """At most AT_ONCE open cases of the agent are somebody else's now, or nobody's in their team; how many."""
    found = db.rows(_TAKE, {"from": agent_id, "to": to, "at": at, "limit": AT_ONCE})
    copy_reach(*(row.id for row in found))
    record(*(_assigned(row, agent_id, to) for row in found), by=by, at=at)
    return len(found)


@transaction.atomic
def unfollow_some(agent_id: int, *, by: Actor, at: datetime) -> int:
    """At most AT_ONCE cases that the agent follows are no longer followed; how many."""
    found = db.rows(_UNFOLLOW, {"from": agent_id, "limit": AT_ONCE})
    copy_reach(*(row.id for row in found))
    record(
        *(
            Happening("conversation.unfollowed", "conversation", row.number, row.id, row.customer_id, {"agent": agent_id})
            for row in found
        ),
        by=by, at=at,
    )  # fmt: skip
    return len(found)


@transaction.atomic
def take_from_leaver(case: Any, *, by: Actor, at: datetime) -> None:
    """The case is open again: whoever has left since has it no more, so that it waits for nobody who never comes."""
    if case.assignee_id is None:
        return
    row = db.row(_TAKE_FROM_LEAVER, {"case": case.id, "at": at})
    if row is not None:
        copy_reach(row.id)
        record(_assigned(row, row.leaver, None), by=by, at=at)


def _assigned(row: Any, before: int, to: int | None) -> Happening:
    data = {"assignee": to, "team": row.team_id, "assignee_before": before, "team_before": row.team_id, "left": True}
    return Happening("conversation.assigned", "conversation", row.number, row.id, row.customer_id, data)
