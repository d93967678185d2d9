"""Whom a case is handed up to: the steps of a ladder, one after the other, until somebody can have it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careline.domain.routing.rules.asking import Ask, Terms
from careline.domain.routing.rules.hands import FULL, MAY_NOT_REPLY, QUEUE_LIMIT, Hand, against

ROLE, TEAM, SUPERIOR = "role", "team", "superior"
KINDS = (ROLE, TEAM, SUPERIOR)
BY_HAND, LATE, UNANSWERED, RULE, REOPENED = "by_hand", "late", "unanswered", "rule", "reopened"
NOBODY = "nobody"
TRY_AGAIN = timedelta(minutes=15)
"""Where nobody on the ladder was there, so long until it is tried again."""
NOT_TWICE = timedelta(minutes=1)
"""What rises by itself does so once for several reasons that come together."""


@dataclass(frozen=True, slots=True)
class Rung:
    """`role` is a code; `minutes`: unanswered so long, the case goes on to the next."""

    name: str
    kind: str = ROLE
    role: str = ""
    team: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """`rungs` from the first step up. Without an id it is the one that holds until somebody writes one."""

    name: str
    rungs: tuple[Rung, ...]
    id: int | None = None
    topic: int | None = None
    late_minutes: int | None = None
    reopenings: int | None = None

    def rung(self, level: int) -> Rung | None:
        """Level 1 is the first rung."""
        return self.rungs[level - 1] if 0 < level <= len(self.rungs) else None


BUILT_IN = Ladder(
    "Everything",
    (Rung("Specialist", role="specialist"), Rung("Supervisor", role="supervisor"), Rung("Manager", role="manager")),
)


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a step ends: `agent` has the case now, or `team`'s queue; neither where nobody could.

    `passed` are the rungs that were tried in vain: (level, reason → people).
    """

    level: int
    agent: int | None = None
    team: int | None = None
    passed: tuple[tuple[int, Mapping[str, int]], ...] = ()

    @property
    def is_anybody(self) -> bool:
        return self.agent is not None or self.team is not None


def reach(
    ladder: Ladder,
    case: Any,
    people: Mapping[int, Sequence[Hand]],
    *,
    from_level: int,
    terms: Mapping[int, Terms],
    asks: tuple[Ask, ...],
    units: int | None,
    but: Iterable[int] = (),
) -> Reached:
    """The first rung from `from_level` up on which somebody can have the case: by skills, then without those that may be let go.

    `people` by level; `case` as for `against`; `but` are those it comes from. Where people of a team's rung are there but full, it
    waits in their queue: nobody is given more than they can have.
    """
    left_out = frozenset(but)
    must = tuple(ask for ask in asks if ask.is_mandatory)
    passed: list[tuple[int, Mapping[str, int]]] = []
    for wanted in dict.fromkeys((asks, must)):
        passed = []
        for level in range(from_level, len(ladder.rungs) + 1):
            rung = ladder.rungs[level - 1]
            team = rung.team if rung.kind == TEAM else case.team
            reasons = {
                hand.id: against(hand, case, wanted, terms.get(team or 0, Terms(0)), units=units)
                for hand in people.get(level, ())
                if hand.id not in left_out
            }
            free = [hand for hand in people.get(level, ()) if reasons.get(hand.id) == ""]
            if free:
                best = min(free, key=lambda hand: (hand.load / max(hand.units, 1), hand.latest, hand.id))
                return Reached(level, best.id, rung.team, tuple(passed))
            if rung.kind == TEAM and any(reason in (FULL, QUEUE_LIMIT) for reason in reasons.values()):
                return Reached(level, None, rung.team, tuple(passed))
            passed.append((level, counted(reasons.values())))
    return Reached(min(from_level, len(ladder.rungs)), passed=tuple(passed))


def may_nobody(reached: Reached) -> bool:
    """Whether all who were asked may never have it, whoever comes back."""
    return not reached.is_anybody and all(set(reasons) <= {MAY_NOT_REPLY} for _, reasons in reached.passed)


def counted(reasons: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for reason in reasons:
        if reason:
            found[reason] = found.get(reason, 0) + 1
    return found


def next_due(ladder: Ladder, level: int, *, raised_at: datetime, waiting_since: datetime | None) -> datetime | None:
    """When an unanswered case goes on from this level: counted from its coming there, or from what the customer wrote since."""
    rung = ladder.rung(level)
    if rung is None or rung.minutes is None or waiting_since is None or level >= len(ladder.rungs):
        return None
    return max(raised_at, waiting_since) + timedelta(minutes=rung.minutes)
