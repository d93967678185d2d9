"""The customer hears by itself what was decided, where the policy's rule names a reply for it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.approvals.commands.requests import note_told
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.history.actor import SYSTEM
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Forbidden, Person
from careline.flows.answer_by_rule import answer_by_rule
from careline.flows.insert_reply import preview_reply
from careline.kit import db


def tell_decision(case: Any, request: Any, state: str, *, decider: Person, at: datetime) -> int | None:
    """The message's id. Where it can't be told (a robot wrote, a word is missing) that is kept for people to see."""
    reply = request.tells.get(state)
    if reply is None:
        return None
    asker = person(request.asked_by_id) if request.asked_by_id else None
    try:
        with db.savepoint():
            words = preview_reply(asker or decider, case.number, int(reply), at=at)
            if words.unfilled:
                raise Refused(f"Nothing is known here for {', '.join(words.unfilled)}.")
            message = answer_by_rule(case.id, words.text, by=SYSTEM, at=at)
    except (Refused, NotFound, Forbidden) as refused:
        note_told(request.id, message=None, untold=str(refused))
        return None
    note_told(request.id, message=message)
    return message
