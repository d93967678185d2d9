"""Some messages of a case become a case of their own. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import belongings
from careline.domain.conversations.commands.figures import recount
from careline.domain.conversations.commands.links import put_link
from careline.domain.conversations.queries.merges import said_since
from careline.domain.conversations.rules.merging import retold
from careline.domain.conversations.rules.states import State
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db

_OPEN = """
INSERT INTO conversations_conversation (number, subject, status_id, category, is_spam, priority, channel_id, channel_ids, brand_id,
    customer_id, assignee_id, team_id, follower_ids, restricted_to, tag_ids, fields, topic_id, language, created_at, updated_at, due_kind,
    last_snippet, message_count, has_attachment, pending_approvals, version)
SELECT nextval('case_number'), coalesce(nullif(m.subject, ''), c.subject), s.id, 'open', false, c.priority,
    coalesce(m.channel_id, c.channel_id), array_remove(ARRAY[coalesce(m.channel_id, c.channel_id)], NULL), c.brand_id,
    CASE WHEN m.author_kind = 'customer' THEN m.author_id ELSE c.customer_id END, c.assignee_id, c.team_id, c.follower_ids,
    c.restricted_to, c.tag_ids, c.fields, c.topic_id, c.language, %(at)s, %(at)s, '', '', 0, false, 0, 1
FROM conversations_conversation c JOIN conversations_message m ON m.id = %(first)s
JOIN conversations_status s ON s.id = (SELECT id FROM conversations_status WHERE category = 'open' ORDER BY position, id LIMIT 1)
WHERE c.id = %(case)s RETURNING id, number, customer_id
"""
# Whoever wrote first in it is asked and answered first; without an incoming message it is whom the old case answers.
_REQUESTER = """
UPDATE conversations_participant p SET role = 'requester' WHERE p.id = (
    SELECT q.id FROM conversations_participant q WHERE q.conversation_id = %(case)s AND q.state = 'active'
    ORDER BY q.value IS DISTINCT FROM (SELECT m.sender->>'value' FROM conversations_message m WHERE m.conversation_id = %(case)s
        AND m.kind = 'incoming' ORDER BY m.created_at, m.id LIMIT 1), q.id LIMIT 1)
"""
# A stranger's message alone: in a case of their own they are no stranger.
_WRITER = """
UPDATE conversations_participant p SET state = 'active' WHERE p.conversation_id = %(case)s
    AND p.value = (SELECT m.sender->>'value' FROM conversations_message m WHERE m.conversation_id = %(case)s
        AND m.kind = 'incoming' ORDER BY m.created_at, m.id LIMIT 1)
    AND NOT EXISTS (SELECT FROM conversations_participant q WHERE q.conversation_id = %(case)s AND q.state = 'active')
"""
# Notes alone name nobody: then it is about the people of the old case.
_SOMEBODY = """
INSERT INTO conversations_participant (conversation_id, customer_id, kind, value, name, role, state)
SELECT %(case)s, customer_id, kind, value, name, role, state FROM conversations_participant
WHERE conversation_id = %(source)s AND NOT EXISTS (
    SELECT FROM conversations_participant WHERE conversation_id = %(case)s AND state = 'active') ORDER BY id
ON CONFLICT (conversation_id, kind, value) DO NOTHING
"""
_EVER = datetime(1900, 1, 1, tzinfo=UTC)


@transaction.atomic
def split(case: Any, *, messages: Sequence[int], by: Actor, at: datetime) -> Any:
    """A new case that is linked to this one and holds those messages from now on; its id and number."""
    first = min(messages)
    made = db.row(_OPEN, {"case": case.id, "first": first, "at": at})
    assert made is not None, "the case and the message are there"
    db.execute(
        "UPDATE conversations_message SET data = data - 'before' WHERE conversation_id = %s AND data ? 'before'",
        [case.id],
    )
    db.execute(
        "UPDATE conversations_message SET conversation_id = %s, home_id = NULL WHERE id = ANY(%s)",
        [made.id, list(messages)],
    )
    belongings.copy_people(case.id, into=made.id)
    db.execute(_WRITER, {"case": made.id})
    db.execute(_SOMEBODY, {"case": made.id, "source": case.id})
    db.execute(_REQUESTER, {"case": made.id})
    _settle(made.id, retold(State("open", None), said_since(made.id, since=_EVER, homes=[made.id])))
    if case.category == "open" and case.waiting_since is not None:
        left = retold(State("open", None), said_since(case.id, since=_EVER, homes=_homes(case.id)))
        if left.waiting_since is None:
            _settle(case.id, State("open", None))
    recount(made.id)
    recount(case.id)
    put_link(made.id, case.id, kind="related", by=by, at=at)
    _remember(case.id, made.id, by=by, at=at)
    moved = sorted(messages)
    record(
        Happening("conversation.opened", "conversation", made.number, made.id, made.customer_id, {"split_from": case.number}),
        Happening("conversation.split", "conversation", case.number, case.id, case.customer_id,
                  {"into": made.number, "messages": moved}),
        by=by, at=at,
    )  # fmt: skip
    return made


def begin_anew(made: Any, *, after: int, by: Actor, at: datetime) -> None:
    """A new case follows one that stays resolved: linked, and apart, so that answers go to the nearer of the two.

    Where only named people see the one, only they see the other.
    """
    db.execute(
        """UPDATE conversations_conversation m SET restricted_to = c.restricted_to FROM conversations_conversation c
           WHERE m.id = %s AND c.id = %s AND c.restricted_to IS NOT NULL""",
        [made.id, after],
    )
    put_link(made.id, after, kind="related", by=by, at=at)
    _remember(after, made.id, by=by, at=at)
    number = db.value("SELECT number FROM conversations_conversation WHERE id = %s", [after])
    data = {"case": number}
    record(
        Happening("conversation.followed", "conversation", made.number, made.id, made.customer_id, data), by=by, at=at
    )


def _settle(case: int, state: State) -> None:
    db.execute(
        """UPDATE conversations_conversation SET category = %(category)s, waiting_since = %(since)s,
               version = version + 1, status_id = CASE WHEN category = %(category)s THEN status_id ELSE (
                   SELECT id FROM conversations_status WHERE category = %(category)s AND retired_at IS NULL ORDER BY position, id LIMIT 1) END
           WHERE id = %(case)s""",
        {
            "case": case,
            "category": state.category,
            "since": state.waiting_since,
        },
    )


def _homes(case: int) -> list[int]:
    found = db.rows(
        "SELECT DISTINCT coalesce(home_id, conversation_id) AS id FROM conversations_message WHERE conversation_id = %s",
        [case],
    )
    return [row.id for row in found]


def _remember(case: int, made: int, *, by: Actor, at: datetime) -> None:
    """The two have been taken apart: threads go by the nearest reference from now on."""
    agent = by.id if by.kind is ActorKind.AGENT else None
    db.execute(
        """INSERT INTO conversations_merge (absorbed_id, into_id, is_split, before, merged_at, merged_by_id, undone_at, undone_by_id)
           VALUES (%s, %s, true, '{}', %s, %s, %s, %s)""",
        [made, case, at, agent, at, agent],
    )
