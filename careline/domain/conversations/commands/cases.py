"""Opening, moving and joining cases. Guarded: flows only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands.figures import recount
from careline.domain.conversations.commands.reach import copy_reach
from careline.domain.conversations.errors import MergedAway
from careline.domain.conversations.queries.cases import status_of_category
from careline.domain.conversations.rules.states import State, after_incoming, after_reply, snippet_of
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_OPEN = """
INSERT INTO conversations_conversation (number, subject, status_id, category, is_spam, priority, channel_id, channel_ids, brand_id,
    customer_id, assignee_id, team_id, follower_ids, tag_ids, fields, language, created_at, updated_at, waiting_since, due_kind,
    last_snippet, last_message_id, message_count, has_attachment, pending_approvals, hint, version)
SELECT nextval('case_number'), %(subject)s, s.id, s.category, %(spam)s, %(priority)s, %(channel)s, %(channels)s, %(brand)s, %(customer)s,
    %(assignee)s, %(team)s, '{}', '{}', '{}', %(language)s, %(at)s, %(at)s, %(since)s, '', %(snippet)s,
    %(message)s, %(count)s, %(files)s, 0, %(hint)s, 1
FROM conversations_status s WHERE s.category = 'open' ORDER BY s.position, s.id LIMIT 1
RETURNING id, number, customer_id, status_id
"""
_NOTE_INCOMING = """
UPDATE conversations_conversation SET
    status_id = CASE WHEN category = %(category)s THEN status_id ELSE (
        SELECT s.id FROM conversations_status s WHERE s.category = %(category)s ORDER BY s.position, s.id LIMIT 1) END,
    category = %(category)s, waiting_since = %(since)s,
    resolved_at = CASE WHEN %(category)s = 'resolved' THEN resolved_at END,
    last_snippet = CASE WHEN %(automatic)s AND message_count > 0 THEN last_snippet ELSE %(snippet)s END,
    last_message_id = greatest(last_message_id, %(message)s), message_count = message_count + 1, updated_at = greatest(updated_at, %(at)s),
    has_attachment = has_attachment OR %(files)s, snoozed_until = CASE WHEN %(automatic)s THEN snoozed_until END,
    channel_ids = CASE WHEN %(channel)s::bigint IS NULL OR %(channel)s = ANY(channel_ids) THEN channel_ids
                  ELSE channel_ids || %(channel)s::bigint END,
    version = version + 1
WHERE id = %(id)s
"""


_LOCKED = "SELECT * FROM conversations_conversation WHERE id = %s FOR UPDATE"
_NUMBER = "SELECT number FROM conversations_conversation WHERE id = %s"


@dataclass(frozen=True, slots=True)
class FirstMessage:
    """What a customer's message makes of the case that it opens. `key` is the message's id."""

    key: int
    text: str
    has_attachment: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A new case, with the columns that a first message moves."""

    id: int
    number: int
    customer_id: int | None
    status_id: int
    category: str = "open"
    waiting_since: datetime | None = None


@transaction.atomic(savepoint=False)
def open_case(
    *,
    subject: str,
    channel_id: int | None,
    brand_id: int,
    customer_id: int | None,
    team_id: int | None,
    by: Actor,
    at: datetime,
    assignee_id: int | None = None,
    priority: int = 2,
    language: str = "",
    hint: dict[str, Any] | None = None,
    first: FirstMessage | None = None,
    is_spam: bool = False,
) -> Opened:
    """A new case: without a message yet, or in the state that a customer's first message puts it in."""
    state = after_incoming(State("open", None), at=at, is_automatic=False) if first else State("open", None)
    made = db.row(
        _OPEN,
        {
            "subject": subject, "priority": priority, "channel": channel_id, "channels": [channel_id] if channel_id else [],
            "brand": brand_id, "customer": customer_id, "assignee": assignee_id, "team": team_id, "language": language,
            "at": at, "hint": db.json(hint) if hint else None, "since": state.waiting_since,
            "snippet": snippet_of(first.text) if first else "", "message": first.key if first else None, "count": int(first is not None),
            "files": first is not None and first.has_attachment, "spam": is_spam,
        },
        prepared=True,
    )  # fmt: skip
    assert made is not None, "ensure_statuses() makes the open status"
    record(Happening("conversation.opened", "conversation", made.number, made.id, customer_id), by=by, at=at)
    return Opened(made.id, made.number, made.customer_id, made.status_id, "open", state.waiting_since)


