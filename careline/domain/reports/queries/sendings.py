"""Reports that are sent: to whom, when next, and what became of the last letters; when anything here is due."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.kit import db

_SENDINGS = """
SELECT s.id, s.name, s.every, s.minute, s.time_zone, s.agent_ids, s.is_active, s.due_at, s.created_at,
    (SELECT coalesce(json_agg(json_build_object('id', a.id::text, 'name', a.name) ORDER BY lower(a.name), a.id), '[]')
     FROM staff_agent a WHERE a.id = ANY(s.agent_ids)) AS people,
    (SELECT coalesce(json_agg(json_build_object('name', la.name, 'state', l.state, 'words', l.words, 'begins_on', l.begins_on,
         'at', l.sent_at) ORDER BY l.id DESC), '[]')
     FROM (SELECT * FROM reports_reportletter r WHERE r.sending_id = s.id ORDER BY r.id DESC LIMIT 5) l
     JOIN staff_agent la ON la.id = l.agent_id) AS letters
FROM reports_sending s
"""


def sendings() -> list[Any]:
    """All of them, by name, each with its people and its last five letters."""
    return db.rows(f"{_SENDINGS} ORDER BY lower(s.name), s.id")


def sending_by_id(key: int) -> Any | None:
    return db.row(f"{_SENDINGS} WHERE s.id = %s", [key])


def earliest_sent() -> datetime | None:
    """When the next export, sending or letter is due."""
    return db.value(
        """SELECT least((SELECT min(due_at) FROM reports_export WHERE state = 'queued'),
               (SELECT min(due_at) FROM reports_sending WHERE is_active),
               (SELECT min(due_at) FROM reports_reportletter WHERE due_at IS NOT NULL))"""
    )
