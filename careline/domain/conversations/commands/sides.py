"""Side conversations: with a third party, inside a case, apart from the customer. Guarded: flows only.

A side conversation is a conversation row of its own (`side_of`), with its own messages, people, thread and reply token.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.commands.figures import recount
from careline.domain.conversations.commands.participants import join
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

_OPEN = """
INSERT INTO conversations_conversation (number, subject, status_id, category, is_spam, priority, channel_id, channel_ids, brand_id,
    assignee_id, team_id, follower_ids, restricted_to, mentioned_ids, tag_ids, fields, language, created_at, updated_at, due_kind,
    last_snippet, message_count, has_attachment, pending_approvals, version, side_of_id, merged_into_id)
SELECT nextval('case_number'), %(subject)s, s.id, 'waiting', false, c.priority, %(channel)s, ARRAY[%(channel)s::bigint], c.brand_id,
    c.assignee_id, c.team_id, c.follower_ids, c.restricted_to, c.mentioned_ids, '{}', '{}', c.language, %(at)s, %(at)s, '',
    '', 0, false, 0, 1, c.id, c.id
FROM conversations_conversation c
JOIN conversations_status s ON s.id = (SELECT id FROM conversations_status WHERE category = 'waiting' ORDER BY position, id LIMIT 1)
WHERE c.id = %(case)s RETURNING *
"""


@transaction.atomic
def open_side(
    case: Any, *, subject: str, channel_id: int, people: Sequence[dict[str, Any]], by: Actor, at: datetime
) -> Any:
    """A side conversation of a case, without a message yet; its row."""
    side = db.row(_OPEN, {"case": case.id, "subject": subject, "channel": channel_id, "at": at})
    assert side is not None, "the case is there"
    join(side.id, people)
    _tell("side_conversation.opened", case, side, by=by, at=at)
    return side


def locked_side(side: int) -> tuple[Any | None, Any | None]:
    """(side, the case it stands in), both held, the case first, as everybody does who holds both; None where it is gone."""
    while True:
        row = db.row(
            "SELECT merged_into_id FROM conversations_conversation WHERE id = %s AND side_of_id IS NOT NULL", [side]
        )
        if row is None:
            return None, None
        case = db.row("SELECT * FROM conversations_conversation WHERE id = %s FOR UPDATE", [row.merged_into_id])
        held = db.row("SELECT * FROM conversations_conversation WHERE id = %s FOR UPDATE", [side])
        if held is not None and case is not None and held.merged_into_id == case.id:
            return held, case


def note_written(side: Any, *, case: Any, by: Actor, at: datetime) -> None:
    """We wrote: the third party's turn."""
    _turn(side, "waiting", at=at)
    _tell("side_conversation.written", case, side, by=by, at=at)


def note_answered(side: Any, *, case: Any, is_automatic: bool, by: Actor, at: datetime) -> None:
    """The third party wrote: the case has news, and is on the desk again wherever it was."""
    _turn(side, side.category if is_automatic else "open", at=at)
    if is_automatic:
        return
    if case.category != "open":
        cases.reopen(case, by=by, at=at)
    db.execute(
        """UPDATE conversations_conversation SET side_news = side_news + 1, snoozed_until = NULL, updated_at = greatest(updated_at, %s),
               version = version + 1 WHERE id = %s""",
        [at, case.id],
    )
    _tell("side_conversation.answered", case, side, by=by, at=at)


def note_seen(conversation: int) -> None:
    """Somebody looked at the side conversations of a case. Not history: nobody else's business."""
    db.execute("UPDATE conversations_conversation SET side_news = 0 WHERE id = %s AND side_news > 0", [conversation])


def _turn(side: Any, category: str, *, at: datetime) -> None:
    recount(side.id)
    db.execute(
        "UPDATE conversations_conversation SET category = %s, updated_at = %s WHERE id = %s", [category, at, side.id]
    )


def _tell(name: str, case: Any, side: Any, *, by: Actor, at: datetime) -> None:
    data = {"side": side.id}
    record(Happening(name, "conversation", case.number, case.id, case.customer_id, data), by=by, at=at)
