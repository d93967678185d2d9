"""History for the browsers: the same (tx, id) order as every reader, with the columns that say who may hear.

Statements alone: who streams them asks on an asynchronous connection of its own.
"""

NEWS = """
SELECT h.id, h.tx::text::bigint AS tx, h.name, h.subject_kind, h.subject_key, h.actor_kind, h.actor_id, h.data,
    c.number, c.version, c.team_id, c.assignee_id, c.follower_ids, c.mentioned_ids, c.restricted_to, c.channel_id, c.brand_id
FROM history h LEFT JOIN conversations_conversation c ON c.id = h.conversation_id
WHERE (h.tx, h.id) > (%s::text::xid8, %s) AND h.tx < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY h.tx, h.id LIMIT %s
"""
NEWEST = """
SELECT tx::text::bigint, id FROM history WHERE tx < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY history.tx DESC, history.id DESC LIMIT 1
"""
