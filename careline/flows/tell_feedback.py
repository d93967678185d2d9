"""What became of a suggestion is told to all who raised it: in their own case, once each, never to who wants no such letters."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.followups.commands import voices
from careline.domain.followups.queries.voices import votes_to_tell
from careline.domain.history.actor import SYSTEM, Actor, ActorKind
from careline.domain.surveys.queries.invitations import opted_out
from careline.flows.answer_by_rule import answer_by_rule
from careline.kit import db

log = logging.getLogger(__name__)
AT_ONCE = 50
OPTED_OUT, TOLD, NOBODY = "opted_out", "told", "nobody"


def tell_feedback(*, at: datetime) -> int:
    """Some letters of one voice, in one transaction: a stop in the middle writes to nobody twice. How many were seen to."""
    with transaction.atomic():
        voice = voices.take_due_voice(at=at)
        if voice is None:
            return 0
        waiting = votes_to_tell(voice.id, limit=AT_ONCE)
        if not waiting:
            voices.note_all_told(voice.id)
            return 1
        left = opted_out([row.customer_id for row in waiting if row.customer_id])
        by = Actor(ActorKind.AGENT, voice.answered_by, "feedback") if voice.answered_by else SYSTEM
        written: set[int] = set()
        told = []
        for vote in waiting:
            one = _told(voice, vote, left | written, by=by, at=at) if vote.customer_id else _left_out(vote, NOBODY)
            if one["state"] == "written":
                written.add(vote.customer_id)
            told.append(one)
        voices.note_told(told, at=at)
    return len(waiting)


def _told(voice: Any, vote: Any, left: set[int], *, by: Actor, at: datetime) -> dict[str, Any]:
    if vote.has_opted_out or vote.was_told or vote.customer_id in left:
        return _left_out(vote, TOLD if vote.was_told else OPTED_OUT)
    try:
        with db.savepoint():
            case = cases.locked_where_it_stands(vote.conversation_id)
            key = answer_by_rule(case.id, voice.answer, by=by, at=at)
    except (Refused, NotFound) as refusal:
        return _left_out(vote, str(refusal)[:300])
    return {"id": vote.id, "state": "written", "reason": "", "message": key}


def _left_out(vote: Any, reason: str) -> dict[str, Any]:
    return {"id": vote.id, "state": "left_out", "reason": reason, "message": None}
