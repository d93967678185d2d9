"""The columns of a case that say what its messages say: counted anew where messages moved."""

from __future__ import annotations

from careline.domain.conversations.rules.states import snippet_of
from careline.kit import db

# What was taken back is shown no more; an answer of the house's own (an acknowledgement) counts for nothing.
_COUNTED = """m.conversation_id = %(case)s AND m.kind <> 'event' AND NOT (m.kind = 'reply' AND m.auto_reply <> '')
    AND NOT (d.state IS NOT DISTINCT FROM 'cancelled' AND d.server_words = '')"""
_COUNT = f"""
UPDATE conversations_conversation c SET message_count = n.messages, last_message_id = n.newest, has_attachment = n.files,
    last_snippet = %(snippet)s, version = version + 1,
    mentioned_ids = ARRAY(SELECT DISTINCT t.agent_id FROM conversations_mention t JOIN conversations_message k ON k.id = t.message_id
                          WHERE k.conversation_id = %(case)s ORDER BY 1)
FROM (SELECT count(*) AS messages, max(m.id) AS newest, coalesce(bool_or(EXISTS (
          SELECT FROM conversations_attachment a WHERE a.message_id = m.id AND NOT a.is_inline)), false) AS files
      FROM conversations_message m LEFT JOIN conversations_delivery d ON d.message_id = m.id WHERE {_COUNTED}) n
WHERE c.id = %(case)s
"""
# What a list shows of a case: the newest words of a customer, or ours to them; an automatic answer only where there is nothing else.
_SHOWN = f"""
SELECT coalesce(nullif(m.visible_text, ''), m.text) AS words
FROM conversations_message m LEFT JOIN conversations_delivery d ON d.message_id = m.id
WHERE {_COUNTED} AND m.kind IN ('incoming', 'reply') AND NOT coalesce((m.data->>'forward')::boolean, false)
    AND NOT coalesce(d.is_scheduled, false)
ORDER BY m.auto_reply <> '', m.created_at DESC, m.id DESC LIMIT 1
"""


def recount(conversation: int) -> None:
    """message_count, last_message_id, last_snippet, has_attachment and who is mentioned, from the messages that stand in the case."""
    words = db.value(_SHOWN, {"case": conversation}) or ""
    db.execute(_COUNT, {"case": conversation, "snippet": snippet_of(words)})
