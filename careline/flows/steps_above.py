"""To whom a case could be handed up just now, step by step: what is asked before somebody does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.routing.queries.ladders import standing_of
from careline.domain.routing.rules.asking import Terms
from careline.domain.routing.rules.hands import against
from careline.domain.routing.rules.ladders import TEAM, Rung, counted
from careline.domain.staff.rules import Person
from careline.flows.escalate import VERB, look_at, seen_as


@dataclass(frozen=True, slots=True)
class Above:
    """One step: how many could have the case now, and what is against the others."""

    level: int
    rung: Rung
    free: int
    excluded: dict[str, int]


def steps_above(agent: Person, number: int, *, at: datetime) -> list[Above]:
    """Every step above where the case stands. Raises NotFound, Forbidden."""
    case = conversation_for(agent, number, verb=VERB)
    now, look, seen = standing_of(case.id), look_at(case, at=at), seen_as(case)
    found = []
    for level, rung in enumerate(look.ladder.rungs, 1):
        if now is not None and level <= now.level:
            continue
        terms = look.terms.get((rung.team if rung.kind == TEAM else case.team_id) or 0, Terms(0))
        people = [hand for hand in look.people.get(level, ()) if hand.id not in (agent.id, case.assignee_id)]
        reasons = [against(hand, seen, look.asks, terms, units=look.units) for hand in people]
        found.append(Above(level, rung, reasons.count(""), counted(reasons)))
    return found
