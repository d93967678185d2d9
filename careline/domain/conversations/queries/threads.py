"""Which cases a message touches, by references and tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careline.domain.conversations.rules.threads import Candidate
from careline.kit import db

# Asked first, and alone: most mails begin a thread and name nothing we know.
_NAMED = "SELECT word, message_id FROM conversations_reference WHERE word = ANY(%s::text[])"
# `rank` says how near to the mail a message is that it names: what it answers first, then what that answered …; a message that
# bears a name before one that only refers to it. `home` is the case it was said in, `id` the one it stands in.
_TOUCHED = """
WITH hits AS (
    SELECT coalesce(m.home_id, m.conversation_id) AS home, m.conversation_id AS id, false AS signed, m.external_id = %(own)s AS same_id,
        n.near * 2 + (m.external_id <> n.word)::int AS rank
    FROM unnest(%(named)s::bigint[], %(words)s::text[], %(near)s::int[]) AS n (message, word, near)
    JOIN conversations_message m ON m.id = n.message
  UNION ALL
    SELECT coalesce(m.home_id, m.conversation_id), m.conversation_id, true, false, 4000 + s.place
    FROM unnest(%(signed)s::bigint[]) WITH ORDINALITY AS s (message, place) JOIN conversations_message m ON m.id = s.message
  UNION ALL
    SELECT c.id, CASE WHEN c.side_of_id IS NULL THEN coalesce(c.merged_into_id, c.id) ELSE c.id END, true, false, 5000
    FROM conversations_conversation c WHERE c.number = ANY(%(numbers)s::bigint[])
), cases AS (
    SELECT id, bool_or(signed) AS signed, bool_or(same_id) AS same_id, min(rank) AS rank, (array_agg(home ORDER BY rank))[1] AS home
    FROM hits GROUP BY id
)
SELECT c.id, c.number, cases.signed, cases.same_id, cases.rank, cases.home,
    EXISTS (SELECT FROM conversations_participant p WHERE p.conversation_id = c.id AND p.state = 'active'
            AND p.kind = %(kind)s AND p.value = ANY(%(sender)s::text[])) AS takes_part,
    c.assignee_id IS NULL AND c.first_responded_at IS NULL AND c.category = 'open' AND c.restricted_to IS NULL
        AND NOT EXISTS (SELECT FROM conversations_message n WHERE n.conversation_id = c.id AND n.kind IN ('note', 'reply'))
        AND NOT EXISTS (SELECT FROM conversations_merge w WHERE w.into_id = c.id AND w.undone_at IS NULL AND w.merged_by_id IS NOT NULL)
        AS is_untouched,
    c.side_of_id IS NOT NULL OR EXISTS (SELECT FROM conversations_merge g WHERE g.undone_at IS NOT NULL AND c.id IN (g.absorbed_id, g.into_id))
        AS is_apart, c.side_of_id IS NOT NULL AS is_side, c.is_spam
FROM cases JOIN conversations_conversation c ON c.id = cases.id ORDER BY c.number
"""
_FAR = 10_000


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
    near = _nearness(own_id, references)
    named = db.rows(_NAMED, [list(near)], prepared=True) if near else []
    if not named and not signed_messages and not signed_cases:
        return []
    found = db.rows(
        _TOUCHED,
        {
            "own": own_id or None,
            "named": [row.message_id for row in named],
            "words": [row.word for row in named],
            "near": [near[row.word] for row in named],
            "signed": list(signed_messages),
            "numbers": list(signed_cases),
            "kind": kind,
            "sender": [sender],
        },
        prepared=True,
    )
    return [
        Candidate(
            r.id,
            r.number,
            r.takes_part,
            r.signed,
            r.is_untouched,
            bool(r.same_id),
            r.home,
            r.rank,
            r.is_apart,
            r.is_side,
            r.is_spam,
        )
        for r in found
    ]


def _nearness(own_id: str, references: Sequence[str]) -> dict[str, int]:
    """How many steps back each reference lies (oldest first as they come); those who wait for this mail itself are far."""
    near = {word: steps for steps, word in reversed(list(enumerate(reversed(references)))) if word}
    return near | {own_id: _FAR} if own_id else near


def resolved_of(conversation: int) -> Any | None:
    """How a resolved case's team wants to have it when the customer writes again; None where the case is not resolved."""
    return db.row(
        """SELECT c.resolved_at, coalesce(t.reopen_policy, 'reopen') AS reopen_policy, coalesce(t.reopen_days, 0) AS reopen_days
           FROM conversations_conversation c LEFT JOIN staff_team t ON t.id = c.team_id
           WHERE c.id = %s AND c.category = 'resolved'""",
        [conversation],
        prepared=True,
    )
