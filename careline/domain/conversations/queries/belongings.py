"""What hangs on one agent: shown before they leave."""

from __future__ import annotations

from typing import Any

from careline.kit import db


def belongings_of(agent_id: int) -> Any:
    """open_cases, snoozed, without_team (open, in no team's queue), scheduled (answers to be sent later), followed: figures."""
    return db.row(
        """SELECT count(*) FILTER (WHERE is_theirs) AS open_cases,
               count(*) FILTER (WHERE is_theirs AND snoozed_until IS NOT NULL) AS snoozed,
               count(*) FILTER (WHERE is_theirs AND team_id IS NULL) AS without_team,
               count(*) FILTER (WHERE follower_ids @> ARRAY[%(agent)s::bigint]) AS followed,
               (SELECT count(*) FROM conversations_delivery d JOIN conversations_message m ON m.id = d.message_id
                WHERE d.state = 'scheduled' AND m.author_kind = 'agent' AND m.author_id = %(agent)s) AS scheduled
           FROM (SELECT assignee_id = %(agent)s AND category <> 'resolved' AND merged_into_id IS NULL AS is_theirs, snoozed_until,
                     team_id, follower_ids
                 FROM conversations_conversation WHERE (assignee_id = %(agent)s AND category <> 'resolved')
                     OR follower_ids @> ARRAY[%(agent)s::bigint]) c""",
        {"agent": agent_id},
    )


def acted_for(case_number: int, *, person: int, absent: list[int]) -> int | None:
    """On whose behalf somebody acts on a case: the absent colleague whose case it is, where it is not their own."""
    return db.value(
        """SELECT CASE WHEN assignee_id = ANY(%(absent)s) THEN assignee_id
                       ELSE (SELECT k FROM unnest(follower_ids) k WHERE k = ANY(%(absent)s) LIMIT 1) END
           FROM conversations_conversation
           WHERE number = %(number)s AND assignee_id IS DISTINCT FROM %(person)s AND NOT follower_ids @> ARRAY[%(person)s::bigint]""",
        {"number": case_number, "person": person, "absent": absent},
    )
