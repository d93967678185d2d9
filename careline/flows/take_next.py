"""Somebody asks for work: the best that waits for them in a queue, by the same order and the same rules."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_by_id
from careline.domain.history.actor import Actor
from careline.domain.routing.rules.hands import FULL
from careline.domain.staff.queries import teams
from careline.domain.staff.rules import Forbidden, Person, require
from careline.flows.route import LOCK, desk_of, give_out, in_order
from careline.kit import db

TRIES = 5


class Full(Refused):
    """Whoever has all they can have gets no more."""

    code = FULL


def take_next(agent: Person, team: int, *, by: Actor, at: datetime) -> int | None:
    """The number of the case that is theirs now; None where nothing waits for them. Whoever asks is there, whatever they said.

    Raises Forbidden, NotFound, Full.
    """
    require(agent, "conversation:reply")
    if team not in {row.id for row in teams()}:
        raise NotFound(f"There is no team {team}.")
    if team not in agent.team_ids and not any(grant.scope == "all" for grant in agent.grants["conversation:reply"]):
        raise Forbidden("conversation:reply", "You are not in this team.")
    for _ in range(TRIES):
        taken, is_lost = _take(agent, team, by=by, at=at)
        if not is_lost:
            return taken
    return None


def _take(agent: Person, team: int, *, by: Actor, at: datetime) -> tuple[int | None, bool]:
    """The case's number, and whether somebody else was faster."""
    with transaction.atomic():
        db.lock_words([LOCK])
        desk = desk_of([team], at=at, also=[agent.id])
        own = next(hand for hand in desk.hands if hand.id == agent.id)
        own.absence, own.shut = "", frozenset()
        if not own.fits(1):
            raise Full(
                f"You have all you can have at once: {own.load} of {own.units}. Answer or hand over something first."
            )
        matching = desk.matching([team], only=[agent.id])
        found = [
            one._replace(why="taken") for one in matching.given(in_order(desk, [team], at=at, also_held=True), most=1)
        ]
        if not found:
            return None, False
        lost = give_out(desk, found, at=at, by=by, offered=False)
    case = conversation_by_id(found[0].case.id)
    return (case.number if case is not None and not lost else None), bool(lost)
