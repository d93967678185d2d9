"""Which surveys there are, and how many were asked by each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.kit import db

_SURVEY = """
SELECT s.*, v.content, b.name AS brand_name, t.name AS team_name
FROM surveys_survey s JOIN surveys_version v ON v.survey_id = s.id AND v.version = s.version
LEFT JOIN company_brand b ON b.id = s.brand_id LEFT JOIN staff_team t ON t.id = s.team_id
"""


def surveys() -> list[Any]:
    """Those that were not put away, each with the words it asks by now."""
    return db.rows(_SURVEY + " WHERE s.retired_at IS NULL ORDER BY s.position, s.id")


def surveys_on() -> list[Any]:
    return db.rows("SELECT * FROM surveys_survey WHERE is_on AND retired_at IS NULL ORDER BY position, id")


def survey_by_id(key: int) -> Any | None:
    return db.row(_SURVEY + " WHERE s.id = %s", [key])


def figures_of() -> dict[int, Any]:
    """Survey → waiting, sent, answered, left_out and how often each reason kept it (reasons: {code: n})."""
    found = db.rows(
        """SELECT survey_id, sum(n) FILTER (WHERE state = 'waiting') AS waiting,
               sum(n) FILTER (WHERE state IN ('sent', 'answered')) AS sent, sum(n) FILTER (WHERE state = 'answered') AS answered,
               sum(n) FILTER (WHERE state = 'left_out') AS left_out,
               jsonb_object_agg(reason, n) FILTER (WHERE state = 'left_out') AS reasons
           FROM (SELECT survey_id, state, reason, count(*) AS n FROM surveys_invitation GROUP BY 1, 2, 3) counted GROUP BY survey_id"""
    )
    return {row.survey_id: row for row in found}


def earliest_survey() -> datetime | None:
    return db.value("SELECT min(due_at) FROM surveys_invitation WHERE state = 'waiting'")


def resolved_cases() -> list[Any]:
    """Cases that somebody could be asked about, the first resolved first: id, number, customer_id, assignee_id, team_id, resolved_at,
    channel_kind."""
    return db.rows(_RESOLVED)


_RESOLVED = """
SELECT c.id, c.number, c.customer_id, c.assignee_id, c.team_id, c.brand_id, c.resolved_at, c.language, ch.kind AS channel_kind
FROM conversations_conversation c JOIN channels_channel ch ON ch.id = c.channel_id
WHERE c.category = 'resolved' AND NOT c.is_spam AND c.merged_into_id IS NULL AND c.customer_id IS NOT NULL AND c.resolved_at IS NOT NULL
ORDER BY c.resolved_at, c.id
"""
