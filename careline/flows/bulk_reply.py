"""One answer to many cases, each with its own words, and all of them taken back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.bulk import words_for
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.rules.bulk import BulkWish
from careline.domain.conversations.rules.filling import Hole, filled
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Forbidden, Person, require
from careline.flows.reply import HOLD_SECONDS, Draft, recipients_of, reply
from careline.flows.take_back import take_back

PER_SECOND = 40
"""So many answers a second are counted on: the first ones are held until the last ones are written, and ten seconds more."""


def answer(
    maker: Person, cases: Sequence[Any], wish: BulkWish, *, total: int, by: Actor, at: datetime
) -> list[dict[str, Any]]:
    """Answers each case; how it went with each. One that can't be answered leaves the others alone."""
    words = words_for([case.number for case in cases])
    hold = HOLD_SECONDS + math.ceil(total / PER_SECOND)
    return [_answered(maker, case.number, wish, words[case.number], hold, by, at) for case in cases]


def take_answers_back(maker: Person, items: Sequence[Any], *, by: Actor, at: datetime) -> list[dict[str, Any]]:
    """Takes back what has not left."""
    told = []
    for item in items:
        try:
            take_back(maker, item.number, item.message_id, by=by, at=at)
            told.append({"number": item.number, "state": "undone"})
        except (Refused, NotFound, Forbidden) as refusal:
            told.append({"number": item.number, "state": "kept", "code": refusal.code, "reason": str(refusal)})
    return told


def preview(agent: Person, numbers: Sequence[int], wish: BulkWish, *, at_most: int = 5) -> list[dict[str, Any]]:
    """The first answers as they would leave: number, to, text, or the reason why not. Raises Forbidden."""
    require(agent, "conversation:reply")
    shown = []
    words = words_for(list(numbers[:at_most]))
    for number in numbers[:at_most]:
        try:
            case = conversation_for(agent, number, verb="conversation:reply")
            people = recipients_of(case, everybody=wish.everybody).everyone
            text = filled(wish.reply, {**words[number], "agent.name": agent.name})
            shown.append({"number": number, "to": [p.value for p in people], "text": text, "reason": ""})
        except (Refused, NotFound, Forbidden, Hole) as refusal:
            shown.append({"number": number, "to": [], "text": "", "reason": str(refusal)})
    return shown


def _answered(
    maker: Person, number: int, wish: BulkWish, words: dict[str, str], hold: int, by: Actor, at: datetime
) -> dict[str, Any]:
    try:
        text = filled(wish.reply, {**words, "agent.name": maker.name})
        draft = Draft(text=text, everybody=wish.everybody, hold_seconds=hold, resolve=wish.resolve)
        with transaction.atomic():
            sent = reply(maker, number, draft, by=by, at=at)
    except Hole as hole:
        return {"number": number, "state": "refused", "code": "no_value", "reason": str(hole)}
    except (Refused, NotFound, Forbidden) as refusal:
        return {"number": number, "state": "refused", "code": refusal.code, "reason": str(refusal)}
    return {"number": number, "state": "changed", "message": sent.message}
