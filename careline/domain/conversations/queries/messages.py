"""Messages of a case, and what leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from careline.kit import db

_MESSAGE = """
SELECT m.id, m.conversation_id, m.kind, m.form, m.visibility, m.author_kind, m.author_id, m.sender, m.reply_to, m."to", m.cc, m.bcc,
    m.subject, m.text, m.html <> '' AS has_html,
    CASE WHEN m.data ? 'rich' THEN m.html END AS rich_html, m.visible_text, m.quoted, m.signature, m.external_id, m.in_reply_to, m.sent_at,
    m.created_at, m.authenticity, m.auto_reply, m.bounce, m.is_doubtful, m.channel_id, m.inbound_id, m.data,
    a.name AS agent_name, d.state AS delivery, d.due_at, d.server_words, d.sent_at AS delivered_at, d.attempts,
    (SELECT json_agg(json_build_object('id', f.id, 'name', f.name, 'media_type', f.media_type, 'size', f.size,
        'inline', f.is_inline, 'content_id', f.content_id) ORDER BY f.position, f.id)
     FROM conversations_attachment f WHERE f.message_id = m.id) AS attachments
FROM conversations_message m
LEFT JOIN conversations_delivery d ON d.message_id = m.id
LEFT JOIN staff_agent a ON m.author_kind = 'agent' AND a.id = m.author_id
"""


def messages_of(conversation: int, *, after: tuple[datetime, int] | None = None, limit: int = 200) -> list[Any]:
    """The messages of a case, oldest first, after the given (created_at, id)."""
    return db.rows(
        _MESSAGE
        + """WHERE m.conversation_id = %(case)s
               AND (%(at)s::timestamptz IS NULL OR (m.created_at, m.id) > (%(at)s, %(id)s))
             ORDER BY m.created_at, m.id LIMIT %(limit)s""",
        {"case": conversation, "at": after[0] if after else None, "id": after[1] if after else None, "limit": limit},
    )


def newest_messages_of(conversation: int, *, limit: int) -> list[Any]:
    """The newest messages of a case, oldest of them first."""
    found = db.rows(
        _MESSAGE + "WHERE m.conversation_id = %s ORDER BY m.created_at DESC, m.id DESC LIMIT %s", [conversation, limit]
    )
    return found[::-1]


def earlier_messages_of(conversation: int, *, before: int, limit: int) -> list[Any]:
    """The messages of a case right before one of it, oldest of them first."""
    found = db.rows(
        _MESSAGE
        + """WHERE m.conversation_id = %(case)s AND (m.created_at, m.id) <
                 (SELECT b.created_at, b.id FROM conversations_message b WHERE b.id = %(before)s AND b.conversation_id = %(case)s)
             ORDER BY m.created_at DESC, m.id DESC LIMIT %(limit)s""",
        {"case": conversation, "before": before, "limit": limit},
    )
    return found[::-1]


def message_of(conversation: int, message: int) -> Any | None:
    """One message of a case."""
    return db.row(_MESSAGE + "WHERE m.conversation_id = %s AND m.id = %s", [conversation, message])


def message_by_id(message: int) -> Any:
    """One message for sending, with `references`: the external ids it refers to, oldest first."""
    return db.row(
        """SELECT m.id, m.conversation_id, m.subject, m.text, m.signature, m.sender, m."to", m.cc, m.bcc, m.external_id, m.in_reply_to,
               m.created_at, m.auto_reply, m.data,
               ARRAY(SELECT r.word FROM conversations_reference r WHERE r.message_id = m.id ORDER BY r.id) AS references
           FROM conversations_message m WHERE m.id = %s""",
        [message],
    )


def messages_after(conversation: int, message: int) -> list[int]:
    """Ids of what was said (not events, nor what was taken back) in a case after a message, for the send guard."""
    found = db.rows(
        """SELECT id FROM conversations_message m WHERE conversation_id = %s AND id > %s AND kind <> 'event' AND NOT EXISTS (
               SELECT FROM conversations_delivery d WHERE d.message_id = m.id AND d.state = 'cancelled') ORDER BY id""",
        [conversation, message],
    )
    return [row.id for row in found]


def counted_messages_of(conversation: int) -> list[int]:
    """Ids of what was said in a case and not taken back."""
    found = db.rows(
        """SELECT m.id FROM conversations_message m LEFT JOIN conversations_delivery d ON d.message_id = m.id
           WHERE m.conversation_id = %s AND m.kind <> 'event' AND NOT (d.state IS NOT DISTINCT FROM 'cancelled' AND d.server_words = '')
           ORDER BY m.id""",
        [conversation],
    )
    return [row.id for row in found]


def last_incoming(conversation: int) -> Any | None:
    """The newest message of a person outside (automatic answers apart): what an answer answers."""
    return db.row(
        _MESSAGE
        + """WHERE m.conversation_id = %s AND m.kind = 'incoming' AND m.auto_reply = ''
                      ORDER BY m.created_at DESC, m.id DESC LIMIT 1""",
        [conversation],
        prepared=True,
    )


def last_incoming_among(messages: Sequence[Any]) -> Any | None:
    """The same, of messages that were read already, the newest of the case last; None where an older one may be it."""
    return next((m for m in reversed(messages) if m.kind == "incoming" and m.auto_reply == ""), None)


def reference_chain(conversation: int, *, limit: int = 20) -> list[str]:
    """External ids of the case's public messages, oldest first: what our next mail refers to. Nobody knows one that was taken back."""
    found = db.rows(
        """SELECT external_id FROM conversations_message m
           WHERE conversation_id = %s AND external_id <> '' AND visibility = 'public' AND NOT EXISTS (
               SELECT FROM conversations_delivery d WHERE d.message_id = m.id AND d.state = 'cancelled')
           ORDER BY created_at DESC, id DESC LIMIT %s""",
        [conversation, limit],
        prepared=True,
    )
    return [row.external_id for row in found][::-1]


