"""What has to be indexed again."""

from __future__ import annotations

from collections.abc import Sequence

from careline.kit import db


def first_messages_of(conversations: Sequence[int]) -> list[int]:
    """The message that each case begins with: it is found by the subject that the case bears now."""
    found = db.rows(
        """SELECT DISTINCT ON (conversation_id) id FROM conversations_message WHERE conversation_id = ANY(%s)
           ORDER BY conversation_id, created_at, id""",
        [list(conversations)],
    )
    return [row.id for row in found]


def files_waiting() -> int:
    """How many attached files have yet to be read."""
    return int(db.value("SELECT count(*) FROM conversations_filetext WHERE state = 'waiting'"))
