"""Work that has to be answered in time: offered, accepted, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.staff.attendance import note_answer
from careline.kit import db

_ACCEPT = """
UPDATE routing_offer o SET accepted_at = %(at)s, ended_at = %(at)s FROM conversations_conversation c
WHERE o.conversation_id = %(case)s AND o.agent_id = %(agent)s AND o.ended_at IS NULL AND c.id = o.conversation_id
RETURNING c.id, c.number, c.customer_id
"""


def make_offers(offers: Sequence[tuple[int, int, int, datetime]], *, at: datetime) -> None:
    """(case, agent, team, due moment) each; a case has one open offer at most."""
    if not offers:
        return
    cases, agents, teams, dues = zip(*offers, strict=True)
    end_offers(cases, at=at)
    db.execute(
        """INSERT INTO routing_offer (conversation_id, agent_id, team_id, offered_at, due_at)
           SELECT c, a, t, %s, d FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::timestamptz[]) AS n (c, a, t, d)""",
        [at, list(cases), list(agents), list(teams), list(dues)],
    )


@transaction.atomic
def accept_offer(case: int, *, agent: int, by: Actor, at: datetime) -> bool:
    """False where there is nothing of theirs to accept (any more)."""
    found = db.row(_ACCEPT, {"case": case, "agent": agent, "at": at})
    if found is None:
        return False
    note_answer(agent)
    happening = Happening("offer.accepted", "conversation", found.number, found.id, found.customer_id, {"agent": agent})
    record(happening, by=by, at=at)
    return True


def end_offers(cases: Sequence[int], *, at: datetime, but: int | None = None) -> None:
    """Nothing is offered here any more, save to `but`: the case is somebody else's, or over."""
    db.execute(
        "UPDATE routing_offer SET ended_at = %s WHERE conversation_id = ANY(%s) AND ended_at IS NULL AND agent_id IS DISTINCT FROM %s",
        [at, list(cases), but],
    )


def take_missed(*, at: datetime, limit: int) -> list[Any]:
    """Offers nobody answered in time, over with the running transaction: conversation_id, agent_id, team_id, when_missed."""
    return db.rows(
        """UPDATE routing_offer o SET ended_at = %(at)s, reclaimed_at = %(at)s FROM (
               SELECT f.id, coalesce(q.when_missed, 'next') AS when_missed FROM routing_offer f
               LEFT JOIN routing_queue q ON q.team_id = f.team_id
               WHERE f.ended_at IS NULL AND f.due_at <= %(at)s ORDER BY f.due_at, f.id LIMIT %(limit)s FOR UPDATE OF f SKIP LOCKED) due
           WHERE o.id = due.id RETURNING o.conversation_id, o.agent_id, o.team_id, due.when_missed""",
        {"at": at, "limit": limit},
    )
