"""What stands in a request: its steps and papers, and what the clock has to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.kit import db


def steps_of(requests: Sequence[int]) -> list[Any]:
    return db.rows(
        """SELECT s.*, t.name AS team_name, k.name AS skill_name, a.name AS done_by_name FROM requests_step s
           LEFT JOIN staff_team t ON t.id = s.team_id LEFT JOIN staff_skill k ON k.id = s.skill_id
           LEFT JOIN staff_agent a ON a.id = s.done_by_id WHERE s.request_id = ANY(%s) ORDER BY s.request_id, s.position""",
        [list(requests)],
    )


def papers_of(requests: Sequence[int]) -> list[Any]:
    """Everything that came and what is still asked for, in that order."""
    return db.rows(
        """SELECT p.*, a.name AS checked_by_name FROM requests_paper p LEFT JOIN staff_agent a ON a.id = p.checked_by_id
           WHERE p.request_id = ANY(%s) ORDER BY p.request_id, p.id""",
        [list(requests)],
    )


def happenings_of(request: int) -> list[Any]:
    """The newest first: at, name, actor_kind, agent_name, data."""
    return db.rows(
        """SELECT h.id, h.at, h.name, h.actor_kind, a.name AS agent_name, h.data FROM history h
           LEFT JOIN staff_agent a ON h.actor_kind = 'agent' AND a.id = h.actor_id
           WHERE h.subject_kind = 'service_request' AND h.subject_key = %s ORDER BY h.at DESC, h.id DESC LIMIT 100""",
        [request],
    )


def requests_of(customers: Sequence[int], *, before: int | None = None, limit: int = 50) -> list[Any]:
    """What these people asked for themselves or had asked for, the newest first: as they see it."""
    return db.rows(
        """SELECT r.*, t.code AS type_code, v.content FROM requests_request r JOIN requests_type t ON t.id = r.type_id
           JOIN requests_version v ON v.id = r.version_id
           WHERE r.customer_id = ANY(%(people)s) AND (%(before)s::bigint IS NULL OR r.id < %(before)s) ORDER BY r.id DESC LIMIT %(limit)s""",
        {"people": list(customers), "before": before, "limit": limit},
    )


def paper_by_id(key: int) -> Any | None:
    return db.row("SELECT * FROM requests_paper WHERE id = %s", [key])


def earliest_step_due() -> datetime | None:
    found: datetime | None = db.value(
        "SELECT min(due_at) FROM requests_step WHERE state = 'current' AND late_at IS NULL AND due_at IS NOT NULL"
    )
    return found


def request_in_case(conversation: int, *, type: int) -> int | None:
    found: int | None = db.value(
        "SELECT id FROM requests_request WHERE conversation_id = %s AND type_id = %s ORDER BY id LIMIT 1",
        [conversation, type],
    )
    return found
