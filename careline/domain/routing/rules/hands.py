"""Somebody who may be given work: whether they are there, may answer, know enough and have room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from careline.domain.routing.rules.asking import Ask, Terms
from careline.domain.staff.rules import Allowed

AWAY, BUSY, OUTSIDE_HOURS = "away", "busy", "outside_hours"
NOT_THERE = (AWAY, BUSY, OUTSIDE_HOURS)
MAY_NOT_REPLY, GAVE_IT_BACK, FULL, QUEUE_LIMIT, LACKS = "may_not_reply", "gave_it_back", "full", "queue_limit", "lacks"
NEEDED = ("conversation:read", "conversation:reply")
Moment = tuple[float, int]
"""Seconds since 1970, and the place within one run."""


@dataclass(slots=True)
class Hand:
    """One person as the matching sees them. `absence` is empty for somebody who is there; `turns` by team: their last turn.

    `load`, `of_team` (cases by team), `turns`, `latest` (given something) and `idle` (since when without news) move while work is given.
    """

    id: int
    units: int = 10
    absence: str = ""
    teams: frozenset[int] = frozenset()
    skills: dict[int, int] = field(default_factory=dict)
    grants: dict[str, tuple[Allowed, ...]] = field(default_factory=dict)
    load: int = 0
    of_team: dict[int, int] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=dict)
    latest: Moment = (0.0, 0)
    idle: Moment = (0.0, 0)
    shut: frozenset[int] = frozenset()
    """Teams whose hours, or their own, they are outside of."""

    def fits(self, units: int | None) -> bool:
        """Room for a case of so many units; None fills somebody, so it takes one who has nothing."""
        return self.load == 0 < self.units if units is None else self.load + units <= self.units

    def take(self, team: int, *, units: int | None, turn: int, moment: Moment) -> None:
        self.load += self.units if units is None else units
        self.of_team[team] = self.of_team.get(team, 0) + 1
        self.turns[team] = turn
        self.latest = self.idle = moment


def against(hand: Hand, case: Any, asks: tuple[Ask, ...], terms: Terms, *, units: int | None) -> str:
    """Why this person is not given the case, by the first reason that there is; empty where they could be.

    `case` has team, channel, brand, restricted (ids of those it is open to, or None) and returned_by. What a person is asks
    first, then whether they are there, then whether they have room; so whoever could help but is away is told as away.
    """
    return next(_reasons(hand, case, asks, terms, units), "")


def _reasons(hand: Hand, case: Any, asks: tuple[Ask, ...], terms: Terms, units: int | None) -> Iterator[str]:
    if not may_answer(hand, case):
        yield MAY_NOT_REPLY
    for ask in asks:
        if hand.skills.get(ask.skill, 0) < ask.level:
            yield f"{LACKS}:{ask.skill}:{ask.level}"
    if hand.absence:
        yield hand.absence
    elif terms.team in hand.shut:
        yield OUTSIDE_HOURS
    if hand.id in case.returned_by:
        yield GAVE_IT_BACK
    if not hand.fits(units):
        yield FULL
    if is_at_limit(hand, terms):
        yield QUEUE_LIMIT


def is_at_limit(hand: Hand, terms: Terms) -> bool:
    return terms.most_each is not None and hand.of_team.get(terms.team, 0) >= terms.most_each


def may_answer(hand: Hand, case: Any) -> bool:
    """Whether they may read and answer the case once it is theirs: as `visible` says it of an assignee.

    Every scope takes in one's own cases; what a grant is narrowed to has to be the case's, and a restricted case is for
    those named on it.
    """
    if case.restricted is not None and hand.id not in case.restricted:
        return False
    return all(any(_reaches(grant, case) for grant in hand.grants.get(verb, ())) for verb in NEEDED)


def _reaches(grant: Allowed, case: Any) -> bool:
    places = ((grant.channel_id, case.channel), (grant.brand_id, case.brand), (grant.team_id, case.team))
    return all(wanted is None or wanted == there for wanted, there in places)
