"""Answers that were given elsewhere, or before: many at once, each with its happening. Guarded: flows and the console only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from careline.kit import db

_INVITATIONS = """
INSERT INTO surveys_invitation (survey_id, version, conversation_id, customer_id, agent_id, team_id, brand_id, channel_kind, resolved_at,
    state, reason, sent_at, digest, language, expires_at)
SELECT %s, 1, c.id, c.customer_id, c.assignee_id, c.team_id, c.brand_id, r.kind, c.resolved_at, r.state, '', r.sent, r.digest, c.language, r.expires
FROM jsonb_to_recordset(%s) AS r (id bigint, kind text, state text, sent timestamptz, digest text, expires timestamptz)
JOIN conversations_conversation c ON c.id = r.id
"""
_ANSWERS = """
INSERT INTO surveys_answer (survey_id, version, kind, invitation_id, conversation_id, customer_id, agent_id, team_id, brand_id, channel_kind,
    via, resolved_at, score, values, comment, language, answered_at, changed_at, is_low, recovered)
SELECT i.survey_id, 1, 'csat', i.id, i.conversation_id, i.customer_id, i.agent_id, i.team_id, i.brand_id, i.channel_kind,
    'mail', i.resolved_at, r.score, jsonb_build_object('score', r.score), r.comment, i.language, r.at, r.at, r.score <= 2, ''
FROM jsonb_to_recordset(%s) AS r (id bigint, score int, comment text, at timestamptz)
JOIN surveys_invitation i ON i.conversation_id = r.id
"""
_TOLD = """
INSERT INTO history (at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id, data)
SELECT a.answered_at, 'customer', a.customer_id, 'survey', 'survey.answered', 'conversation', c.number, c.id, a.customer_id,
    jsonb_build_object('answer', a.id, 'survey', a.survey_id, 'kind', 'csat', 'score', a.score, 'low', a.is_low)
FROM surveys_answer a JOIN conversations_conversation c ON c.id = a.conversation_id WHERE a.survey_id = %s
"""


@transaction.atomic
def bring_in_answers(survey: int, asked: Sequence[dict[str, Any]], answered: Sequence[dict[str, Any]]) -> None:
    """`asked`: [{id (of the case), kind (of its channel), state, sent, digest, expires}]; `answered`: [{id, score, comment, at}] of those."""
    db.execute(_INVITATIONS, [survey, db.json(list(asked))])
    db.execute(_ANSWERS, [db.json(list(answered))])
    db.execute(_TOLD, [survey])
