"""What was answered: for lists, for the case, and for whoever counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.staff.rules import Reach
from careline.kit import db

_ANSWER = """
SELECT a.id, a.survey_id, a.version, a.kind, a.conversation_id, c.number, c.subject, a.customer_id, cu.name AS customer_name, a.agent_id,
    g.name AS agent_name, a.team_id, a.brand_id, a.channel_kind, a.via, a.resolved_at, a.score, a.values, a.comment, a.language,
    a.answered_at, a.changed_at, a.is_low, r.number AS recovery_number, a.recovered, s.name AS survey_name
FROM surveys_answer a JOIN conversations_conversation c ON c.id = a.conversation_id
LEFT JOIN customers_customer cu ON cu.id = a.customer_id LEFT JOIN staff_agent g ON g.id = a.agent_id
LEFT JOIN conversations_conversation r ON r.id = a.recovery_id LEFT JOIN surveys_survey s ON s.id = a.survey_id
"""


def answers(
    reach: Reach, *, kind: str = "", only_low: bool = False, has_comment: bool = False, survey: int | None = None,
    score: int | None = None, since: datetime | None = None, before: tuple[datetime, int] | None = None, limit: int = 50,
) -> list[Any]:  # fmt: skip
    """The newest first, of cases that this reach sees; `before`: (answered_at, id) of the last one shown."""
    seen, params = visible(reach)
    return db.rows(
        f"""{_ANSWER} WHERE {seen} AND (%(kind)s = '' OR a.kind = %(kind)s) AND (NOT %(low)s OR a.is_low)
              AND (NOT %(comment)s OR a.comment <> '') AND (%(survey)s::bigint IS NULL OR a.survey_id = %(survey)s)
              AND (%(score)s::int IS NULL OR a.score = %(score)s) AND (%(since)s::timestamptz IS NULL OR a.answered_at >= %(since)s)
              AND (%(before_at)s::timestamptz IS NULL OR (a.answered_at, a.id) < (%(before_at)s, %(before_id)s))
            ORDER BY a.answered_at DESC, a.id DESC LIMIT %(limit)s""",
        {
            **params, "kind": kind, "low": only_low, "comment": has_comment, "survey": survey, "limit": limit, "score": score, "since": since,
            "before_at": before[0] if before else None, "before_id": before[1] if before else None,
        },
    )  # fmt: skip


def answers_of_case(conversation: int) -> list[Any]:
    """What customers said of this case, and what it makes good: the newest first."""
    return db.rows(
        f"{_ANSWER} WHERE a.conversation_id = %(case)s OR a.recovery_id = %(case)s ORDER BY a.answered_at DESC, a.id DESC LIMIT 20",
        {"case": conversation},
    )


def scores_between(reach: Reach, *, since: datetime, until: datetime) -> list[Any]:
    """How often each score was given: kind, score, n; of cases that this reach sees."""
    seen, params = visible(reach)
    return db.rows(
        f"""SELECT a.kind, a.score, count(*) AS n FROM surveys_answer a JOIN conversations_conversation c ON c.id = a.conversation_id
            WHERE {seen} AND a.score IS NOT NULL AND a.answered_at >= %(since)s AND a.answered_at < %(until)s
            GROUP BY a.kind, a.score ORDER BY a.kind, a.score""",
        {**params, "since": since, "until": until},
    )


def asked_between(reach: Reach, *, since: datetime, until: datetime) -> list[Any]:
    """How many were asked and how many of them answered: kind, asked, answered. Who rated unasked counts in neither."""
    seen, params = visible(reach)
    return db.rows(
        f"""SELECT s.kind, count(*) AS asked, count(*) FILTER (WHERE i.state = 'answered') AS answered
            FROM surveys_invitation i JOIN surveys_survey s ON s.id = i.survey_id
            JOIN conversations_conversation c ON c.id = i.conversation_id
            WHERE {seen} AND i.sent_at >= %(since)s AND i.sent_at < %(until)s AND i.state IN ('sent', 'answered')
            GROUP BY s.kind ORDER BY s.kind""",
        {**params, "since": since, "until": until},
    )


def held_answer(conversation: int, resolved_at: datetime) -> Any | None:
    """The answer about one resolution, held until the transaction ends."""
    return db.row(
        """SELECT a.id, a.answered_at, a.comment, a.score, a.values, a.recovery_id, coalesce(s.change_hours, 24) AS change_hours
           FROM surveys_answer a LEFT JOIN surveys_survey s ON s.id = a.survey_id
           WHERE a.conversation_id = %s AND a.resolved_at = %s FOR UPDATE OF a""",
        [conversation, resolved_at],
    )


def answer_to_recover(answer: int) -> Any | None:
    """An answer with what its survey says of low scores, held until the transaction ends."""
    return db.row(
        """SELECT a.*, s.on_low, s.recovery_hours, s.name AS survey_name FROM surveys_answer a JOIN surveys_survey s ON s.id = a.survey_id
           WHERE a.id = %s FOR UPDATE OF a""",
        [answer],
    )
