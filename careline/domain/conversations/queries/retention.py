"""Rules of retention, what they would remove, and what they removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.conversations.rules.retention import LEGAL_HOLD
from careline.domain.staff.rules import Reach
from careline.kit import db

_RULE = "id, name, target, action, basis, days, filter, is_active, due_at, created_at, created_by_id"
# Cases that were merged away go with the case they went into, side conversations with theirs.
_DUE = f"""
FROM conversations_conversation c LEFT JOIN conversations_message lm ON lm.id = c.last_message_id
WHERE c.merged_into_id IS NULL AND c.side_of_id IS NULL AND c.created_at < %(cut)s
    AND CASE WHEN %(basis)s = 'resolved' THEN c.category = 'resolved' AND coalesce(c.resolved_at, c.updated_at) < %(cut)s
        ELSE coalesce(lm.created_at, c.updated_at) < %(cut)s AND c.updated_at < %(cut)s END
    AND NOT c.tag_ids && ARRAY(SELECT id FROM conversations_tag WHERE lower(name) = '{LEGAL_HOLD}')
    AND (%(categories)s::text[] IS NULL OR c.category = ANY(%(categories)s) AND NOT c.is_spam
        OR c.is_spam AND 'spam' = ANY(%(categories)s))
    AND (%(teams)s::bigint[] IS NULL OR c.team_id = ANY(%(teams)s))
    AND (%(tags)s::bigint[] IS NULL OR c.tag_ids && %(tags)s::bigint[])
    AND (%(channels)s::bigint[] IS NULL OR c.channel_ids && %(channels)s::bigint[] OR c.channel_id = ANY(%(channels)s))
    AND CASE %(action)s
        WHEN 'delete' THEN true
        WHEN 'files' THEN EXISTS (SELECT FROM conversations_attachment a JOIN conversations_message m ON m.id = a.message_id
                                  WHERE m.conversation_id = c.id)
        ELSE c.subject <> '' OR EXISTS (SELECT FROM conversations_message m WHERE m.conversation_id = c.id AND NOT m.data ? 'erased')
        END
"""


def retention_rules() -> list[Any]:
    """Those that were not ended, the oldest first."""
    return db.rows(f"SELECT {_RULE} FROM conversations_retentionrule WHERE ended_at IS NULL ORDER BY id")


def retention_rule(key: int) -> Any | None:
    return db.row(f"SELECT {_RULE} FROM conversations_retentionrule WHERE id = %s AND ended_at IS NULL", [key])


def rules_due(*, at: datetime) -> list[Any]:
    return db.rows(
        f"SELECT {_RULE} FROM conversations_retentionrule WHERE ended_at IS NULL AND is_active AND due_at <= %s ORDER BY due_at, id",
        [at],
    )


def earliest_due_rule() -> datetime | None:
    """When the next rule runs, for the clock."""
    found: datetime | None = db.value(
        "SELECT min(due_at) FROM conversations_retentionrule WHERE is_active AND ended_at IS NULL"
    )
    return found


def runs_of(rule: int, *, after: int | None, limit: int) -> list[Any]:
    """The newest first; `after` is the id of the last one seen."""
    return db.rows(
        """SELECT id, by_kind, by_id, cut_at, started_at, finished_at, counts FROM conversations_retentionrun
           WHERE rule_id = %(rule)s AND (%(after)s::bigint IS NULL OR id < %(after)s) ORDER BY id DESC LIMIT %(limit)s""",
        {"rule": rule, "after": after, "limit": limit},
    )


def run_of(key: int) -> Any:
    """One run by its id."""
    return db.row(
        "SELECT id, by_kind, by_id, cut_at, started_at, finished_at, counts FROM conversations_retentionrun WHERE id = %s",
        [key],
    )


def due_cases(rule: Any, *, at: datetime, limit: int) -> list[int]:
    """Cases that the rule is about now, held until the transaction ends; those that others hold come later."""
    found = db.rows(
        f"SELECT c.id {_DUE} ORDER BY c.id LIMIT %(limit)s FOR UPDATE OF c SKIP LOCKED",
        {**_args(rule, at), "limit": limit},
    )
    return [row.id for row in found]


def due_counts(rule: Any, *, at: datetime) -> Any:
    """How many cases the rule is about now, and how many messages they hold."""
    return db.row(f"SELECT count(*) AS cases, coalesce(sum(c.message_count), 0) AS messages {_DUE}", _args(rule, at))


def due_examples(rule: Any, reach: Reach, *, at: datetime, limit: int = 10) -> list[Any]:
    """Some of those that are reached, the oldest first: number, subject, resolved_at, updated_at."""
    condition, params = visible(reach)
    return db.rows(
        f"""SELECT c.number, c.subject, c.resolved_at, c.updated_at {_DUE} AND {condition}
            ORDER BY c.updated_at, c.id LIMIT %(limit)s""",
        {**params, **_args(rule, at), "limit": limit},
    )


def cut_of(rule: Any, at: datetime) -> datetime:
    """What is older than this is old enough for the rule."""
    return at - timedelta(days=int(rule.days))


def _args(rule: Any, at: datetime) -> dict[str, Any]:
    wanted = rule.filter
    return {
        "cut": cut_of(rule, at), "basis": rule.basis, "action": rule.action, "categories": wanted.get("categories"),
        "teams": _ids(wanted.get("teams")), "tags": _ids(wanted.get("tags")), "channels": _ids(wanted.get("channels")),
    }  # fmt: skip


def _ids(words: Sequence[Any] | None) -> list[int] | None:
    return [int(word) for word in words] if words else None
