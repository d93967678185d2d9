"""News as a browser gets it, and how far it has read."""

from __future__ import annotations

import json
from typing import Any

from careline.domain.history.queries import Cursor

RIGHTS = frozenset({
    "agent.role_changed", "agent.deactivated", "agent.signed_out", "agent.password_changed", "session.ended", "team.changed",
    "role.changed", "deputy.named", "deputy.began", "deputy.ended",
})  # fmt: skip
"""After these, streams of those concerned close and their browsers come again with what they may hear now."""


def event_of(row: Any) -> bytes:
    """One server-sent event. Its id is the reader's cursor, so that `Last-Event-ID` resumes exactly there."""
    said = {"topic": row.subject_kind, "name": row.name, "number": row.number, "version": row.version}
    if row.actor_kind == "agent":
        said["by"] = row.actor_id
    return f"id: {row.tx}-{row.id}\nevent: changed\ndata: {json.dumps(said, separators=(',', ':'))}\n\n".encode()


def cursor_from(last_event_id: str) -> Cursor | None:
    """The cursor that a browser sends back; None for none or nonsense."""
    tx, _, key = last_event_id.partition("-")
    if not (tx.isascii() and tx.isdigit() and key.isascii() and key.isdigit() and len(tx) < 19 and len(key) < 19):
        return None
    return Cursor(int(tx), int(key))
