"""Why did this come to somebody, and why is it still waiting: the decision that was kept, or everybody's reason as of now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.routing.queries.decisions import latest_decision, needs_of, open_offer
from careline.domain.routing.queries.waiting import waiting_of
from careline.domain.routing.rules.asking import Ask, Terms, asked_at, stage_of
from careline.domain.routing.rules.hands import LACKS, against
from careline.domain.staff.rules import Person
from careline.flows.route import desk_of


@dataclass(frozen=True, slots=True)
class Waits:
    """A case that nobody has. `free`: people it could go to now; `excluded`: how many people, by what is against them."""

    since: datetime
    stage: int
    asks: tuple[Ask, ...]
    free: int
    excluded: dict[str, int]
    sticky: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """`offer` (agent_id, agent_name, due_at) where somebody still has to answer; `by_hand`: what was asked for on this case alone."""

    terms: Terms | None
    decision: Any | None
    waits: Waits | None
    offer: Any | None
    by_hand: list[Any] = field(default_factory=list)


def explain_routing(agent: Person, number: int, *, at: datetime) -> Told:
    """Of a case that the asker sees. Raises NotFound."""
    case = conversation_for(agent, number)
    by_hand = needs_of(case.id)
    if case.team_id is None:
        return Told(None, None, None, None, by_hand)
    desk = desk_of([case.team_id], at=at)
    terms = desk.terms[case.team_id]
    decision = latest_decision(case.id) if case.assignee_id is not None else None
    if decision is not None and decision.agent_id != case.assignee_id:
        decision = None
    found = waiting_of([case.id], desk.terms, desk.weights, desk.conditions, at=at, also_held=True)
    if not found:
        return Told(terms, decision, None, open_offer(case.id), by_hand)
    waiting = found[0]
    stage = stage_of(terms, waiting.since, at=at)
    asks = asked_at(waiting.asks, stage)
    reasons = [
        against(hand, waiting, asks, terms, units=waiting.units) for hand in desk.hands if waiting.team in hand.teams
    ]
    waits = Waits(
        waiting.since, stage, asks, reasons.count(""), dict(Counter(filter(None, reasons))), waiting.sticky,
    )  # fmt: skip
    return Told(terms, None, waits, None, by_hand)


def skill_of(reason: str) -> tuple[int, int] | None:
    """The skill and level that a reason says are missing."""
    if not reason.startswith(f"{LACKS}:"):
        return None
    _, skill, level = reason.split(":")
    return int(skill), int(level)
