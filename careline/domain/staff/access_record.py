"""The access record: who got in, who was refused, and every change of people and rights, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.kit import db

_ROWS = """
SELECT h.id, h.at, h.actor_kind, h.actor_id, h.via, h.name, h.subject_kind, h.subject_key, h.data, a.name AS actor_name,
    CASE h.subject_kind WHEN 'agent' THEN s.name WHEN 'role' THEN r.name WHEN 'team' THEN t.name WHEN 'provider' THEN p.name END AS subject_name,
    coalesce(v.place, '') AS place, coalesce(v.device, '') AS device
FROM (SELECT * FROM history h
      WHERE subject_kind IN ('agent', 'role', 'team', 'provider')
        AND (%(person)s::bigint IS NULL OR (subject_kind = 'agent' AND subject_key = %(person)s)
             OR (actor_kind = 'agent' AND actor_id = %(person)s))
        AND (%(name)s = '' OR name = %(name)s)
        AND (%(at)s::timestamptz IS NULL OR (at, id) < (%(at)s, %(id)s))
      ORDER BY at DESC, id DESC LIMIT %(limit)s) h
LEFT JOIN staff_agent a ON h.actor_kind = 'agent' AND a.id = h.actor_id
LEFT JOIN staff_agent s ON h.subject_kind = 'agent' AND s.id = h.subject_key
LEFT JOIN staff_role r ON h.subject_kind = 'role' AND r.id = h.subject_key
LEFT JOIN staff_team t ON h.subject_kind = 'team' AND t.id = h.subject_key
LEFT JOIN staff_identityprovider p ON h.subject_kind = 'provider' AND p.id = h.subject_key
LEFT JOIN staff_session v ON h.name = 'agent.signed_in' AND v.id = (h.data->>'session')::bigint
ORDER BY h.at DESC, h.id DESC
"""


def access_record(
    *, limit: int, person: int | None = None, name: str = "", before: tuple[datetime, int] | None = None
) -> list[Any]:
    """id, at, actor_kind, actor_id, actor_name, via, name, subject_kind, subject_key, subject_name, data, place, device.

    `person`: what they did and what was done to them. `before`: the (at, id) of the last row of the page before.
    """
    at, key = before if before is not None else (None, None)
    return db.rows(_ROWS, {"limit": limit, "person": person, "name": name, "at": at, "id": key})
