"""What was decided about a case, what it is offered to, and what somebody asked for on it."""

from __future__ import annotations

from typing import Any

from careline.kit import db


def latest_decision(case: int) -> Any | None:
    """agent_id, agent_name, at, why, waited_seconds, stage, candidates, excluded, needs."""
    return db.row(
        """SELECT d.agent_id, a.name AS agent_name, d.at, d.why, d.waited_seconds, d.stage, d.candidates, d.excluded, d.needs
           FROM routing_decision d JOIN staff_agent a ON a.id = d.agent_id WHERE d.conversation_id = %s ORDER BY d.id DESC LIMIT 1""",
        [case],
    )


def open_offer(case: int) -> Any | None:
    """agent_id, agent_name, offered_at, due_at."""
    return db.row(
        """SELECT o.agent_id, a.name AS agent_name, o.offered_at, o.due_at FROM routing_offer o JOIN staff_agent a ON a.id = o.agent_id
           WHERE o.conversation_id = %s AND o.ended_at IS NULL""",
        [case],
    )


def offers_of(agent: int) -> list[Any]:
    """What somebody still has to answer, the most pressing first: number, subject, offered_at, due_at."""
    return db.rows(
        """SELECT c.number, c.subject, o.offered_at, o.due_at FROM routing_offer o
           JOIN conversations_conversation c ON c.id = o.conversation_id
           WHERE o.agent_id = %s AND o.ended_at IS NULL AND c.assignee_id = o.agent_id ORDER BY o.due_at, c.number LIMIT 50""",
        [agent],
    )


def needs_of(case: int) -> list[Any]:
    """Asked for by hand: skill_id, name, level, is_mandatory."""
    return db.rows(
        """SELECT n.skill_id, s.name, n.level, n.is_mandatory FROM routing_need n JOIN staff_skill s ON s.id = n.skill_id
           WHERE n.conversation_id = %s ORDER BY lower(s.name)""",
        [case],
    )
