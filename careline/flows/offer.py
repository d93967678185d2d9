"""Work that was given has to be answered in time where the queue says so: accepted, or taken back and given to the next."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands.giving import Handing, hand_out
from careline.domain.conversations.errors import AlreadyGone
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.routing.commands import marks, places
from careline.domain.routing.commands.offers import accept_offer, take_missed
from careline.domain.staff.attendance import note_misses
from careline.domain.staff.rules import Person
from careline.flows.route import BY, LOCK
from careline.kit import db

AT_ONCE = 200


def accept(agent: Person, number: int, *, by: Actor, at: datetime) -> None:
    """Somebody takes up what they were offered. Raises NotFound, Forbidden, AlreadyGone."""
    case = conversation_for(agent, number, verb="conversation:reply")
    if not accept_offer(case.id, agent=agent.id, by=by, at=at) and case.assignee_id != agent.id:
        raise AlreadyGone("This case is offered to you no more.")


def reclaim(*, at: datetime) -> int:
    """Takes back what nobody answered in time; how many. Whoever misses twice running is away, and what is theirs stays theirs."""
    with transaction.atomic():
        db.lock_words([LOCK])
        missed = take_missed(at=at, limit=AT_ONCE)
        if not missed:
            return 0
        wanted = [Handing(row.conversation_id, row.team_id, None, "not_accepted", was=row.agent_id) for row in missed]
        back = hand_out(wanted, by=BY, at=at)
        found = [row for row in missed if row.conversation_id in back]
        places.note_missed(
            [row.conversation_id for row in found], [row.agent_id for row in found],
            held=[row.when_missed == "queue" for row in found], at=at,
        )  # fmt: skip
        if found:
            note_misses([row.agent_id for row in found], by=BY, at=at)
            marks.mark_people([row.agent_id for row in found], at=at)
            marks.mark_cases([row.conversation_id for row in found], at=at)
    return len(missed)