def html_of(message: int) -> str:
    """The sanitised HTML of a message; empty where it has none."""
    return db.value("SELECT html FROM conversations_message WHERE id = %s", [message]) or ""


def case_of_message(message: int) -> int | None:
    """The number of the case that a message stands in."""
    return db.value(
        """SELECT c.number FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id
           WHERE m.id = %s""",
        [message],
    )


def attachment(key: int) -> Any | None:
    """An attachment with the number of its case: id, name, media_type, size, is_inline, digest, number."""
    return db.row(
        """SELECT f.id, f.name, f.media_type, f.size, f.is_inline, f.content_id, f.file_id AS digest, c.number
           FROM conversations_attachment f JOIN conversations_message m ON m.id = f.message_id
           JOIN conversations_conversation c ON c.id = m.conversation_id WHERE f.id = %s""",
        [key],
    )


def attachments_of(message: int) -> list[Any]:
    """What a message carries: name, media_type, is_inline, content_id, digest."""
    return db.rows(
        """SELECT id, name, media_type, size, is_inline, content_id, file_id AS digest
           FROM conversations_attachment WHERE message_id = %s ORDER BY position, id""",
        [message],
    )


def delivery_of(message: int) -> Any:
    return db.row("SELECT * FROM conversations_delivery WHERE message_id = %s", [message])


def message_by_external_id(external_id: str, *, kind: str = "reply") -> Any | None:
    """A message of ours by its name in the outside world."""
    return db.row(
        "SELECT id, conversation_id FROM conversations_message WHERE external_id = %s AND kind = %s LIMIT 1",
        [external_id, kind],
    )


def last_sent_at(channel: int) -> datetime | None:
    """When a message last left by this channel."""
    return db.value("SELECT max(sent_at) FROM conversations_delivery WHERE channel_id = %s", [channel])


def earliest_due_delivery() -> datetime | None:
    """When the next held, scheduled or waiting message leaves."""
    return db.value("SELECT min(due_at) FROM conversations_delivery WHERE state IN ('held', 'scheduled', 'queued')")


def is_delivering() -> bool:
    """Whether a message is being sent this moment."""
    return bool(
        db.value("SELECT EXISTS (SELECT FROM conversations_delivery WHERE state IN ('sending', 'handing_over'))")
    )
