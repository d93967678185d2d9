"""Reads of what agents work with: what may be undone, bulk changes, mentions, a team's rule."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Reach
from careline.kit import db


def undo_of(number: int, *, agent: int, at: datetime) -> Any | None:
    """The agent's own change of a case that may still be undone: id, conversation_id, at, before, version, note_id, due_at, is_last.

    `is_last`: nothing came after it.
    """
    return db.row(
        """SELECT u.id, u.conversation_id, u.at, u.before, u.version, u.note_id, u.due_at, u.version = c.version AS is_last
           FROM conversations_undo u JOIN conversations_conversation c ON c.id = u.conversation_id
           WHERE c.number = %s AND u.agent_id = %s AND u.due_at >= %s""",
        [number, agent, at],
    )


def only_assignee_sends(team: int | None) -> bool:
    """Whether answers of this team's cases are sent by their assignee alone."""
    if team is None:
        return False
    return bool(db.value("SELECT only_assignee_sends FROM conversations_teamrule WHERE team_id = %s", [team]))


def team_rules() -> dict[int, bool]:
    """Teams in which only the assignee may send."""
    return {r.team_id: True for r in db.rows("SELECT team_id FROM conversations_teamrule WHERE only_assignee_sends")}


def seen_among(numbers: list[int], reach: Reach) -> set[int]:
    """Those of the numbered cases that are reached."""
    condition, params = visible(reach)
    found = db.rows(
        f"SELECT c.number FROM conversations_conversation c WHERE c.number = ANY(%(numbers)s) AND {condition}",
        {**params, "numbers": numbers},
    )
    return {row.number for row in found}


def statuses_by_category() -> dict[str, int]:
    """The id of the first status of each category."""
    found = db.rows(
        "SELECT DISTINCT ON (category) category, id FROM conversations_status ORDER BY category, position, id"
    )
    return {row.category: row.id for row in found}


def leavers_among(agents: Collection[int]) -> frozenset[int]:
    """Those who no longer work here."""
    if not agents:
        return frozenset()
    found = db.rows("SELECT id FROM staff_agent WHERE id = ANY(%s) AND NOT is_active", [list(agents)])
    return frozenset(row.id for row in found)


def mentionable(case: Any) -> list[Any]:
    """Colleagues who may be named on a case: id, name, email, sees (whether they see it without being named).

    Nobody who may see no case at all, nor, where it is restricted, anybody who is not named on it.
    """
    return db.rows(
        """SELECT a.id, a.name, a.email, bool_or(
               g.scope = 'all'
               OR (g.scope = 'team' AND EXISTS (
                   SELECT FROM staff_membership m WHERE m.agent_id = a.id AND m.team_id = %(team)s))
               OR a.id = %(assignee)s OR a.id = ANY(%(followers)s::bigint[]) OR a.id = ANY(%(mentioned)s::bigint[])) AS sees
           FROM staff_agent a
           JOIN staff_grant g ON g.verb = 'conversation:read' AND (g.role_id = a.role_id OR g.role_id IN (
               SELECT e.role_id FROM staff_extrarole e WHERE e.agent_id = a.id))
           WHERE a.is_active AND (%(restricted)s::bigint[] IS NULL OR a.id = ANY(%(restricted)s::bigint[]))
           GROUP BY a.id ORDER BY a.name, a.id""",
        {
            "team": case.team_id, "assignee": case.assignee_id, "followers": case.follower_ids, "mentioned": case.mentioned_ids,
            "restricted": case.restricted_to,
        },
    )  # fmt: skip


def read_up_to(conversation: int, *, agent: int) -> int | None:
    """The newest message of a case that this agent has read; None where they never opened it."""
    return db.value(
        "SELECT message_id FROM conversations_reading WHERE conversation_id = %s AND agent_id = %s",
        [conversation, agent],
        prepared=True,
    )


def kept_files(conversation: int, *, agent: int, ids: list[int]) -> list[Any]:
    """Files of answers that this agent took back in the case: id, name, media_type, size, digest, content_id."""
    return db.rows(
        """SELECT f.id, f.name, f.media_type, f.size, f.file_id AS digest, f.content_id FROM conversations_attachment f
           JOIN conversations_message m ON m.id = f.message_id JOIN conversations_delivery d ON d.message_id = m.id
           WHERE f.id = ANY(%s) AND m.conversation_id = %s AND m.author_kind = 'agent' AND m.author_id = %s AND d.state = 'cancelled'
           ORDER BY f.message_id, f.position, f.id""",
        [ids, conversation, agent],
    )


def transcript_of(key: int, *, agent: int, conversation: int) -> Any | None:
    """A transcript that this agent asked for: id, state (queued, done, failed), words, digest, created_at."""
    return db.row(
        """SELECT id, state, words, file_id AS digest, created_at FROM conversations_transcript
           WHERE id = %s AND agent_id = %s AND conversation_id = %s""",
        [key, agent, conversation],
    )


def earliest_transcript() -> datetime | None:
    return db.value("SELECT min(due_at) FROM conversations_transcript WHERE state = 'queued'")
