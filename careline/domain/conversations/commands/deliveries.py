"""The outbox: what leaves, when, and how it went. Guarded: flows only.

A delivery goes held | scheduled | queued → sending → handing_over → sent | uncertain | failed, or back to queued. Each step is
committed before the next begins, so whatever dies, a message is never sent twice: one that died while handing over is uncertain.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.conversations.rules.states import AUTO_REPLIES_PER_ADDRESS, AUTO_REPLIES_WITHIN
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db


def queue(message: int, *, channel_id: int, state: str, due_at: datetime, is_automatic: bool = False) -> None:
    """Puts a message into the outbox, in the transaction that stores it."""
    db.execute(
        """INSERT INTO conversations_delivery (message_id, channel_id, state, due_at, attempts, claimed_by, server_words,
               is_automatic, is_scheduled, refused)
           VALUES (%s, %s, %s, %s, 0, '', '', %s, %s, '{}')""",
        [message, channel_id, state, due_at, is_automatic, state == "scheduled"],
        prepared=True,
    )


def claim_due(*, worker: str, at: datetime, limit: int) -> list[Any]:
    """Takes due messages for sending; nobody else gets them. Rows of message_id, channel_id, attempts."""
    return db.rows(
        """UPDATE conversations_delivery SET state = 'sending', attempts = attempts + 1, claimed_by = %s, claimed_at = %s
           WHERE message_id IN (SELECT message_id FROM conversations_delivery WHERE state IN ('held', 'scheduled', 'queued') AND due_at <= %s
                                ORDER BY due_at LIMIT %s FOR UPDATE SKIP LOCKED)
           RETURNING message_id, channel_id, attempts, remaining, refused""",
        [worker, at, at, limit],
    )


def note_handing_over(message: int, *, worker: str) -> bool:
    """From here on a lost answer is unknowable. False where the claim is no longer this worker's: then hand nothing over."""
    return bool(
        db.execute(
            "UPDATE conversations_delivery SET state = 'handing_over' WHERE message_id = %s AND state = 'sending' AND claimed_by = %s",
            [message, worker],
        )
    )


def conclude(message: int, *, worker: str, state: str, words: str, case: Any, by: Actor = SYSTEM, at: datetime) -> bool:
    """How it ended: sent, uncertain or failed, in the other side's words. False where it is no longer this worker's to say."""
    is_ours = db.execute(
        """UPDATE conversations_delivery SET state = %s, server_words = %s, claimed_by = '',
               sent_at = CASE WHEN %s = 'sent' THEN %s ELSE sent_at END WHERE message_id = %s AND claimed_by = %s""",
        [state, words[:2000], state, at, message, worker],
    )
    if not is_ours:
        return False
    if state == "sent":
        db.execute("UPDATE conversations_message SET sent_at = %s WHERE id = %s", [at, message])
    record(
        Happening(f"message.{state}", "message", message, case.id, case.customer_id, {"case": case.number}),
        by=by,
        at=at,
    )
    return True


def postpone(
    message: int,
    *,
    worker: str,
    due_at: datetime,
    words: str,
    remaining: Sequence[str] = (),
    refused: dict[str, str] | None = None,
) -> None:
    """To be tried again then; with `remaining` only to those, because the others have it."""
    db.execute(
        """UPDATE conversations_delivery SET state = 'queued', due_at = %s, server_words = %s, claimed_by = '',
               remaining = coalesce(%s, remaining), refused = refused || %s WHERE message_id = %s AND claimed_by = %s""",
        [
            due_at,
            words[:2000],
            db.json(list(remaining)) if remaining else None,
            db.json(refused or {}),
            message,
            worker,
        ],
    )


def cancel(message: int) -> bool:
    """Takes a message back, if it has not been claimed yet: one statement, so that undo and send can't both win."""
    return bool(
        db.execute(
            "UPDATE conversations_delivery SET state = 'cancelled' WHERE message_id = %s AND state IN ('held', 'scheduled', 'queued')",
            [message],
        )
    )


def withdraw(note: int, *, at: datetime) -> bool:
    """A note is taken back as an answer is: marked so, shown no more, kept. False where it was taken back before."""
    return bool(
        db.execute(
            """INSERT INTO conversations_delivery (message_id, state, due_at, attempts, claimed_by, server_words, is_automatic,
                   is_scheduled, refused) VALUES (%s, 'cancelled', %s, 0, '', '', false, false, '{}') ON CONFLICT DO NOTHING""",
            [note, at],
        )
    )


def cancel_all(messages: Sequence[int]) -> list[int]:
    """Takes back those of these messages that have not been claimed yet; their ids."""
    found = db.rows(
        """UPDATE conversations_delivery SET state = 'cancelled' WHERE message_id = ANY(%s) AND state IN ('held', 'scheduled', 'queued')
           RETURNING message_id""",
        [list(messages)],
    )
    return [row.message_id for row in found]


def cancel_scheduled(conversation: int) -> list[int]:
    """The customer wrote first: what was to be sent later stays here. Ids of the messages."""
    found = db.rows(
        """UPDATE conversations_delivery d SET state = 'cancelled', server_words = 'The customer wrote before it was due.'
           FROM conversations_message m WHERE m.id = d.message_id AND m.conversation_id = %s AND d.state = 'scheduled' RETURNING m.id""",
        [conversation],
        prepared=True,
    )
    return [row.id for row in found]


def retry(message: int, *, case: int, at: datetime) -> bool:
    """A person decides to send a failed or uncertain message of the case again."""
    return bool(
        db.execute(
            """UPDATE conversations_delivery d SET state = 'queued', due_at = %s, attempts = 0 FROM conversations_message m
               WHERE m.id = d.message_id AND d.message_id = %s AND m.conversation_id = %s AND d.state IN ('failed', 'uncertain')""",
            [at, message, case],
        )
    )


def take_over_abandoned(*, workers: list[str], at: datetime) -> list[Any]:
    """Deliveries that a worker that is gone left under way: before the handing over they are tried again, after it they are uncertain.

    `workers` are those alive. Rows of message_id and state as it is now.
    """
    return db.rows(
        """UPDATE conversations_delivery SET state = CASE state WHEN 'sending' THEN 'queued' ELSE 'uncertain' END, due_at = %s,
               claimed_by = '', server_words = CASE state WHEN 'handing_over'
                   THEN 'The connection was lost while handing over: it may or may not have arrived.' ELSE server_words END
           WHERE state IN ('sending', 'handing_over') AND NOT claimed_by = ANY(%s) RETURNING message_id, state""",
        [at, workers],
    )


def let_go(*, worker: str, at: datetime) -> int:
    """What this worker claimed and, as it knows, has not handed over, waits again: for claims whose answer was lost."""
    return db.execute(
        """UPDATE conversations_delivery SET state = 'queued', due_at = %s, claimed_by = ''
           WHERE state IN ('sending', 'handing_over') AND claimed_by = %s""",
        [at, worker],
    )


def count_auto_reply(address: str, *, at: datetime) -> bool:
    """Whether one more automatic answer may go to this address; counted now, when it is queued."""
    db.lock_words([f"auto-reply:{address.lower()}"])
    recent = db.value(
        "SELECT count(*) FROM conversations_autoreply WHERE address = %s AND at > %s",
        [address.lower(), at - AUTO_REPLIES_WITHIN],
    )
    if recent >= AUTO_REPLIES_PER_ADDRESS:
        return False
    db.execute("INSERT INTO conversations_autoreply (address, at) VALUES (%s, %s)", [address.lower(), at])
    db.execute("DELETE FROM conversations_autoreply WHERE at < %s", [at - timedelta(days=7)])
    return True
