"""Who is given which case: work in its order, each to whoever is next of those who can take it.

Cases alike (the same team, channel, brand, circle, weight and skills) share one heap of people. Somebody's place in a
heap only ever falls while work is given out, so a heap is put right where it is read: n cases and p people cost
about n + (given × log p), not n × p.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush, heapreplace
from typing import Any, NamedTuple

from careline.domain.routing.rules.asking import Ask, Terms, asked_at, stage_of
from careline.domain.routing.rules.hands import FULL, NOT_THERE, QUEUE_LIMIT, Hand, against, is_at_limit

STICKY = "sticky"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case without an assignee. `asks`: what it asked for at first; `sticky`: who answered this customer last."""

    id: int
    team: int
    since: datetime
    channel: int | None = None
    brand: int | None = None
    restricted: tuple[int, ...] | None = None
    units: int | None = 1
    asks: tuple[Ask, ...] = ()
    missed_by: tuple[int, ...] = ()
    returned_by: tuple[int, ...] = ()
    sticky: int | None = None


class Given(NamedTuple):
    """A case and who gets it. `excluded` counts the others of the team by what was against them."""

    case: Waiting
    agent: int
    why: str
    turn: int
    stage: int
    candidates: int
    excluded: dict[str, int]
    asks: tuple[Ask, ...]


@dataclass
class Matching:
    """One run: `turns` are the last ones of each team. With `only`, nobody else is given anything."""

    hands: Iterable[Hand]
    terms: Mapping[int, Terms]
    turns: dict[int, int]
    at: datetime
    only: Collection[int] | None = None
    _pools: dict[Any, _Pool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id = {hand.id: hand for hand in self.hands}
        self._by_team: dict[int, list[Hand]] = {}
        for hand in self._by_id.values():
            for team in hand.teams:
                self._by_team.setdefault(team, []).append(hand)
        self._count = 0
        self._free = [
            hand for hand in self._by_id.values() if not hand.absence and (self.only is None or hand.id in self.only)
        ]

    @property
    def is_over(self) -> bool:
        """Nobody has room for even the smallest case."""
        while self._free and not self._free[-1].fits(1):
            self._free.pop()
        return not self._free

    def given(self, cases: Iterable[Waiting], *, most: int) -> Iterator[Given]:
        """In the order of the cases, at most so many."""
        for case in cases:
            if most <= 0 or self.is_over:
                return
            if (one := self.give(case)) is not None:
                most -= 1
                yield one

    def give(self, case: Waiting) -> Given | None:
        terms = self.terms[case.team]
        stage = stage_of(terms, case.since, at=self.at)
        pool = self._pool_of(case, terms, stage)
        hand, why = pool.sticky(case), STICKY
        if hand is None:
            if pool.waits_for_sticky(case, at=self.at):
                return None
            hand, why = pool.best(case.missed_by), terms.strategy
        if hand is None:
            return None
        self._count += 1
        turn = self.turns[case.team] = self.turns.get(case.team, 0) + 1
        found = Given(case, hand.id, why, turn, stage, pool.candidates, pool.excluded, pool.asks)
        hand.take(case.team, units=case.units, turn=turn, moment=(self.at.timestamp(), self._count))
        return found

    def _pool_of(self, case: Waiting, terms: Terms, stage: int) -> _Pool:
        asks = asked_at(case.asks, stage)
        key = (case.team, case.channel, case.brand, case.restricted, case.units, asks, case.returned_by)
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = _Pool(self._by_team.get(case.team, ()), case, asks, terms, self.only)
        return pool


class _Pool:
    """Those who can take cases of one kind, the next one first."""

    def __init__(
        self, hands: Iterable[Hand], case: Waiting, asks: tuple[Ask, ...], terms: Terms, only: Collection[int] | None
    ) -> None:
        self.asks = asks
        self._terms, self._units, self._only = terms, case.units, only
        self._against = {hand.id: against(hand, case, asks, terms, units=case.units) for hand in hands}
        self._able = {hand.id: hand for hand in hands if not self._against[hand.id]}
        self._excluded = Counter(reason for reason in self._against.values() if reason)
        self._heap = [(self._key(hand), hand.id, hand) for hand in self._able.values() if self._is_asked(hand.id)]
        heapify(self._heap)

    @property
    def candidates(self) -> int:
        return len(self._able)

    @property
    def excluded(self) -> dict[str, int]:
        return dict(self._excluded)

    def best(self, missed_by: Collection[int]) -> Hand | None:
        """The next one; whoever has missed the case before only where there is nobody else."""
        aside = []
        while (hand := self._first()) is not None and hand.id in missed_by:
            aside.append(heappop(self._heap))
        for entry in aside:
            heappush(self._heap, entry)
        return hand if hand is not None or not aside else aside[0][2]

    def sticky(self, case: Waiting) -> Hand | None:
        hand = self._able.get(case.sticky or 0)
        if hand is None or hand.id in case.missed_by or not self._is_asked(hand.id):
            return None
        return hand if self._has_room(hand) else None

    def waits_for_sticky(self, case: Waiting, *, at: datetime) -> bool:
        """Whoever answered last could answer again, were they there or had room: they are waited for a while."""
        reason = self._against.get(case.sticky or 0)
        if reason not in ("", FULL, QUEUE_LIMIT, *NOT_THERE) or case.sticky in case.missed_by:
            return False
        return (at - case.since).total_seconds() < self._terms.sticky_minutes * 60

    def _first(self) -> Hand | None:
        while self._heap:
            key, _, hand = self._heap[0]
            if not self._has_room(hand):
                heappop(self._heap)
                self._leave(hand)
            elif key != (now := self._key(hand)):
                heapreplace(self._heap, (now, hand.id, hand))
            else:
                return hand
        return None

    def _leave(self, hand: Hand) -> None:
        if self._able.pop(hand.id, None) is not None:
            self._excluded[FULL if not hand.fits(self._units) else QUEUE_LIMIT] += 1

    def _has_room(self, hand: Hand) -> bool:
        return hand.fits(self._units) and not is_at_limit(hand, self._terms)

    def _is_asked(self, agent: int) -> bool:
        return self._only is None or agent in self._only

    def _key(self, hand: Hand) -> tuple[Any, ...]:
        if self._terms.strategy == "round_robin":
            return (hand.turns.get(self._terms.team, 0), hand.idle)
        if self._terms.strategy == "longest_idle":
            return (hand.idle,)
        return (hand.load / hand.units if hand.units else 1.0, hand.latest)
