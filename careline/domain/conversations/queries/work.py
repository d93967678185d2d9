"""Reads of what agents work with: what may be undone, bulk changes, mentions, a team's rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Reach
from careline.kit import db


def undo_of(number: int, *, agent: int, at: datetime) -> Any | None:
    """The agent's own change of a case that may still be undone: id, conversation_id, before, version, note_id, due_at, is_last.

    `is_last`: nothing came after it.
    """
    return db.row(
        """SELECT u.id, u.conversation_id, u.before, u.version, u.note_id, u.due_at, u.version = c.version AS is_last
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
