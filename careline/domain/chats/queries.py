"""Visitors, their talks, what stands in them, and who waits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from careline.domain.calendars.queries import NoSuchCalendar, schedule
from careline.domain.calendars.rules.working_time import is_open, next_opening
from careline.domain.channels.chat.addresses import visitor_address
from careline.domain.channels.queries import channel_by_id, channels
from careline.domain.chats.rules.sites import Site, site_of
from careline.domain.chats.rules.talks import expected_wait
from careline.domain.history.queries import Cursor
from careline.kit import db

SHOWN = 100
WAITS_COUNTED = 30
WAITS_WITHIN = timedelta(days=7)
MOST_AHEAD = 500

_THREAD = """
SELECT t.id, t.visitor_id, t.channel_id, t.key, t.first_client_id, t.state, t.fields, t.language, t.is_offline, t.mail, t.next_n,
    t.started_at, t.picked_up_at, t.ended_at, t.seen_at, t.seen_id, t.mailed_id, t.mail_due_at, t.transcript_to,
    t.transcript_sent_at, t.score, t.comment,
    coalesce(t.conversation_id, (
        SELECT m.conversation_id FROM conversations_reference r JOIN conversations_message m ON m.id = r.message_id
        WHERE r.word = '<' || t.key || '@chat.invalid>' ORDER BY m.id LIMIT 1)) AS conversation_id
FROM chats_thread t
"""
# What this visitor was told and said: nothing that went to somebody else alone, nor what was taken back or has yet to leave.
# Mails of the case are shown to those alone whom their site knows: an address that was merely typed proves nothing.
_SAID = """
SELECT m.id, m.kind, m.author_kind, m.text, m.visible_text, m.html, m.created_at, m.external_id, m.auto_reply, a.name AS agent_name,
    (SELECT json_agg(json_build_object('id', f.id, 'name', f.name, 'media_type', f.media_type, 'size', f.size) ORDER BY f.position, f.id)
     FROM conversations_attachment f WHERE f.message_id = m.id) AS files
FROM conversations_message m
LEFT JOIN conversations_delivery d ON d.message_id = m.id
LEFT JOIN staff_agent a ON m.author_kind = 'agent' AND a.id = m.author_id
WHERE m.conversation_id IN (SELECT coalesce(c.merged_into_id, c.id) FROM conversations_conversation c WHERE c.id = %(case)s)
    AND coalesce(m.home_id, m.conversation_id) = ANY(ARRAY[%(case)s::bigint, m.conversation_id])
    AND m.visibility = 'public' AND NOT m.data ? 'copy_of_chat'
    AND (m.kind = 'incoming' AND (m.sender->>'value' = %(address)s OR m.sender->>'value' = %(mail)s)
        OR m.kind = 'reply' AND coalesce(d.state, 'sent') NOT IN ('held', 'scheduled', 'cancelled')
            AND (m."to" @> %(to_address)s OR m.cc @> %(to_address)s OR m."to" @> %(to_mail)s OR m.cc @> %(to_mail)s))
"""
_VISIBLE_SINCE = "greatest(m.created_at, coalesce(d.due_at, m.created_at))"
_LATE = "interval '15 seconds'"


def site_by_token(token: str) -> Site | None:
    found = db.value("SELECT id FROM channels_channel WHERE kind = 'chat' AND address = %s AND is_active", [token])
    return site_by_id(found) if found is not None else None


def site_by_id(channel: int) -> Site | None:
    found = channel_by_id(channel)
    return site_of(found) if found is not None and found.kind == "chat" else None


def sites() -> list[Site]:
    return [site_of(channel) for channel in channels(kind="chat")]


def all_origins() -> set[str]:
    """Of every site, for the question that browsers ask before the call itself (which names no site)."""
    found = db.rows(
        """SELECT DISTINCT origin FROM channels_channel, jsonb_array_elements_text(settings->'origins') AS origin
           WHERE kind = 'chat' AND is_active AND jsonb_typeof(settings->'origins') = 'array'"""
    )
    return {row.origin for row in found}


def opening_of(site: Site, *, at: datetime) -> tuple[bool, datetime | None]:
    """Whether somebody is there, and when somebody will be. A site without a calendar is always open."""
    if site.calendar is None:
        return True, None
    try:
        hours = schedule(site.calendar)
        if is_open(hours, at):
            return True, None
        return False, next_opening(hours, at)
    except NoSuchCalendar:
        return True, None
    except (ValueError, OverflowError, LookupError):  # it never opens again
        return False, None


def visitor_of_token(token: str) -> Any | None:
    """The visitor's row; None for a token that nobody was given."""
    if not token or len(token) > 100:
        return None
    digest = hashlib.sha256(token.encode()).hexdigest()
    return db.row(
        """SELECT v.id, v.channel_id, v.key, v.digest, v.customer_id, v.name, v.mail, v.is_identified, v.subject, v.language,
               v.created_at, v.seen_at
           FROM chats_visitor v JOIN channels_channel ch ON ch.id = v.channel_id AND ch.is_active WHERE v.digest = %s""",
        [digest],
        prepared=True,
    )


