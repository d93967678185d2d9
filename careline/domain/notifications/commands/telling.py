"""News for people, joined while unseen; gone when seen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.kit import db

KEPT = timedelta(days=30)
BELL = "bell"
TOLD = "bell.told"
"""Who was told, or saw it: browsers of these people ask anew. `agents` are ids. No webhook hears of it."""
_TELL = """
INSERT INTO notifications_notification AS o
    (agent_id, conversation_id, kind, happenings, messages, count, is_shown, created_at, newest_at)
SELECT r.agent, r.conversation, r.kind, r.happenings, r.messages, cardinality(r.happenings), r.shown, r.at, r.at
FROM jsonb_to_recordset(%s) AS r
    (agent bigint, conversation bigint, kind text, happenings bigint[], messages bigint[], shown boolean, at timestamptz)
WHERE NOT EXISTS (SELECT FROM notifications_notification p WHERE p.agent_id = r.agent AND p.conversation_id = r.conversation
    AND p.kind = r.kind AND p.happenings && r.happenings)
ON CONFLICT (agent_id, conversation_id, kind) WHERE seen_at IS NULL DO UPDATE SET
    happenings = o.happenings || excluded.happenings, messages = o.messages || excluded.messages,
    count = o.count + excluded.count, newest_at = greatest(o.newest_at, excluded.newest_at), is_shown = excluded.is_shown
RETURNING id, agent_id, kind
"""
_UNSEEN = "SELECT EXISTS (SELECT FROM notifications_notification WHERE agent_id = %s AND conversation_id = %s AND seen_at IS NULL)"
_SEE = """
WITH seen AS (UPDATE notifications_notification SET seen_at = %(at)s WHERE agent_id = %(me)s AND seen_at IS NULL
        AND (%(ids)s::bigint[] IS NULL OR id = ANY(%(ids)s)) AND (%(case)s::bigint IS NULL OR conversation_id = %(case)s) RETURNING id),
    kept AS (UPDATE notifications_parcel p SET due_at = NULL FROM seen WHERE p.notification_id = seen.id)
SELECT count(*) FROM seen
"""


@dataclass(frozen=True, slots=True)
class News:
    """One happening as one person hears of it."""

    agent: int
    conversation: int
    kind: str
    happening: int
    message: int | None
    at: datetime
    is_shown: bool


def tell(news: Sequence[News], *, at: datetime) -> list[Any]:
    """Keeps the news: id, agent_id, kind of each notification that is new or grew. The same happening twice changes nothing."""
    joined: dict[tuple[int, int, str], dict[str, Any]] = {}
    for one in news:
        row = joined.setdefault(
            (one.agent, one.conversation, one.kind),
            {"agent": one.agent, "conversation": one.conversation, "kind": one.kind, "happenings": [], "messages": []},
        )
        row |= {"shown": one.is_shown, "at": one.at.isoformat()}
        row["happenings"].append(one.happening)
        if one.message is not None:
            row["messages"].append(one.message)
    told = db.rows(_TELL, [db.json(list(joined.values()))]) if joined else []
    _say({row.agent_id for row in told}, by=SYSTEM, at=at)
    return told


def see(
    agent: int, *, ids: Sequence[int] | None = None, conversation: int | None = None, by: Actor, at: datetime
) -> int:
    """Seen: these, those of a case, or all; how many. What was about to leave for them does not."""
    if conversation is not None and not db.value(_UNSEEN, [agent, conversation]):
        return 0
    return _see(agent, ids=ids, conversation=conversation, by=by, at=at)


@transaction.atomic
def _see(agent: int, *, ids: Sequence[int] | None, conversation: int | None, by: Actor, at: datetime) -> int:
    given = list(ids) if ids is not None else None
    count = int(db.value(_SEE, {"me": agent, "ids": given, "case": conversation, "at": at}))
    if count:
        _say([agent], by=by, at=at)
    return count


def take_back(message: int, *, at: datetime) -> None:
    """The message was taken back: nobody is told of it any more."""
    gone = db.rows(
        """UPDATE notifications_notification SET messages = array_remove(messages, %(message)s), count = count - 1
           WHERE messages @> ARRAY[%(message)s::bigint] AND seen_at IS NULL AND newest_at > %(since)s RETURNING id, agent_id, count""",
        {"message": message, "since": at - KEPT},
    )
    _drop([row.id for row in gone if row.count <= 0])
    _say({row.agent_id for row in gone}, by=SYSTEM, at=at)


def take_away(conversation: int, *, but: int | None, kinds: Sequence[str], at: datetime) -> None:
    """The case is somebody else's now: that it had come to others is no news any more."""
    gone = db.rows(
        """SELECT id, agent_id FROM notifications_notification WHERE conversation_id = %s AND kind = ANY(%s)
           AND seen_at IS NULL AND agent_id IS DISTINCT FROM %s""",
        [conversation, list(kinds), but],
    )
    _drop([row.id for row in gone])
    _say({row.agent_id for row in gone}, by=SYSTEM, at=at)


def forget_notifications(*, at: datetime) -> int:
    """What is older than 30 days goes, seen or not."""
    old = [
        row.id
        for row in db.rows("SELECT id FROM notifications_notification WHERE newest_at < %s LIMIT 5000", [at - KEPT])
    ]
    _drop(old)
    return len(old)


def _drop(ids: list[int]) -> None:
    if ids:
        db.execute("DELETE FROM notifications_parcel WHERE notification_id = ANY(%s)", [ids])
        db.execute("DELETE FROM notifications_notification WHERE id = ANY(%s)", [ids])


def _say(agents: Collection[int], *, by: Actor, at: datetime) -> None:
    if agents:
        record(Happening(TOLD, BELL, 0, data={"agents": sorted(agents)}), by=by, at=at)
