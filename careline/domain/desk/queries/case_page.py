"""Everything the case page shows, in few statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from careline.domain.conversations.queries.cases import participants_of
from careline.domain.conversations.queries.messages import newest_messages_of
from careline.kit import db

MESSAGES_SHOWN = 100


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case with its names, messages and people."""

    head: Any
    messages: list[Any]
    events: list[Any]
    participants: list[Any]


_HEAD = """
SELECT c.*, s.code AS status_code, s.name AS status_names, ch.kind AS channel_kind, ch.name AS channel_name, ch.address AS channel_address,
    cu.name AS customer_name, o.id AS company_id, o.name AS company_name,
    a.name AS assignee_name, t.name AS team_name, b.name AS brand_name,
    (SELECT coalesce(json_agg(json_build_object('kind', ca.kind, 'value', ca.value, 'verified', ca.verified_at IS NOT NULL,
        'undeliverable', ca.undeliverable_since IS NOT NULL) ORDER BY ca.is_primary DESC, ca.id), '[]')
     FROM customers_address ca WHERE ca.customer_id = c.customer_id) AS addresses,
    (SELECT coalesce(json_agg(tg.name ORDER BY tg.name), '[]') FROM conversations_tag tg WHERE tg.id = ANY(c.tag_ids)) AS tags,
    (SELECT number FROM conversations_conversation m WHERE m.id = c.merged_into_id) AS merged_into_number,
    (SELECT rs.name FROM routing_standing rs WHERE rs.conversation_id = c.id AND rs.level > 0) AS level
FROM conversations_conversation c
JOIN conversations_status s ON s.id = c.status_id
JOIN company_brand b ON b.id = c.brand_id
LEFT JOIN channels_channel ch ON ch.id = c.channel_id
LEFT JOIN customers_customer cu ON cu.id = c.customer_id
LEFT JOIN customers_organisation o ON o.id = cu.organisation_id
LEFT JOIN staff_agent a ON a.id = c.assignee_id
LEFT JOIN staff_team t ON t.id = c.team_id
WHERE c.id = %s
"""
_EVENTS = """
SELECT h.id, h.at, h.name, h.actor_kind, h.via, h.data, a.name AS agent_name, b.name AS assignee_name, t.name AS team_name,
    CASE WHEN h.name = 'conversation.tagged' THEN (SELECT jsonb_object_agg(g.id, g.name) FROM conversations_tag g
        WHERE h.data->'tags' @> to_jsonb(g.id) OR h.data->'before' @> to_jsonb(g.id)) END AS tag_names,
    CASE WHEN h.name = 'conversation.mentioned' THEN (SELECT string_agg(n.name, ', ' ORDER BY n.name) FROM staff_agent n
        WHERE h.data->'agents' @> to_jsonb(n.id)) END AS mentioned_names
FROM history h
LEFT JOIN staff_agent a ON h.actor_kind = 'agent' AND a.id = h.actor_id
LEFT JOIN staff_agent b ON h.name = 'conversation.assigned' AND b.id = (h.data->>'assignee')::bigint
LEFT JOIN staff_team t ON h.name = 'conversation.assigned' AND t.id = (h.data->>'team')::bigint
WHERE h.conversation_id = %s AND h.subject_kind = 'conversation' ORDER BY h.id DESC LIMIT 100
"""


def case_page(conversation: int) -> CasePage:
    """The page of a case that was fetched for its viewer already."""
    return CasePage(
        db.row(_HEAD, [conversation]),
        newest_messages_of(conversation, limit=MESSAGES_SHOWN),
        db.rows(_EVENTS, [conversation])[::-1],
        participants_of(conversation),
    )
