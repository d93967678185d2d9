"""Which cases a message touches, by references and tokens."""

from __future__ import annotations

from collections.abc import Sequence

from careline.domain.conversations.rules.threads import Candidate
from careline.kit import db

# Asked first, and alone: most mails begin a thread and name nothing we know.
_NAMED = "SELECT message_id FROM conversations_reference WHERE word = ANY(%s::text[])"
_TOUCHED = """
WITH hits AS (
    SELECT m.conversation_id, false AS signed, m.external_id = %(own)s AS same_id
    FROM conversations_message m WHERE m.id = ANY(%(named)s::bigint[])
  UNION ALL
    SELECT m.conversation_id, true, false FROM conversations_message m WHERE m.id = ANY(%(signed)s::bigint[])
  UNION ALL
    SELECT c.id, true, false FROM conversations_conversation c WHERE c.number = ANY(%(numbers)s::bigint[])
), cases AS (
    SELECT coalesce(c.merged_into_id, c.id) AS id, bool_or(signed) AS signed, bool_or(same_id) AS same_id
    FROM hits JOIN conversations_conversation c ON c.id = hits.conversation_id GROUP BY 1
)
SELECT c.id, c.number, cases.signed, cases.same_id,
    EXISTS (SELECT FROM conversations_participant p WHERE p.conversation_id = c.id AND p.state = 'active'
            AND p.kind = %(kind)s AND p.value = ANY(%(sender)s::text[])) AS takes_part,
    c.assignee_id IS NULL AND c.first_responded_at IS NULL AND c.category = 'open'
        AND NOT EXISTS (SELECT FROM conversations_message n WHERE n.conversation_id = c.id AND n.kind IN ('note', 'reply'))
        AS is_untouched
FROM cases JOIN conversations_conversation c ON c.id = cases.id ORDER BY c.number
"""


def cases_touched(
    *,
    own_id: str,
    references: Sequence[str],
    kind: str,
    sender: str,
    signed_messages: Sequence[int],
    signed_cases: Sequence[int],
) -> list[Candidate]:
    """Every case that bears, or waits for, one of these external ids, or that a verified token names."""
    words = [word for word in {own_id, *references} if word]
    named = [r.message_id for r in db.rows(_NAMED, [words], prepared=True)] if words else []
    if not named and not signed_messages and not signed_cases:
        return []
    found = db.rows(
        _TOUCHED,
        {
            "own": own_id or None,
            "named": named,
            "signed": list(signed_messages),
            "numbers": list(signed_cases),
            "kind": kind,
            "sender": [sender],
        },
        prepared=True,
    )
    return [Candidate(r.id, r.number, r.takes_part, r.signed, r.is_untouched, bool(r.same_id)) for r in found]
