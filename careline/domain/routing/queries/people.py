"""What routing knows of one person."""

from __future__ import annotations

from careline.kit import db


def calendars_over(agent: int) -> list[int]:
    """Whose hours decide over somebody: their own calendar, else those of their teams."""
    own = db.value("SELECT calendar_id FROM staff_attendance WHERE agent_id = %s", [agent])
    if own is not None:
        return [own]
    return [
        row.calendar_id
        for row in db.rows(
            """SELECT DISTINCT q.calendar_id FROM staff_membership m JOIN routing_queue q ON q.team_id = m.team_id
               WHERE m.agent_id = %s AND q.calendar_id IS NOT NULL ORDER BY 1""",
            [agent],
        )
    ]
