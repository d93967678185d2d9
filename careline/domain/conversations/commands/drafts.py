"""What agents have begun to write: kept on the server, nobody else's business until it is shared, so no history of the words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

KINDS = ("reply", "note", "forward")


def keep(*, agent: int, conversation: int, kind: str, content: dict[str, Any], at: datetime) -> None:
    """Keeps a draft, shared or not as it was; an empty one is dropped."""
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


def share(case: Any, *, agent: int, kind: str, shared: bool, by: Actor, at: datetime) -> bool:
    """Colleagues see the draft from now on, or no more; whether there is one. Call it inside the flow's transaction."""
    changed = db.row(
        """UPDATE conversations_draft SET shared_at = CASE WHEN %s THEN coalesce(shared_at, %s) END
           WHERE agent_id = %s AND conversation_id = %s AND kind = %s RETURNING id""",
        [shared, at, agent, case.id, kind],
    )
    if changed is not None:
        _tell("draft.shared" if shared else "draft.unshared", case, changed.id, by=by, at=at)
    return changed is not None


def hand_over(case: Any, *, kind: str, was: int, to: int, by: Actor, at: datetime) -> bool:
    """A shared draft and its files become somebody else's own; whether it was there. Inside the flow's transaction."""
    changed = db.row(
        """UPDATE conversations_draft SET agent_id = %s, shared_at = NULL, updated_at = %s
           WHERE agent_id = %s AND conversation_id = %s AND kind = %s AND shared_at IS NOT NULL RETURNING id, content""",
        [to, at, was, case.id, kind],
    )
    if changed is None:
        return False
    uploads = [int(key) for key in changed.content.get("uploaded", ()) if str(key).isdecimal()]
    db.execute(
        "UPDATE conversations_upload SET agent_id = %s WHERE agent_id = %s AND conversation_id = %s AND id = ANY(%s)",
        [to, was, case.id, uploads],
    )
    _tell("draft.handed_over", case, changed.id, by=by, at=at, was=was)
    return True


def _tell(name: str, case: Any, key: int, *, by: Actor, at: datetime, **data: int) -> None:
    record(Happening(name, "draft", key, case.id, case.customer_id, {"case": case.number, **data}), by=by, at=at)
