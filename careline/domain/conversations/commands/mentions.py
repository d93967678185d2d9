"""Naming colleagues on a case: from then on it is one of theirs to see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.domain.conversations.commands.reach import copy_reach
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_NAMED_NOW = """
UPDATE conversations_conversation c SET mentioned_ids = ARRAY(
    SELECT DISTINCT n.agent_id FROM conversations_mention n JOIN conversations_message m ON m.id = n.message_id
    WHERE m.conversation_id = c.id ORDER BY 1)
WHERE c.id = %s
"""


def mention(case: Any, *, message: int, agents: Sequence[int], by: Actor, at: datetime) -> None:
    """These people were named in a note of the case."""
    if not agents:
        return
    db.execute(
        """INSERT INTO conversations_mention (message_id, agent_id) SELECT %s, a FROM unnest(%s::bigint[]) AS a
           ON CONFLICT DO NOTHING""",
        [message, list(agents)],
    )
    _name_again(case.id)
    data = {"message": message, "agents": list(agents)}
    record(
        Happening("conversation.mentioned", "conversation", case.number, case.id, case.customer_id, data), by=by, at=at
    )


def unmention(case: Any, *, message: int) -> None:
    """The note was taken back: whoever was named in it alone is named no more."""
    if db.execute("DELETE FROM conversations_mention WHERE message_id = %s", [message]):
        _name_again(case.id)


def _name_again(case: int) -> None:
    db.execute(_NAMED_NOW, [case])
    copy_reach(case)
