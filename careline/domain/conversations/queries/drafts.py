"""What colleagues have begun to write and share, and files that wait for their message."""

from __future__ import annotations

from typing import Any

from careline.kit import db


def shared_drafts(conversation: int, *, but: int) -> list[Any]:
    """Drafts that colleagues share in a case: kind, content, updated_at, agent_id, agent_name; `but` is the one who looks."""
    return db.rows(
        """SELECT d.kind, d.content, d.updated_at, d.agent_id, a.name AS agent_name
           FROM conversations_draft d JOIN staff_agent a ON a.id = d.agent_id
           WHERE d.conversation_id = %s AND d.shared_at IS NOT NULL AND d.agent_id <> %s ORDER BY d.shared_at, d.id""",
        [conversation, but],
        prepared=True,
    )


def is_shared(conversation: int, *, agent: int, kind: str) -> bool:
    found = db.value(
        """SELECT shared_at IS NOT NULL FROM conversations_draft
           WHERE conversation_id = %s AND agent_id = %s AND kind = %s""",
        [conversation, agent, kind],
    )
    return bool(found)


def uploads_of(agent: int, *, ids: list[int]) -> list[Any]:
    """What this agent uploaded under these keys, in their order: id, name, media_type, size, digest."""
    found = db.rows(
        """SELECT id, name, media_type, size, file_id AS digest FROM conversations_upload
           WHERE agent_id = %s AND id = ANY(%s)""",
        [agent, ids],
    )
    return sorted(found, key=lambda row: ids.index(row.id))
