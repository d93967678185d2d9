"""Files of what is being written, kept until it is sent or a month has passed."""

from __future__ import annotations

from datetime import datetime, timedelta

from careline.domain.conversations.commands.messages import NewAttachment
from careline.kit import db

KEPT = timedelta(days=30)


def keep_upload(file: NewAttachment, *, agent: int, conversation: int | None, at: datetime) -> int:
    """Its key, good for this agent alone; what the agent left lying for a month goes."""
    db.execute("DELETE FROM conversations_upload WHERE agent_id = %s AND uploaded_at < %s", [agent, at - KEPT])
    key = db.value(
        """INSERT INTO conversations_upload (agent_id, conversation_id, file_id, name, media_type, size, uploaded_at)
           VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id""",
        [agent, conversation, file.digest, file.name, file.media_type, file.size, at],
    )
    return int(key)


def drop_uploads(*, agent: int, ids: list[int]) -> None:
    """They were sent, or are not wanted."""
    db.execute("DELETE FROM conversations_upload WHERE agent_id = %s AND id = ANY(%s)", [agent, ids])
