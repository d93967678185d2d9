"""Some messages are another matter: they become a case of their own, linked to the one they came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from careline.domain.conversations.commands import cases, splitting
from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.conversations.queries.messages import counted_messages_of
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person
from careline.flows.merge import VERB, agreed


def split(agent: Person, number: int, messages: Sequence[int], *, by: Actor, at: datetime) -> int:
    """The number of the new case. Merging it back undoes it. Raises NotFound, Forbidden, MergedAway, Refused."""
    return agreed(lambda: _split(agent, number, list(dict.fromkeys(messages)), by=by, at=at))


def _split(agent: Person, number: int, wanted: list[int], *, by: Actor, at: datetime) -> int:
    case = cases.locked(conversation_for(agent, number, verb=VERB).id)
    there = counted_messages_of(case.id)
    if not wanted:
        raise Refused("Choose the messages that become a case of their own.")
    if not set(wanted) <= set(there):
        raise Refused(f"Not all of these messages are in case {number}.")
    if set(there) <= set(wanted):
        raise Refused("At least one message has to stay: choose fewer.")
    made = splitting.split(case, messages=wanted, by=by, at=at)
    keep_promises([case.id, made.id], by=by, at=at)
    return int(made.number)