def locked(conversation: int) -> Any:
    """The case's row, held until the transaction ends. Raises MergedAway where it is a part of another one by now."""
    case = db.row(_LOCKED, [conversation])
    if case is not None:
        refuse_merged(case)
    return case


def refuse_merged(case: Any) -> None:
    """Raises MergedAway where the case is a part of another one."""
    if case.merged_into_id is not None:
        raise MergedAway(case.number, db.value(_NUMBER, [case.merged_into_id]))


def locked_where_it_stands(conversation: int) -> Any:
    """The row of the case that its messages stand in, held: itself, or what it was merged into a moment ago."""
    case = db.row(_LOCKED, [conversation])
    while case is not None and case.side_of_id is None and (case.merged_into_id is not None or case.id != conversation):
        root = db.value(
            "SELECT coalesce(merged_into_id, id) FROM conversations_conversation WHERE id = %s", [conversation]
        )
        if root == case.id:
            break
        case = db.row(_LOCKED, [root])
    return case


def locked_in_order(*conversations: int) -> dict[int, Any]:
    """The rows of several cases by id, all held, in one order for all who do so."""
    found = db.rows(
        "SELECT * FROM conversations_conversation WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [list(conversations)]
    )
    return {case.id: case for case in found}


def note_incoming(
    case: Any,
    *,
    message: int,
    text: str,
    has_attachment: bool,
    is_automatic: bool,
    channel_id: int | None,
    by: Actor,
    at: datetime,
) -> None:
    """A customer's message stands in the case: it is open again, and somebody waits. `case` is a row from `locked`."""
    state = after_incoming(State(case.category, case.waiting_since), at=at, is_automatic=is_automatic)
    db.send(
        _NOTE_INCOMING,
        {
            "automatic": is_automatic, "snippet": snippet_of(text), "message": message, "at": at, "files": has_attachment,
            "category": state.category, "since": state.waiting_since,
            "channel": channel_id, "id": case.id,
        },
    )  # fmt: skip
    _record_move(case, state, by=by, at=at)


def note_reply(case: Any, *, message: int, text: str, has_attachment: bool, by: Actor, at: datetime) -> None:
    """We answered: the customer's turn."""
    _move(case, after_reply(State(case.category, case.waiting_since)), by=by, at=at)
    db.execute(
        """UPDATE conversations_conversation SET last_snippet = %s, last_message_id = %s, message_count = message_count + 1,
               updated_at = %s, has_attachment = has_attachment OR %s, version = version + 1,
               first_responded_at = coalesce(first_responded_at, %s) WHERE id = %s""",
        [snippet_of(text), message, at, has_attachment, at, case.id],
        prepared=True,
    )


def note_sent_later(case: Any, *, by: Actor, at: datetime) -> None:
    """A reply that was to be sent later has left now: the customer's turn."""
    _move(case, after_reply(State(case.category, case.waiting_since)), by=by, at=at)
    db.execute(
        "UPDATE conversations_conversation SET first_responded_at = coalesce(first_responded_at, %s) WHERE id = %s",
        [at, case.id],
    )


def put_back(case: Any, *, category: str, waiting_since: datetime | None, first_responded_at: datetime | None,
             by: Actor, at: datetime) -> None:  # fmt: skip
    """Undoes what a reply that was taken back did to the state of its case."""
    _move(case, State(category, waiting_since), by=by, at=at)
    db.execute(
        "UPDATE conversations_conversation SET updated_at = %s, first_responded_at = %s WHERE id = %s",
        [at, first_responded_at, case.id],
    )
    recount(case.id)


