"""Visitors come, talk, read, rate and leave. What they say goes the way of every message (flows/write_in_chat.py)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from careline.domain.chats.identity import Identity
from careline.domain.chats.models import Identity as UsedIdentity
from careline.domain.chats.models import Thread, Upload, Visitor
from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

SEEN_EVERY = timedelta(seconds=30)
VISITORS_KEPT = timedelta(days=365)
UPLOADS_KEPT = timedelta(hours=24)


def add_visitor(channel: int, *, language: str, at: datetime) -> tuple[Any, str]:
    """A new visitor and its token, which is told once."""
    token = secrets.token_urlsafe(24)
    visitor = Visitor.objects.create(
        channel_id=channel, key=secrets.token_hex(8), digest=hashlib.sha256(token.encode()).hexdigest(),
        language=language, created_at=at, seen_at=at,
    )  # fmt: skip
    return visitor, token


def note_visit(visitor: int, *, at: datetime) -> None:
    db.execute("UPDATE chats_visitor SET seen_at = %s WHERE id = %s AND seen_at < %s", [at, visitor, at - SEEN_EVERY])


@transaction.atomic
def identify(visitor: int, identity: Identity, *, channel: int, customer: int | None) -> bool:
    """The site has signed who it is. False where the signed word was used by another visitor before (a replay)."""
    used, _is_new = UsedIdentity.objects.get_or_create(
        channel_id=channel, digest=identity.digest, defaults={"visitor_id": visitor, "expires_at": identity.expires_at}
    )
    if used.visitor_id != visitor:
        return False
    Visitor.objects.filter(pk=visitor).update(
        name=identity.name, mail=identity.mail, subject=identity.subject, is_identified=True, customer_id=customer
    )
    return True


def name_visitor(visitor: int, *, name: str, mail: str) -> None:
    """What an anonymous visitor says of itself; nobody has proven it."""
    Visitor.objects.filter(pk=visitor, is_identified=False).update(
        **{key: words for key, words in (("name", name), ("mail", mail)) if words}
    )


def begin_thread(
    visitor: Any, *, client_id: str, fields: dict[str, str], language: str, mail: str, is_offline: bool, at: datetime
) -> tuple[int, bool]:
    """The talk that this first message begins, and whether it is new; the open one where there is one."""
    held = Thread.objects.filter(visitor_id=visitor.id, first_client_id=client_id).first()
    held = held or Thread.objects.filter(visitor_id=visitor.id, state=Thread.State.OPEN).first()
    if held is not None:
        return held.pk, False
    try:
        with transaction.atomic():
            made = Thread.objects.create(
                visitor_id=visitor.id, channel_id=visitor.channel_id, key=secrets.token_hex(16), first_client_id=client_id,
                fields=fields, language=language, mail=mail, is_offline=is_offline, started_at=at, seen_at=at,
            )  # fmt: skip
    except IntegrityError:  # the same first message, twice at once
        return begin_thread(
            visitor, client_id=client_id, fields=fields, language=language, mail=mail, is_offline=is_offline, at=at
        )
    return made.pk, True


def hold(thread: int) -> None:
    """Until the transaction ends nobody else changes this talk."""
    db.value("SELECT id FROM chats_thread WHERE id = %s FOR UPDATE", [thread], prepared=True)


def note_said(thread: int, *, conversation: int | None, message: int | None, next_n: int, at: datetime) -> None:
    """The visitor said something, and so has seen what stands above it."""
    db.execute(
        """UPDATE chats_thread SET conversation_id = coalesce(conversation_id, %s), next_n = greatest(next_n, %s), seen_at = %s,
               seen_id = greatest(seen_id, coalesce(%s, 0)), mail_due_at = NULL WHERE id = %s""",
        [conversation, next_n, at, message, thread],
        prepared=True,
    )


def note_read(thread: int, *, message: int, at: datetime) -> None:
    """The visitor has seen up to this message: what they saw needs no mail."""
    db.execute(
        """UPDATE chats_thread SET seen_id = greatest(seen_id, %(message)s), seen_at = greatest(seen_at, %(at)s),
               mail_due_at = CASE WHEN EXISTS (
                   SELECT FROM conversations_message m WHERE m.conversation_id = chats_thread.conversation_id AND m.kind = 'reply'
                       AND m.author_kind = 'agent' AND m.id > greatest(seen_id, %(message)s)) THEN mail_due_at END
           WHERE id = %(thread)s""",
        {"message": message, "at": at, "thread": thread},
    )


def note_here(visitors: list[int], *, at: datetime) -> None:
    """Their pages are open still."""
    db.execute(
        "UPDATE chats_thread SET seen_at = %s WHERE visitor_id = ANY(%s) AND state = 'open' AND seen_at < %s",
        [at, visitors, at - SEEN_EVERY],
    )


def pick_up(thread: int, *, at: datetime) -> None:
    """Somebody of the house took it: what expected waits are reckoned from."""
    db.execute("UPDATE chats_thread SET picked_up_at = %s WHERE id = %s AND picked_up_at IS NULL", [at, thread])


def mail_at(thread: int, due: datetime | None) -> None:
    """When to look whether what was answered has to go by mail; the earlier moment stays."""
    if due is None:
        db.execute("UPDATE chats_thread SET mail_due_at = NULL WHERE id = %s", [thread])
    else:
        db.execute("UPDATE chats_thread SET mail_due_at = least(mail_due_at, %s) WHERE id = %s", [due, thread])


def mail_again(thread: int, *, seen_at: datetime, gone_minutes: int) -> None:
    """They are here still: to be looked at when they have been away for so long."""
    db.execute(
        "UPDATE chats_thread SET mail_due_at = %s WHERE id = %s", [seen_at + timedelta(minutes=gone_minutes), thread]
    )


def locked_thread(thread: int) -> Any | None:
    return db.row(
        """SELECT t.*, v.key AS visitor_key, v.name AS visitor_name, v.mail AS visitor_mail, v.is_identified
           FROM chats_thread t JOIN chats_visitor v ON v.id = t.visitor_id WHERE t.id = %s FOR UPDATE OF t""",
        [thread],
    )


def note_mailed(thread: int, *, message: int) -> None:
    db.execute("UPDATE chats_thread SET mailed_id = %s, mail_due_at = NULL WHERE id = %s", [message, thread])


@transaction.atomic
def end(thread: Any, *, by: Actor, at: datetime) -> bool:
    """The talk is over; the case goes on. False where it was over before."""
    ended = db.execute(
        "UPDATE chats_thread SET state = 'ended', ended_at = %s WHERE id = %s AND state = 'open'", [at, thread.id]
    )
    if ended and thread.conversation_id is not None:
        number = db.value("SELECT number FROM conversations_conversation WHERE id = %s", [thread.conversation_id])
        record(Happening("chat.ended", "conversation", number, thread.conversation_id), by=by, at=at)
    return bool(ended)


@transaction.atomic
def rate(thread: Any, *, score: int, comment: str, by: Actor, at: datetime) -> None:
    """Once or again; the last word counts."""
    db.execute(
        "UPDATE chats_thread SET score = %s, comment = %s, rated_at = %s WHERE id = %s", [score, comment, at, thread.id]
    )
    if thread.conversation_id is not None:
        number = db.value("SELECT number FROM conversations_conversation WHERE id = %s", [thread.conversation_id])
        data = {"score": score, "thread": thread.id}
        record(Happening("chat.rated", "conversation", number, thread.conversation_id, data=data), by=by, at=at)


def note_transcript(thread: int, *, at: datetime) -> None:
    db.execute("UPDATE chats_thread SET transcript_sent_at = %s WHERE id = %s", [at, thread])


def want_transcript(thread: int, *, mail: str) -> None:
    db.execute("UPDATE chats_thread SET transcript_to = %s WHERE id = %s", [mail, thread])


def keep_upload(visitor: int, *, digest: str, name: str, media_type: str, size: int, at: datetime) -> int:
    made = Upload.objects.create(
        visitor_id=visitor, file_id=digest, name=name, media_type=media_type, size=size, uploaded_at=at
    )
    return int(made.pk)


def forget_old(*, at: datetime) -> None:
    """Files that were never sent, signed words that have run out, visitors who never wrote and were not seen for a year."""
    db.execute("DELETE FROM chats_upload WHERE uploaded_at < %s", [at - UPLOADS_KEPT])
    db.execute("DELETE FROM chats_identity WHERE expires_at < %s", [at])
    db.execute(
        """DELETE FROM chats_visitor v WHERE v.id IN (SELECT o.id FROM chats_visitor o WHERE o.seen_at < %s AND NOT EXISTS (
               SELECT FROM chats_thread t WHERE t.visitor_id = o.id) AND NOT EXISTS (
               SELECT FROM chats_upload u WHERE u.visitor_id = o.id) AND NOT EXISTS (
               SELECT FROM chats_identity i WHERE i.visitor_id = o.id) LIMIT 500)""",
        [at - VISITORS_KEPT],
    )
