"""Lines of a complaint's record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from careline.domain.complaints.commands.complaints import agent_of
from careline.domain.complaints.models import Entry
from careline.domain.history.actor import Actor
from careline.kit import db


def add_entry(
    complaint: int,
    what: str,
    *,
    by: Actor,
    at: datetime,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    language: str = "",
    message: int | None = None,
    paper: str | None = None,
) -> int:
    """`what`: note, letter kinds, extension, decision, referral …; `data`: codes and ids."""
    row = Entry.objects.create(
        complaint_id=complaint, at=at, by_agent_id=agent_of(by), what=what, words=words, data=dict(data or {}), language=language,
        message_id=message, paper_id=paper,
    )  # fmt: skip
    return int(row.pk)


def take_letter_back(message: int) -> Any | None:
    """The letter that this message carried is none any more: complaint_id, what; None where it carried none."""
    return db.row(
        """UPDATE complaints_entry SET data = data || '{"taken_back": true}' WHERE message_id = %s AND NOT data ? 'taken_back'
           RETURNING complaint_id, what""",
        [message],
    )


def letters_sent(complaint: int) -> list[str]:
    """Kinds of the letters that stand: without those taken back, and final ones before it was opened again."""
    rows = db.rows(
        """SELECT DISTINCT what FROM complaints_entry WHERE complaint_id = %s AND what IN ('acknowledgement', 'holding', 'final')
           AND NOT data ? 'taken_back' AND (what <> 'final' OR id > coalesce(
               (SELECT max(id) FROM complaints_entry WHERE complaint_id = %s AND what = 'reopening'), 0))""",
        [complaint, complaint],
    )
    return [row.what for row in rows]
