"""What was said of cases elsewhere, or before: many at once, each with its happening. Guarded: flows and the console only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from careline.kit import db

_TOPICS = """
WITH told AS (
    UPDATE conversations_conversation c SET topic_id = r.topic
    FROM jsonb_to_recordset(%s) AS r (number bigint, topic bigint, agent bigint, at timestamptz) WHERE c.number = r.number AND c.topic_id IS NULL
    RETURNING c.id, c.number, c.customer_id, r.topic, r.agent, r.at
)
INSERT INTO history (at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id, data)
SELECT at, 'agent', agent, 'web', 'conversation.topic_changed', 'conversation', number, id, customer_id,
    jsonb_build_object('topic', topic, 'before', NULL)
FROM told
"""
_WORK = """
INSERT INTO history (at, actor_kind, actor_id, via, name, subject_kind, subject_key, conversation_id, customer_id, data)
SELECT h.at, 'agent', h.actor_id, 'web', 'conversation.worked', 'conversation', c.number, c.id, NULL,
    jsonb_build_object('seconds', h.seconds, 'began_at', h.at - h.seconds * interval '1 second')
FROM (SELECT a.*, (%(seconds)s::bigint[])[1 + row_number() OVER (ORDER BY a.at, a.id) %% %(many)s] AS seconds
      FROM history a WHERE a.name = 'message.queued' AND a.actor_kind = 'agent') h
JOIN conversations_conversation c ON c.id = h.conversation_id
"""


@transaction.atomic
def bring_in_topics(said: Sequence[dict[str, Any]]) -> None:
    """[{number, topic, agent, at}]: what cases without a topic were about, as somebody said."""
    db.execute(_TOPICS, [db.json(list(said))])


@transaction.atomic
def bring_in_work(seconds: Sequence[int]) -> None:
    """How long people were at work on each of their answers: these, in turn and over and over."""
    db.execute(_WORK, {"seconds": list(seconds), "many": len(seconds)})