def visitor_by_id(visitor: int) -> Any | None:
    return db.row("SELECT * FROM chats_visitor WHERE id = %s", [visitor])


def thread_of(visitor: int) -> Any | None:
    """The visitor's newest talk."""
    return db.row(_THREAD + " WHERE t.visitor_id = %s ORDER BY t.id DESC LIMIT 1", [visitor], prepared=True)


def thread_of_case(conversation: int) -> Any | None:
    """The talk that a case is, with its visitor's columns."""
    return db.row(
        """SELECT t.*, v.key AS visitor_key, v.name AS visitor_name, v.mail AS visitor_mail, v.is_identified, v.subject
           FROM chats_thread t JOIN chats_visitor v ON v.id = t.visitor_id WHERE t.conversation_id IN (
               SELECT c.id FROM conversations_conversation c WHERE c.id = %s OR c.merged_into_id = %s) ORDER BY t.id DESC LIMIT 1""",
        [conversation, conversation],
    )


def threads_of_numbers(numbers: Sequence[int]) -> list[Any]:
    """Rows of number, visitor_id, for cases that are talks."""
    return db.rows(_OF_NUMBERS, [list(numbers)])


_OF_NUMBERS = """SELECT c.number, t.visitor_id FROM chats_thread t
    JOIN conversations_conversation c ON c.id = t.conversation_id WHERE c.number = ANY(%s::bigint[])"""


def message_said(spool_name: str) -> Any | None:
    """What came in under this name before: message_key, status."""
    return db.row("SELECT message_key, status FROM channels_inbound WHERE spool_name = %s", [spool_name], prepared=True)


def case_of(thread: Any) -> Any | None:
    """Where the case of a talk stands: number, category, team, assignee, whose name, how far they have read."""
    if thread.conversation_id is None:
        return None
    return db.row(
        """SELECT c.id, c.number, c.category, c.team_id, c.assignee_id, a.name AS assignee,
               (SELECT max(r.message_id) FROM conversations_reading r WHERE r.conversation_id = c.id) AS read_id
           FROM conversations_conversation o JOIN conversations_conversation c ON c.id = coalesce(o.merged_into_id, o.id)
           LEFT JOIN staff_agent a ON a.id = c.assignee_id WHERE o.id = %s""",
        [thread.conversation_id],
    )


def said_in(
    thread: Any, visitor: Any, *, after: int | None = None, before: int | None = None, only: int | None = None, limit: int = SHOWN
) -> list[Any]:  # fmt: skip
    """What this visitor may read of the talk, oldest first: the newest of it, what came after or before a message, or `only` one.

    What became visible late (it was on hold, or committed late) may come again: whoever asks knows messages by their ids.
    """
    if thread.conversation_id is None:
        return []
    mail = visitor.mail if visitor.is_identified else ""
    address = visitor_address(visitor.key)
    asked = {
        "case": thread.conversation_id, "address": address, "mail": mail or address, "after": after, "before": before, "limit": limit,
        "to_address": db.json([{"value": address}]), "to_mail": db.json([{"value": mail or address}]),
    }  # fmt: skip
    if only is not None:
        return db.rows(_SAID + " AND m.id = %(only)s", asked | {"only": only}, prepared=True)
    if after is not None:
        return db.rows(_SAID + _AFTER, asked)
    return db.rows(_SAID + _BEFORE, asked)[::-1]


_AFTER = (
    f" AND (m.id > %(after)s OR {_VISIBLE_SINCE} > (SELECT {_VISIBLE_SINCE} FROM conversations_message m"
    f" LEFT JOIN conversations_delivery d ON d.message_id = m.id WHERE m.id = %(after)s) - {_LATE})"
    " AND m.id <> %(after)s ORDER BY m.created_at, m.id LIMIT %(limit)s"
)
_BEFORE = " AND (%(before)s::bigint IS NULL OR m.id < %(before)s) ORDER BY m.created_at DESC, m.id DESC LIMIT %(limit)s"


def file_for(visitor: Any, key: int) -> Any | None:
    """A file of the visitor's newest talk, if they may read the message it hangs on: name, media_type, size, digest."""
    thread = thread_of(visitor.id)
    if thread is None:
        return None
    found = db.row(
        """SELECT f.message_id, f.name, f.media_type, f.size, f.file_id AS digest FROM conversations_attachment f WHERE f.id = %s""",
        [key],
    )
    if found is None:
        return None
    return found if said_in(thread, visitor, only=found.message_id) else None


def uploads_of(visitor: int, ids: Sequence[int]) -> list[Any]:
    return db.rows(
        """SELECT id, file_id AS digest, name, media_type, size FROM chats_upload
           WHERE visitor_id = %s AND id = ANY(%s::bigint[]) ORDER BY id""",
        [visitor, list(ids)],
    )


