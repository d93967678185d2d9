"""Two cases are one: everything of the one goes into the other, and its number leads there from now on. Mails nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import DatabaseError, transaction

from careline.domain.conversations.commands import cases, merging
from careline.domain.conversations.commands.reach import copy_reach
from careline.domain.conversations.errors import MergedAway, Refused
from careline.domain.conversations.queries.cases import conversation_by_id, conversation_for
from careline.domain.conversations.queries.merges import standing_conversation_for
from careline.domain.history.actor import Actor
from careline.domain.sla.commands.promises import keep_promises
from careline.domain.staff.rules import Person
from careline.flows.keep_open_complaints import keep_open_complaints
from careline.flows.keep_pending import keep_pending
from careline.kit import db

VERB = "conversation:merge"
MOST = 50
_TRIES = 3
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge: its key, the number that leads on, and the case that holds everything now."""

    key: int
    absorbed: int
    into: int


def merge(agent: Person, number: int, into: int, *, by: Actor, at: datetime) -> Merged:
    """Merges a case into another one. The verb is needed on both. Raises NotFound, Forbidden, MergedAway, Refused."""
    return agreed(lambda: _merged(agent, number, into, by=by, at=at))


def merge_all(agent: Person, numbers: Sequence[int], into: int, *, by: Actor, at: datetime) -> list[Merged]:
    """Several cases into one, all or none; the one itself may be among them."""
    others = [number for number in dict.fromkeys(numbers) if number != into]
    if not others:
        raise Refused("Choose at least two cases to merge.")
    if len(others) > MOST:
        raise Refused(f"At most {MOST} cases can be merged at once.")
    return agreed(lambda: [_merged(agent, number, into, by=by, at=at) for number in others])


def agreed(act: Callable[[], Result]) -> Result:
    """Carries out what holds several cases at once; where that crosses with somebody else's, once more from the start."""
    for last in (False,) * (_TRIES - 1) + (True,):
        try:
            with transaction.atomic():
                return act()
        except DatabaseError as error:
            if last or db.is_lost(error) or not db.is_passing(error):
                raise
    raise AssertionError("the last try returns or raises")


def _merged(agent: Person, number: int, into: int, *, by: Actor, at: datetime) -> Merged:
    one, other = conversation_for(agent, number, verb=VERB), standing_conversation_for(agent, into, verb=VERB)
    if one.id == other.id and number == into:
        raise Refused("A case can't be merged into itself.")
    held = cases.locked_in_order(one.id, other.id)
    absorbed, root = held[one.id], held[other.id]
    _guard(absorbed, root)
    key = merging.merge(absorbed, into=root, by=by, at=at)
    copy_reach(root.id)
    keep_promises([absorbed.id, root.id], by=by, at=at)
    keep_pending([absorbed.id, root.id])
    keep_open_complaints([absorbed.id, root.id])
    return Merged(key, absorbed.number, root.number)


def _guard(absorbed: Any, root: Any) -> None:
    for case in (absorbed, root):
        if case.merged_into_id is not None:
            where = conversation_by_id(case.merged_into_id)
            raise MergedAway(case.number, where.number if where else 0)
    if absorbed.id == root.id:
        raise Refused("The two are one case already.")
    if sorted(absorbed.restricted_to or ()) != sorted(root.restricted_to or ()):
        raise Refused("One of the two is open to other people than the other: make that alike first.")
