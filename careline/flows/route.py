"""Work finds its people: what was marked is matched anew, and what matches is given out, once.

Whoever decides holds one lock, so two of them never give away the same room; the cases themselves are taken only where
nobody was faster. All of a decision is one transaction: a worker that dies in it leaves the marks as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from careline.domain.conversations.commands.giving import Handing, hand_out
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.routing.commands import marks, openings, places
from careline.domain.routing.commands.decisions import keep_decisions
from careline.domain.routing.commands.marks import Marked
from careline.domain.routing.commands.offers import make_offers
from careline.domain.routing.queries.hands import hands_of
from careline.domain.routing.queries.terms import Weights, conditions, terms_of, turns_of, weights
from careline.domain.routing.queries.waiting import first_of_each_kind, waiting_in, waiting_of
from careline.domain.routing.rules.asking import Condition, Terms
from careline.domain.routing.rules.hands import Hand
from careline.domain.routing.rules.matching import Given, Matching, Waiting
from careline.domain.staff.attendance import note_given
from careline.kit import db

BY = Actor(ActorKind.RULE, via="routing")
AT_ONCE = 500
"""Cases given out in one transaction, so that nobody waits for it longer than a moment."""
LOCK = "routing"


@dataclass(frozen=True, slots=True)
class Worked:
    """What one step did; `again` where something was in the way, and is to be tried after a moment."""

    marks: int = 0
    given: int = 0
    again: bool = False


@dataclass(slots=True)
class Desk:
    """All that a decision looks at, read once. What is given changes the hands."""

    terms: Mapping[int, Terms]
    weights: Weights
    conditions: Sequence[Condition]
    hands: Sequence[Hand]
    turns: dict[int, int]
    at: datetime

    def matching(self, teams: Iterable[int], only: Iterable[int] | None = None) -> Matching:
        terms = {team: self.terms[team] for team in teams}
        return Matching(self.hands, terms, self.turns, self.at, only=None if only is None else frozenset(only))


def work_on_marks(*, at: datetime) -> Worked:
    """Takes up what was marked, and gives out what matches."""
    with transaction.atomic():
        db.lock_words([LOCK])
        marked = marks.take_marks()
        if not marked:
            return Worked()
        desk = desk_of(marked.teams, at=at)
        found = list(_matched(desk, marked))
        left = give_out(desk, found, at=at)
        if len(found) >= AT_ONCE:
            marks.mark_again(marked, at=at)
        elif left:
            marks.mark_again(left, at=at)
    return Worked(len(marked.queues) + len(marked.people) + len(marked.cases), len(found), bool(left))


def desk_of(teams: Sequence[int], *, at: datetime, also: Sequence[int] = ()) -> Desk:
    terms, counts = terms_of(teams), weights()
    return Desk(terms, counts, conditions(), hands_of(terms, counts, at=at, also=also), turns_of(teams), at)


def give_out(desk: Desk, found: Sequence[Given], *, at: datetime, by: Actor = BY, offered: bool = True) -> Marked:
    """What was matched is theirs now, on the record. What could not be had, because somebody works on it, is returned as marks."""
    taken = hand_out([Handing(one.case.id, one.case.team, one.agent, one.why) for one in found], by=by, at=at)
    given = [one for one in found if one.case.id in taken]
    keep_decisions(given, at=at)
    places.rest([one.case.id for one in given])
    if offered:
        make_offers(
            [
                (one.case.id, one.agent, one.case.team, at + timedelta(seconds=seconds))
                for one in given
                if (seconds := desk.terms[one.case.team].accept_seconds)
            ],
            at=at,
        )
    if given:
        note_given([one.agent for one in given], at=at)
    missed = [one for one in found if one.case.id not in taken]
    return Marked(
        frozenset(),
        frozenset((one.agent, one.case.team) for one in missed),
        frozenset((one.case.id, one.case.team) for one in missed),
    )


def in_order(desk: Desk, teams: Iterable[int], *, at: datetime, also_held: bool = False) -> Iterator[Waiting]:
    """What waits in these teams; the first of it at once, the rest where that is not enough."""
    terms = {team: desk.terms[team] for team in teams}
    first = waiting_in(terms, desk.weights, desk.conditions, at=at, limit=AT_ONCE, also_held=also_held)
    yield from first
    if len(first) == AT_ONCE:
        seen = {case.id for case in first}
        rest = first_of_each_kind(terms, desk.weights, desk.conditions, at=at, each=AT_ONCE, also_held=also_held)
        yield from (case for case in rest if case.id not in seen)


def _matched(desk: Desk, marked: Marked) -> Iterator[Given]:
    """Whole queues first, then people who came or have room again, then cases that are new; never one case twice."""
    push = {team for team, terms in desk.terms.items() if terms.is_push}
    seen: set[int] = set()
    if whole := marked.queues & push:
        yield from _some(desk.matching(whole), in_order(desk, whole, at=desk.at), seen)
    people = {(agent, team) for agent, team in marked.people if team in push - whole}
    if people:
        teams = {team for _, team in people}
        matching = desk.matching(teams, only={agent for agent, _ in people})
        yield from _some(matching, in_order(desk, teams, at=desk.at), seen)
    if cases := [case for case, team in marked.cases if team in push - whole]:
        terms = {team: desk.terms[team] for team in push}
        waiting = waiting_of(cases, terms, desk.weights, desk.conditions, at=desk.at)
        yield from _some(desk.matching(push), waiting, seen)


def _some(matching: Matching, cases: Iterable[Waiting], seen: set[int]) -> Iterator[Given]:
    fresh = (case for case in cases if case.id not in seen)
    for one in matching.given(fresh, most=AT_ONCE - len(seen)):
        seen.add(one.case.id)
        yield one


def work_on_steps(*, at: datetime) -> int:
    """Cases of which less is asked for now, and people whose hours begin, are looked at again; how many were due."""
    with transaction.atomic():
        lowered, opened = places.due_steps(at=at), openings.take_opened(at=at)
        if lowered:
            marks.mark_cases(lowered, at=at)
        for calendar in opened:
            marks.mark_people_of_calendar(calendar, at=at)
    return len(lowered) + len(opened)