def bytes_uploaded_since(visitor: int, since: datetime) -> int:
    return int(
        db.value(
            "SELECT coalesce(sum(size), 0) FROM chats_upload WHERE visitor_id = %s AND uploaded_at > %s",
            [visitor, since],
        )
    )


def place_in_queue(thread: Any, case: Any) -> int:
    """1 for whoever is next among those who wait for the same team."""
    ahead = db.value(
        """SELECT count(*) FROM (SELECT FROM chats_thread o JOIN conversations_conversation c ON c.id = o.conversation_id
               WHERE o.state = 'open' AND o.picked_up_at IS NULL AND NOT o.is_offline AND c.assignee_id IS NULL
                   AND c.category = 'open' AND NOT c.is_spam AND c.merged_into_id IS NULL AND c.team_id IS NOT DISTINCT FROM %s
                   AND (o.started_at, o.id) < (%s, %s) LIMIT %s) AS ahead""",
        [case.team_id, thread.started_at, thread.id, MOST_AHEAD],
    )
    return int(ahead) + 1


def those_waiting(*, limit: int = 200) -> list[int]:
    """Visitors whom nobody has taken yet, those who came first first: whoever stands further back is told when they come nearer."""
    found = db.rows(
        """SELECT t.visitor_id FROM chats_thread t JOIN conversations_conversation c ON c.id = t.conversation_id
           WHERE t.state = 'open' AND t.picked_up_at IS NULL AND NOT t.is_offline AND c.assignee_id IS NULL AND c.category = 'open'
               AND NOT c.is_spam AND c.merged_into_id IS NULL ORDER BY t.started_at, t.id LIMIT %s""",
        [limit],
    )
    return [row.visitor_id for row in found]


def wait_expected(channel: int, *, at: datetime) -> int | None:
    """Seconds, from how long the last visitors of the site waited for somebody; None where nobody did lately."""
    found = db.rows(
        """SELECT extract(epoch FROM picked_up_at - started_at)::float AS seconds FROM chats_thread
           WHERE channel_id = %s AND picked_up_at > %s AND NOT is_offline ORDER BY picked_up_at DESC LIMIT %s""",
        [channel, at - WAITS_WITHIN, WAITS_COUNTED],
    )
    return expected_wait([row.seconds for row in found])


def unseen_answers(thread: Any) -> list[Any]:
    """What agents answered and the visitor has neither seen nor been mailed: id, text, oldest first."""
    address = visitor_address(thread.visitor_key)
    return db.rows(
        """SELECT m.id, m.visible_text AS text, a.name AS agent_name FROM conversations_message m
           JOIN conversations_delivery d ON d.message_id = m.id LEFT JOIN staff_agent a ON a.id = m.author_id
           WHERE m.conversation_id IN (SELECT coalesce(c.merged_into_id, c.id) FROM conversations_conversation c WHERE c.id = %s)
               AND m.kind = 'reply' AND m.author_kind = 'agent' AND m.visibility = 'public' AND m.id > greatest(%s, %s)
               AND (m."to" @> %s OR m.cc @> %s) AND d.state NOT IN ('held', 'scheduled', 'cancelled') ORDER BY m.id""",
        [thread.conversation_id, thread.seen_id, thread.mailed_id, *[db.json([{"value": address}])] * 2],
    )


def answers_after(conversation: int, message: int) -> list[int]:
    """What we said in a case after a message, and did not take back: what an answer of a talk may not pass over."""
    found = db.rows(
        """SELECT m.id FROM conversations_message m LEFT JOIN conversations_delivery d ON d.message_id = m.id
           WHERE m.conversation_id = %s AND m.id > %s AND m.kind IN ('reply', 'note') AND NOT m.data ? 'copy_of_chat'
               AND d.state IS DISTINCT FROM 'cancelled' ORDER BY m.id""",
        [conversation, message],
    )
    return [row.id for row in found]


def due_by_mail(at: datetime, *, limit: int = 20) -> list[int]:
    """Talks with answers that may have to go by mail now."""
    found = db.rows("SELECT id FROM chats_thread WHERE mail_due_at <= %s ORDER BY mail_due_at LIMIT %s", [at, limit])
    return [row.id for row in found]


def earliest_mail() -> datetime | None:
    return db.value("SELECT min(mail_due_at) FROM chats_thread WHERE mail_due_at IS NOT NULL")


def has_news(thread: Any, since: Cursor) -> bool:
    """Whether something happened in the talk after this place in history."""
    if thread.conversation_id is None:
        return False
    return bool(
        db.value(
            """SELECT EXISTS (SELECT FROM history WHERE conversation_id = %s AND (tx, id) > (%s::text::xid8, %s))""",
            [thread.conversation_id, str(since.tx), since.happening],
        )
    )


def rating_of(thread: int) -> Any | None:
    """How a talk was rated: score, comment, started_at."""
    return db.row("SELECT score, comment, started_at FROM chats_thread WHERE id = %s", [thread])
