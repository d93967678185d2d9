"""Cases and messages out of another desk, with the moments and states they had there. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.conversations.commands import messages, participants
from careline.domain.conversations.commands.figures import recount
from careline.domain.conversations.commands.labels import tag_ids
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.history.commands import Happening, record
from careline.kit import db

BROUGHT = Actor(ActorKind.SYSTEM, via="import")
_OPEN = """
INSERT INTO conversations_conversation (number, subject, status_id, category, is_spam, priority, channel_ids, brand_id, customer_id,
    assignee_id, team_id, follower_ids, tag_ids, fields, language, created_at, updated_at, waiting_since, next_due_at, resolved_at,
    due_kind, last_snippet, message_count, has_attachment, pending_approvals, version)
SELECT %(number)s, %(subject)s, s.id, s.category, %(spam)s, %(priority)s, '{}', %(brand)s, %(customer)s, %(assignee)s, %(team)s, '{}',
    %(tags)s, %(fields)s, %(language)s, %(created)s, %(updated)s, CASE WHEN s.category = 'open' THEN %(updated)s END, NULL,
    CASE WHEN s.category = 'resolved' THEN %(resolved)s END, '', '', 0, false, 0, 1
FROM conversations_status s WHERE s.code = %(status)s OR s.category = %(status)s ORDER BY s.code <> %(status)s, s.position, s.id LIMIT 1
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Brought:
    """A case as another desk had it. `status`: a code of ours, or a category; what is unknown here comes in open."""

    subject: str
    status: str
    priority: int
    brand_id: int
    customer_id: int | None
    assignee_id: int | None
    team_id: int | None
    created_at: datetime
    updated_at: datetime
    tags: Sequence[str] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    language: str = ""
    number: int | None = None
    resolved_at: datetime | None = None


def open_brought(case: Brought, *, by: Actor, at: datetime) -> int:
    """The new case's id. Its number is kept where nobody has it here. Nobody is told."""
    number = _number(case.number)
    columns = {
        "number": number, "subject": case.subject, "priority": case.priority, "brand": case.brand_id, "customer": case.customer_id,
        "assignee": case.assignee_id, "team": case.team_id, "tags": tag_ids(case.tags), "fields": db.json(case.fields),
        "language": case.language, "created": case.created_at, "updated": case.updated_at, "spam": case.status == "spam",
        "resolved": case.resolved_at or case.updated_at, "status": "resolved" if case.status == "spam" else case.status,
    }  # fmt: skip
    key = db.value(_OPEN, columns) or db.value(_OPEN, columns | {"status": "open"})
    if case.customer_id is not None:
        participants.join(int(key), _requester(case.customer_id))
    record(Happening("conversation.brought_in", "conversation", number, int(key), case.customer_id), by=by, at=at)
    return int(key)


def add_brought(message: messages.NewMessage, *, at: datetime) -> int:
    """Puts a message into a case that was brought in, as of its own moment; searchable, told to nobody."""
    case = db.row(
        "SELECT number, customer_id, language FROM conversations_conversation WHERE id = %s FOR UPDATE",
        [message.conversation],
    )
    assert case is not None
    message.language = message.language or case.language
    key = messages.add(
        message, number=case.number, customer=case.customer_id, happening="message.brought_in", by=BROUGHT, at=at
    )
    recount(message.conversation)
    db.execute(
        """UPDATE conversations_conversation SET first_responded_at = least(first_responded_at, %(at)s)
           WHERE id = %(case)s AND %(reply)s""",
        {"at": at, "case": message.conversation, "reply": message.kind == "reply"},
    )
    return key


def imported(source: str, kind: str, key: str) -> int | None:
    """Our id of what a source calls so; None where it has not come in."""
    found = db.value(
        "SELECT ours FROM conversations_imported WHERE source = %s AND kind = %s AND key = %s", [source, kind, key]
    )
    return int(found) if found is not None else None


def note_imported(source: str, kind: str, key: str, *, ours: int) -> None:
    """In the transaction that brought it in."""
    db.execute(
        "INSERT INTO conversations_imported (source, kind, key, ours) VALUES (%s, %s, %s, %s)",
        [source, kind, key, ours],
    )


def _number(wanted: int | None) -> int:
    """The one it had, where it is free; the sequence goes on behind it."""
    if wanted is not None and 0 < wanted < 2**53:
        db.lock_words(["case-numbers-brought"])
        if not db.value("SELECT EXISTS (SELECT FROM conversations_conversation WHERE number = %s)", [wanted]):
            db.execute(
                "SELECT setval('case_number', %(n)s) WHERE %(n)s > (SELECT last_value FROM case_number)", {"n": wanted}
            )
            return wanted
    return int(db.value("SELECT nextval('case_number')"))


def _requester(customer: int) -> list[dict[str, Any]]:
    found = db.row(
        """SELECT a.kind, a.value, cu.name FROM customers_address a JOIN customers_customer cu ON cu.id = a.customer_id
           WHERE a.customer_id = %s ORDER BY a.kind <> 'email', NOT a.is_primary, a.id LIMIT 1""",
        [customer],
    )
    if found is None:
        return []
    return [
        {"kind": found.kind, "value": found.value, "name": found.name, "role": "requester", "state": "active", "customer": customer}
    ]  # fmt: skip
