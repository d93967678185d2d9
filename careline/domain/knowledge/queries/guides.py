"""Troubleshooting guides, and how they are walked."""

from __future__ import annotations

from typing import Any

from careline.kit import db

_GUIDE = "SELECT g.id, g.slug, g.audience, g.titles, g.summaries, g.steps, g.asks_device, g.current, g.updated_at FROM knowledge_guide g"
_PUBLISHED = """
SELECT g.id, g.slug, g.audience, g.asks_device, v.id AS version_id, v.number, v.titles, v.summaries, v.steps, v.at
FROM knowledge_guide g JOIN knowledge_guideversion v ON v.guide_id = g.id AND v.number = g.current
"""
_RUN = """
SELECT r.id, r.token, r.conversation_id, r.path, r.outcome, r.started_at, r.ended_at, r.agent_id, a.name AS agent_name,
    g.id AS guide_id, g.slug, g.audience, v.number AS version, v.titles, v.steps
FROM knowledge_guiderun r JOIN knowledge_guideversion v ON v.id = r.version_id JOIN knowledge_guide g ON g.id = v.guide_id
LEFT JOIN staff_agent a ON a.id = r.agent_id
"""


def guides() -> list[Any]:
    """All of them as they are written, with how often each was walked and how that ended, in the last 90 days."""
    return db.rows(
        """SELECT g.id, g.slug, g.audience, g.titles, g.current, g.updated_at, jsonb_array_length(g.steps) AS step_count,
               coalesce(r.runs, 0) AS runs, coalesce(r.solved, 0) AS solved, coalesce(r.handed, 0) AS handed
           FROM knowledge_guide g LEFT JOIN (
               SELECT v.guide_id, count(*) AS runs, count(*) FILTER (WHERE r.outcome = 'solved') AS solved,
                   count(*) FILTER (WHERE r.outcome = 'hand_over') AS handed
               FROM knowledge_guiderun r JOIN knowledge_guideversion v ON v.id = r.version_id GROUP BY v.guide_id) r ON r.guide_id = g.id
           ORDER BY g.id"""
    )


def guide_by_id(key: int) -> Any | None:
    return db.row(_GUIDE + " WHERE g.id = %s", [key])


def published_guides(*, is_public: bool) -> list[Any]:
    """Those that may be walked now: all of them by the staff, the public ones by customers."""
    return db.rows(_PUBLISHED + " WHERE (g.audience = 'public' OR NOT %s) ORDER BY g.id", [is_public])


def published_guide(slug: str) -> Any | None:
    """A public one by its address; None for absent, withdrawn and staff-only alike."""
    return db.row(_PUBLISHED + " WHERE g.audience = 'public' AND g.slug = %s", [slug])


def published_guide_by_id(key: int) -> Any | None:
    return db.row(_PUBLISHED + " WHERE g.id = %s", [key])


def runs_of_case(conversation: int) -> list[Any]:
    """What was walked beside a case, the newest first."""
    return db.rows(_RUN + " WHERE r.conversation_id = %s ORDER BY r.id DESC LIMIT 20", [conversation])


def run_by_id(key: int) -> Any | None:
    return db.row(_RUN + " WHERE r.id = %s", [key])


def run_by_token(token: str) -> Any | None:
    return db.row(_RUN + " WHERE r.token = %s", [token])


def versions_of(guide: int) -> list[Any]:
    return db.rows(
        """SELECT v.number, v.at, a.name AS by_name FROM knowledge_guideversion v LEFT JOIN staff_agent a ON a.id = v.by_id
           WHERE v.guide_id = %s ORDER BY v.number DESC LIMIT 20""",
        [guide],
    )
