"""Who counts by which opening hours: what would silently go by others if they were taken away."""

from __future__ import annotations

from careline.domain.sla.queries.silence import teams_by_calendar
from careline.kit import db

_USES = """
SELECT 1 AS place, 'promise' AS kind, name, position AS n FROM sla_policy WHERE calendar_id = %(key)s AND retired_at IS NULL
UNION ALL SELECT 2, 'queue', t.name, t.id FROM routing_queue q JOIN staff_team t ON t.id = q.team_id WHERE q.calendar_id = %(key)s
UNION ALL SELECT 3, 'person', a.name, a.id FROM staff_attendance s JOIN staff_agent a ON a.id = s.agent_id
    WHERE s.calendar_id = %(key)s AND a.is_active
UNION ALL SELECT 4, 'rule', name, position FROM triggers_rule WHERE calendar_id = %(key)s
UNION ALL SELECT 5, 'schedule', name, id FROM triggers_schedule WHERE calendar_id = %(key)s
UNION ALL SELECT 6, 'chat', name, id FROM channels_channel WHERE settings->>'calendar' = %(word)s AND is_active
UNION ALL SELECT 7, 'approval', '', id FROM approvals_deadline WHERE calendar_id = %(key)s
UNION ALL SELECT 8, 'complaint', name, 0 FROM (SELECT DISTINCT ON (code) name, calendar_id, is_off FROM complaints_ruleset
    ORDER BY code, valid_from DESC, id DESC) AS newest WHERE calendar_id = %(key)s AND NOT is_off
ORDER BY 1, 4, 3
"""


def uses_of_calendar(calendar: int) -> list[tuple[str, str]]:
    """(promise, silence, queue, person, rule, schedule, chat, approval or complaint; the name of it)."""
    found = [(row.kind, row.name) for row in db.rows(_USES, {"key": calendar, "word": str(calendar)})]
    return [*found, *(("silence", name) for name in teams_by_calendar(calendar))]
