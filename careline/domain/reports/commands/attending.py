"""How long people were there, busy or away, kept from what they said."""

from __future__ import annotations

from careline.domain.history.queries import Happened
from careline.kit import db


def follow_status(happened: Happened) -> None:
    """Ends the interval before and begins the next. Read twice, it changes nothing; what is older than the open one is passed over."""
    said = {
        "agent": happened.subject_key, "at": happened.at, "state": happened.data.get("state", ""),
        "reason": happened.data.get("reason", ""),
    }  # fmt: skip
    open_one = db.row(
        "SELECT id, began_at, state, reason FROM agent_status WHERE agent_id = %(agent)s AND ended_at IS NULL", said
    )
    if open_one is not None:
        if said["at"] < open_one.began_at or (said["at"], said["state"], said["reason"]) == open_one[1:]:
            return
        db.execute("UPDATE agent_status SET ended_at = %s WHERE id = %s", [said["at"], open_one.id])
    db.execute(
        """INSERT INTO agent_status (agent_id, state, reason, began_at)
           VALUES (%(agent)s, %(state)s, %(reason)s, %(at)s)""",
        said,
    )
