"""The draft of the policy is tried on the decisions of the last 90 days: the worker does it step by step, and says how far it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.approvals.commands import simulations
from careline.domain.approvals.queries.authority import authorities
from careline.domain.approvals.queries.policies import draft, rates_for
from careline.domain.approvals.queries.simulations import decisions_before, simulation_by_id
from careline.domain.approvals.rules.facts import Facts, facts_from
from careline.domain.approvals.rules.policies import Book, rules_from
from careline.domain.approvals.rules.simulating import AT_ONCE, DAYS, MOST, Decided, simulate, simulation_from
from careline.domain.conversations.errors import NotFound
from careline.domain.history.actor import Actor
from careline.domain.staff.rules import Person, require
from careline.flows.keep_policies import VERB, NoDraft
from careline.kit.money import Money

STEPS = 50
_SOME_MONEY = Money(1, "EUR")


def try_draft(agent: Person, *, by: Actor, at: datetime) -> int:
    """The trial's key; the worker goes on with it. Raises Forbidden, NoDraft."""
    require(agent, VERB)
    held = draft()
    if held is None:
        raise NoDraft("There is no draft.")
    return simulations.start(held.id, held.rules, agent=agent.id, at=at)


def simulation_for(agent: Person, key: int) -> Any:
    """Raises Forbidden, NotFound."""
    require(agent, VERB)
    found = simulation_by_id(key)
    if found is None:
        raise NotFound(f"There is no simulation {key}.")
    return found


def work_on_simulations(*, at: datetime) -> int:
    """Each step in a transaction of its own; how many were done."""
    for count in range(STEPS):
        with transaction.atomic():
            held = simulations.take_due(at=at)
            if held is not None:
                _step(held, at=at)
        if held is None:
            return count
    return STEPS


def _step(held: Any, *, at: datetime) -> None:
    left = min(AT_ONCE, MOST - held.done)
    rows = decisions_before(held.before, since=held.at - timedelta(days=DAYS), until=held.at, limit=left)
    decided = [
        Decided(row.at, row.agent_id, row.action, facts_from(row.facts), row.outcome, row.code, row.rule, row.exceeded, row.conversation_id)
        for row in rows
    ]  # fmt: skip
    people = sorted({one.agent for one in decided})
    known = authorities(people, action="", facts=Facts(), at=held.at) if people else {}
    rates = rates_for(Facts(amount=_SOME_MONEY), at=held.at)
    book = Book(held.policy_id, rules_from(held.rules))
    found = simulate(decided, book=book, authorities=known, rates=rates, before=simulation_from(held.found))
    is_last = len(rows) < AT_ONCE
    simulations.go_on(held.id, found, done=len(rows), before=None if is_last else rows[-1].id, at=at)
