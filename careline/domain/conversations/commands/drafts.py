"""What agents have begun to write: kept on the server, nobody else's business, so no history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.kit import db

KINDS = ("reply", "note", "forward")


def keep(*, agent: int, conversation: int, kind: str, content: dict[str, Any], at: datetime) -> None:
    """Keeps a draft; an empty one is dropped."""
    if not any(content.values()):
        drop(agent=agent, conversation=conversation, kind=kind)
        return
    db.execute(
        """INSERT INTO conversations_draft (agent_id, conversation_id, kind, content, updated_at) VALUES (%s, %s, %s, %s, %s)
           ON CONFLICT (agent_id, conversation_id, kind) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at""",
        [agent, conversation, kind, db.json(content), at],
    )


def drop(*, agent: int, conversation: int, kind: str) -> None:
    db.execute(
        "DELETE FROM conversations_draft WHERE agent_id = %s AND conversation_id = %s AND kind = %s",
        [agent, conversation, kind],
    )
