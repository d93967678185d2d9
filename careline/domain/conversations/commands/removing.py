"""Cases that go, or that stay as figures without a word: by a retention rule, or with somebody who is erased. Guarded: flows only.

Call it inside a transaction, with some hundred cases at the most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.conversations.models import Conversation, Message
from careline.domain.customers.commands.portal import forget_comments
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_EMPTY_MESSAGE = """
UPDATE conversations_message SET sender = '{}', reply_to = '[]', "to" = '[]', cc = '[]', bcc = '[]', subject = '', text = '', html = '',
    visible_text = '', quoted = '', signature = '', external_id = '', in_reply_to = '', authenticity = '{}', bounce = NULL,
    data = '{"erased": true}', vector = ''::tsvector
WHERE id = ANY(%s)
"""
_EMPTY_CASE = """
UPDATE conversations_conversation SET subject = '', last_snippet = '', hint = NULL, fields = '{}', has_attachment = false,
    version = version + 1
WHERE id = ANY(%s) RETURNING id, number, customer_id
"""
# What hangs on a message and holds words.
_OF_MESSAGES = (
    "DELETE FROM conversations_reference WHERE message_id = ANY(%s)",
    "DELETE FROM conversations_attachment WHERE message_id = ANY(%s)",
    """UPDATE conversations_delivery SET server_words = '', remaining = NULL, refused = '{}',
           state = CASE WHEN state IN ('held', 'scheduled', 'queued') THEN 'cancelled' ELSE state END
       WHERE message_id = ANY(%s)""",
)
# What hangs on a case and holds words.
_OF_CASES = (
    "DELETE FROM conversations_participant WHERE conversation_id = ANY(%s)",
    "DELETE FROM conversations_identification WHERE conversation_id = ANY(%s)",
    "DELETE FROM conversations_draft WHERE conversation_id = ANY(%s)",
    "DELETE FROM conversations_upload WHERE conversation_id = ANY(%s)",
    "DELETE FROM conversations_undo WHERE conversation_id = ANY(%s)",
    "DELETE FROM conversations_transcript WHERE conversation_id = ANY(%s)",
    "UPDATE conversations_checklistitem SET text = '' WHERE conversation_id = ANY(%s)",
    "UPDATE conversations_merge SET before = '{}' WHERE absorbed_id = ANY(%s) OR into_id = ANY(%s)",
    """UPDATE conversations_bulkitem SET before = NULL, reason = '' WHERE number IN (
           SELECT number FROM conversations_conversation WHERE id = ANY(%s))""",
)


@dataclass(slots=True)
class Removed:
    """What went. `digests`: the files that were named by it, and may be named by others still; `numbers`: of the cases."""

    cases: int = 0
    emptied_cases: int = 0
    messages: int = 0
    attachments: int = 0
    numbers: list[int] = field(default_factory=list)
    message_ids: list[int] = field(default_factory=list)
    digests: set[str] = field(default_factory=set)

    def add(self, other: Removed) -> None:
        self.cases += other.cases
        self.emptied_cases += other.emptied_cases
        self.messages += other.messages
        self.attachments += other.attachments
        self.numbers += other.numbers
        self.message_ids += other.message_ids
        self.digests |= other.digests


def remove_cases(cases: Sequence[int], *, why: dict[str, Any], by: Actor, at: datetime) -> Removed:
    """The cases with all that is in them. Give those that were merged into them too. `why`: codes and ids only."""
    removed = what_is_in(cases)
    held = db.rows(
        """UPDATE conversations_conversation SET merged_into_id = NULL, side_of_id = NULL WHERE id = ANY(%s)
           RETURNING id, number, customer_id""",
        [list(cases)],
    )
    Message.objects.filter(pk__in=removed.message_ids).delete()
    db.execute(
        "DELETE FROM conversations_bulkitem WHERE number = ANY(%s) AND state <> 'waiting'", [[c.number for c in held]]
    )
    Conversation.objects.filter(pk__in=list(cases)).delete()
    forget_comments(cases)
    removed.cases, removed.numbers = len(held), sorted(case.number for case in held)
    _record("conversation.removed", held, why, by=by, at=at)
    return removed


def empty_cases(cases: Sequence[int], *, why: dict[str, Any], by: Actor, at: datetime) -> Removed:
    """The cases stay with their moments and numbers; every word in them goes."""
    removed = what_is_in(cases)
    empty_messages(removed.message_ids)
    for statement in _OF_CASES:
        db.execute(statement, [list(cases)] * statement.count("%s"))
    forget_comments(cases)
    held = db.rows(_EMPTY_CASE, [list(cases)])
    removed.emptied_cases, removed.numbers = len(held), sorted(case.number for case in held)
    _record("conversation.emptied", held, why, by=by, at=at)
    return removed


def drop_files(cases: Sequence[int], *, why: dict[str, Any], by: Actor, at: datetime) -> Removed:
    """The cases stay with their words; the files attached to their messages go. Pictures in the text go with them."""
    removed = what_is_in(cases)
    with_files = [
        row.message_id
        for row in db.rows(
            "SELECT DISTINCT message_id FROM conversations_attachment WHERE message_id = ANY(%s) ORDER BY 1",
            [removed.message_ids],
        )
    ]
    db.execute("DELETE FROM conversations_attachment WHERE message_id = ANY(%s)", [with_files])
    db.execute(
        "UPDATE conversations_message SET vector_version = 0, data = data || '{\"files_removed\": true}' WHERE id = ANY(%s)",
        [with_files],
    )
    held = db.rows(
        """UPDATE conversations_conversation SET has_attachment = false, version = version + 1 WHERE id = ANY(%s)
           RETURNING id, number, customer_id""",
        [list(cases)],
    )
    removed.messages, removed.message_ids, removed.numbers = 0, with_files, sorted(case.number for case in held)
    _record("conversation.files_removed", held, why, by=by, at=at)
    return removed


def empty_messages(messages: Sequence[int]) -> None:
    """Every word of these messages goes, with what hangs on them; who wrote when stays, by number."""
    for statement in (*_OF_MESSAGES, _EMPTY_MESSAGE):
        db.execute(statement, [list(messages)])


def what_is_in(cases: Sequence[int]) -> Removed:
    """What would go with these cases."""
    messages = [
        row.id
        for row in db.rows(
            "SELECT id FROM conversations_message WHERE conversation_id = ANY(%s) ORDER BY id", [list(cases)]
        )
    ]
    removed = Removed(messages=len(messages), message_ids=messages)
    removed.attachments, removed.digests = files_of(messages)
    removed.digests |= {
        row.file_id
        for row in db.rows(
            "SELECT file_id FROM conversations_transcript WHERE conversation_id = ANY(%s) AND file_id IS NOT NULL",
            [list(cases)],
        )
    }
    return removed


def files_of(messages: Sequence[int]) -> tuple[int, set[str]]:
    """How many attachments these messages have, and the contents behind them."""
    found = db.rows("SELECT file_id FROM conversations_attachment WHERE message_id = ANY(%s)", [list(messages)])
    return len(found), {row.file_id for row in found}


def _record(name: str, held: Sequence[Any], why: dict[str, Any], *, by: Actor, at: datetime) -> None:
    if held:
        record(
            *(Happening(name, "conversation", case.number, case.id, case.customer_id, why) for case in held),
            by=by,
            at=at,
        )
