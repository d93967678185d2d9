"""Putting messages into cases. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from careline.domain.conversations.rules.searchable import VERSION, lexemes_of, stemmed_part
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

UNNAMED_DOUBLES_WITHIN = timedelta(days=7)

# The languages PostgreSQL has a stemmer for, by their ISO code.
CONFIGS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

# The message and the words that its thread is found by, which are given joined by line ends.
_INSERT = """
WITH named AS (
    INSERT INTO conversations_reference (word, message_id)
    SELECT word, %(id)s FROM unnest(string_to_array(%(references)s, E'\\n')) AS word
)
INSERT INTO conversations_message (id, conversation_id, kind, form, visibility, channel_id, author_kind, author_id, sender, reply_to,
    "to", cc, bcc, subject, text, html, visible_text, quoted, signature, external_id, in_reply_to, sent_at, created_at, authenticity,
    auto_reply, bounce, is_doubtful, inbound_id, data, vector, vector_version)
VALUES (%(id)s, %(conversation)s, %(kind)s, %(form)s, %(visibility)s, %(channel_id)s, %(author_kind)s, %(author_id)s, %(sender)s,
    %(reply_to)s, %(to)s, %(cc)s, %(bcc)s, %(subject)s, %(text)s, %(html)s, %(visible_text)s, %(quoted)s, %(signature)s,
    %(external_id)s, %(in_reply_to)s, %(sent_at)s, %(at)s, %(authenticity)s, %(auto_reply)s, %(bounce)s, %(is_doubtful)s,
    %(inbound_id)s, %(data)s, message_vector(string_to_array(%(words)s, ' '), %(stemmed)s, %(config)s::regconfig, %(mark)s), %(version)s)
"""


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A file of a message whose bytes are stored under `digest` already."""

    digest: str
    name: str
    media_type: str
    size: int
    inline: bool = False
    content_id: str = ""


@dataclass(slots=True)
class NewMessage:
    """A message to put into a case. People are dicts {"value", "name"}; `references` are what its thread is found by."""

    kind: str
    conversation: int
    author_kind: str
    author_id: int
    id: int = 0
    form: str = "mail"
    visibility: str = "public"
    channel_id: int | None = None
    sender: dict[str, Any] = field(default_factory=dict)
    reply_to: list[dict[str, Any]] = field(default_factory=list)
    to: list[dict[str, Any]] = field(default_factory=list)
    cc: list[dict[str, Any]] = field(default_factory=list)
    bcc: list[dict[str, Any]] = field(default_factory=list)
    subject: str = ""
    text: str = ""
    html: str = ""
    visible_text: str = ""
    quoted: str = ""
    signature: str = ""
    external_id: str = ""
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    sent_at: datetime | None = None
    authenticity: dict[str, Any] = field(default_factory=dict)
    auto_reply: str = ""
    bounce: dict[str, Any] | None = None
    is_doubtful: bool = False
    inbound_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    attachments: Sequence[NewAttachment] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to put in what bears a fingerprint: `message` is the id to use, or that of the message seen before."""

    message: int
    is_new: bool


def next_message_id() -> int:
    return int(db.value("SELECT nextval('conversations_message_id_seq')"))


def claim_fingerprint(key: str, *, is_named: bool, at: datetime) -> Claim:
    """Lets one of several equal messages in, by the unique key and not by looking first.

    `is_named`: it has an external id, so the fingerprint holds for ever; without one a double counts within 7 days.
    """
    made = db.row(
        """INSERT INTO conversations_fingerprint AS f (key, message_id, at)
           VALUES (%(key)s, nextval('conversations_message_id_seq'), %(at)s)
           ON CONFLICT (key) DO UPDATE SET message_id = excluded.message_id, at = excluded.at
               WHERE NOT %(named)s AND f.at < %(since)s
           RETURNING message_id""",
        {"key": key, "named": is_named, "at": at, "since": at - UNNAMED_DOUBLES_WITHIN},
        prepared=True,
    )
    if made:
        return Claim(int(made.message_id), is_new=True)
    seen = db.value("SELECT message_id FROM conversations_fingerprint WHERE key = %s", [key])
    return Claim(int(seen or 0), is_new=False)


def add(
    message: NewMessage,
    *,
    number: int,
    customer: int | None,
    happening: str,
    by: Actor,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> int:
    """Puts a message into a case, searchable, and records it. Call it inside the flow's transaction."""
    if not message.id:
        message.id = next_message_id()
    db.send(_INSERT, _columns(message, at))
    if message.attachments:
        _attach(message)
    record(
        Happening(happening, "message", message.id, message.conversation, customer, {"case": number, **(data or {})}),
        by=by,
        at=at,
    )
    return message.id


def note_duration(message: int, *, duration: timedelta) -> None:
    """How long a call or a visit took."""
    db.execute("UPDATE conversations_message SET duration = %s WHERE id = %s", [duration, message])


def mark_bounced(message: int, *, recipients: list[dict[str, Any]], is_hard: bool) -> None:
    """A message of ours came back: said on it and on its delivery."""
    db.execute(
        "UPDATE conversations_message SET bounce = %s WHERE id = %s",
        [db.json({"recipients": recipients, "hard": is_hard}), message],
    )
    db.execute(
        "UPDATE conversations_delivery SET state = 'bounced', server_words = %s WHERE message_id = %s AND state IN ('sent', 'uncertain', 'bounced')",
        ["; ".join(r["reason"] for r in recipients if r["reason"])[:2000], message],
    )


def _named_by(message: NewMessage) -> list[str]:
    """The external ids that the message bears or refers to, each once; an id never holds white space."""
    words = [message.external_id, message.in_reply_to, *message.references]
    return list(dict.fromkeys(word.replace("\n", " ") for word in words if word))


def _attach(message: NewMessage) -> None:
    files = [{**asdict(file), "position": position} for position, file in enumerate(message.attachments)]
    db.send(
        """INSERT INTO conversations_attachment (message_id, position, file_id, name, media_type, size, is_inline, content_id)
           SELECT %s, f.position, f.digest, f.name, f.media_type, f.size, f.inline, f.content_id
           FROM jsonb_to_recordset(%s) AS f (position smallint, digest text, name text, media_type text, size bigint,
               inline boolean, content_id text) ORDER BY f.position""",
        [message.id, db.json(files)],
    )


def _columns(message: NewMessage, at: datetime) -> dict[str, Any]:
    text, names = message.visible_text or message.text, [file.name for file in message.attachments]
    config = CONFIGS.get(message.language, "")
    return {
        **{name: getattr(message, name) for name in (
            "id", "conversation", "kind", "form", "visibility", "channel_id", "author_kind", "author_id", "subject", "text", "html",
            "visible_text", "quoted", "signature", "external_id", "in_reply_to", "sent_at", "auto_reply", "is_doubtful", "inbound_id",
        )},
        **{name: db.json(getattr(message, name)) for name in ("sender", "reply_to", "to", "cc", "bcc", "authenticity", "data")},
        "bounce": db.json(message.bounce) if message.bounce else None,
        "at": at,
        "references": "\n".join(_named_by(message)),
        "words": " ".join(
            lexemes_of(subject=message.subject, text=text, sender=message.sender, to=message.to, cc=message.cc, file_names=names)
        ),
        "stemmed": stemmed_part(message.subject, text, names) if config else "",
        "config": config or "simple",
        "mark": message.language if config else "",
        "version": VERSION,
    }  # fmt: skip