def note_internal(case: Any, *, message: int, has_attachment: bool, at: datetime) -> None:
    """A note stands in the case; it moves no clock."""
    db.execute(
        """UPDATE conversations_conversation SET last_message_id = %s, message_count = message_count + 1, updated_at = %s,
               has_attachment = has_attachment OR %s, version = version + 1 WHERE id = %s""",
        [message, at, has_attachment, case.id],
    )


def add_channel_of_double(message: int, *, channel_id: int) -> int | None:
    """The same message came by another channel too: the case shows both. The number of its case."""
    return db.value(
        """UPDATE conversations_conversation c SET
               channel_ids = CASE WHEN %(channel)s = ANY(channel_ids) THEN channel_ids ELSE channel_ids || %(channel)s::bigint END
           FROM conversations_message m WHERE m.id = %(message)s AND c.id = m.conversation_id RETURNING c.number""",
        {"channel": channel_id, "message": message},
    )


@transaction.atomic
def resolve(case: Any, *, by: Actor, at: datetime) -> None:
    _move(case, State("resolved", None), by=by, at=at)
    db.execute(
        "UPDATE conversations_conversation SET resolved_at = %s, snoozed_until = NULL WHERE id = %s", [at, case.id]
    )


@transaction.atomic
def reopen(case: Any, *, by: Actor, at: datetime) -> None:
    _move(case, State("open", case.waiting_since), by=by, at=at)


@transaction.atomic
def assign(case: Any, *, assignee_id: int | None, team_id: int | None, by: Actor, at: datetime) -> None:
    """Gives the case to somebody (None: nobody) and a team (None: no team)."""
    if (case.assignee_id, case.team_id) == (assignee_id, team_id):
        return
    db.execute(
        "UPDATE conversations_conversation SET assignee_id = %s, team_id = %s, updated_at = %s, version = version + 1 WHERE id = %s",
        [assignee_id, team_id, at, case.id],
    )
    copy_reach(case.id)
    data = {"assignee": assignee_id, "team": team_id, "assignee_before": case.assignee_id, "team_before": case.team_id}
    record(
        Happening("conversation.assigned", "conversation", case.number, case.id, case.customer_id, data), by=by, at=at
    )


@transaction.atomic
def snooze(case: Any, *, until: datetime | None, by: Actor, at: datetime) -> None:
    """Out of sight until then, or until the customer writes; None wakes it."""
    db.execute(
        "UPDATE conversations_conversation SET snoozed_until = %s, updated_at = %s, version = version + 1 WHERE id = %s",
        [until, at, case.id],
    )
    name = "conversation.snoozed" if until else "conversation.woken"
    data = {"until": until.isoformat()} if until else {}
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)


def _move(case: Any, state: State, *, by: Actor, at: datetime) -> None:
    """Writes a new state and records the change of category, if it is one."""
    is_move = case.category != state.category
    status_id = status_of_category(state.category).id if is_move else case.status_id
    if is_move or case.waiting_since != state.waiting_since:
        db.execute(
            """UPDATE conversations_conversation SET category = %s, status_id = %s, waiting_since = %s,
                   resolved_at = CASE WHEN %s = 'resolved' THEN resolved_at END, updated_at = %s, version = version + 1 WHERE id = %s""",
            [state.category, status_id, state.waiting_since, state.category, at, case.id],
            prepared=True,
        )
    _record_move(case, state, by=by, at=at)


def _record_move(case: Any, state: State, *, by: Actor, at: datetime) -> None:
    if case.category == state.category:
        return
    moves = {"resolved": "conversation.resolved", "waiting": "conversation.waits"}
    name = moves.get(state.category, "conversation.reopened")
    record(
        Happening(name, "conversation", case.number, case.id, case.customer_id, {"was": case.category}), by=by, at=at
    )
