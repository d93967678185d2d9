"""Reading history for the browsers: the same (tx, id) order as every reader, with the columns that say who may hear."""

from __future__ import annotations

import json
from typing import Any

from careline.domain.history.queries import Cursor

NEWS = """
SELECT h.id, h.tx::text::bigint AS tx, h.name, h.subject_kind, h.subject_key, h.actor_kind, h.actor_id, h.data,
    c.number, c.version, c.team_id, c.assignee_id, c.follower_ids, c.restricted_to, c.channel_id, c.brand_id
FROM history h LEFT JOIN conversations_conversation c ON c.id = h.conversation_id
WHERE (h.tx, h.id) > (%s::text::xid8, %s) AND h.tx < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY h.tx, h.id LIMIT %s
"""
NEWEST = """
SELECT tx::text::bigint, id FROM history WHERE tx < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY history.tx DESC, history.id DESC LIMIT 1
"""
RIGHTS = frozenset({"agent.role_changed", "agent.deactivated", "agent.signed_out", "team.changed"})


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
