"""What a policy that is not switched on yet would have answered to what was decided before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from careline.domain.approvals.rules.deciding import BAD_AMOUNT, answered
from careline.domain.approvals.rules.facts import Facts, facts_from
from careline.domain.approvals.rules.limits import Authority, Exceeded
from careline.domain.approvals.rules.policies import Book
from careline.domain.approvals.rules.rates import Rates

DAYS = 90
MOST = 100_000
AT_ONCE = 1_000
"""Decisions that are tried in one step."""
EXAMPLES = 50


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was kept. `exceeded` is the limit that stood against it then, empty where none did."""

    at: datetime
    agent: int
    action: str
    facts: Facts
    outcome: str
    code: str
    rule: str
    exceeded: str
    case: int | None


@dataclass(frozen=True, slots=True)
class Turned:
    """One that would have ended otherwise."""

    was: Decided
    outcome: str
    code: str
    rule: str

    def kept(self) -> dict[str, Any]:
        was = self.was
        then = [
            was.at.isoformat(),
            was.agent,
            was.action,
            was.facts.kept(),
            was.outcome,
            was.code,
            was.rule,
            was.exceeded,
            was.case,
        ]
        return {"was": then, "outcome": self.outcome, "code": self.code, "rule": self.rule}


@dataclass(slots=True)
class Simulation:
    """`turned`: (outcome then, outcome now) → how often; `by_rule`: how often each rule would answer; the newest examples."""

    count: int = 0
    turned: dict[tuple[str, str], int] = field(default_factory=dict)
    by_rule: dict[str, int] = field(default_factory=dict)
    examples: list[Turned] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "count": self.count, "turned": [[*pair, count] for pair, count in self.turned.items()], "by_rule": self.by_rule,
            "examples": [one.kept() for one in self.examples],
        }  # fmt: skip

    @property
    def same(self) -> int:
        return self.count - sum(self.turned.values())


def simulate(
    decided: Iterable[Decided],
    *,
    book: Book,
    authorities: Mapping[int, Authority],
    rates: Rates,
    before: Simulation | None = None,
) -> Simulation:
    """Limits are those that held then; who may decide, and the rates, are those of now. `before`: what was found so far."""
    found = before or Simulation()
    for one in decided:
        if one.code == BAD_AMOUNT:
            continue
        found.count += 1
        rule, _passed = book.first(one.action, one.facts, rates=rates)
        exceeded = Exceeded(one.exceeded) if one.exceeded else None
        outcome, code, _approver = answered(rule, authorities.get(one.agent, Authority(one.agent)), exceeded)
        key = rule.id if rule is not None else ""
        found.by_rule[key] = found.by_rule.get(key, 0) + 1
        if outcome != one.outcome:
            pair = (one.outcome, outcome)
            found.turned[pair] = found.turned.get(pair, 0) + 1
            if len(found.examples) < EXAMPLES:
                found.examples.append(Turned(one, outcome, code, key))
    return found


def simulation_from(kept: Mapping[str, Any]) -> Simulation:
    """What `Simulation.kept` wrote."""
    examples = []
    for one in kept.get("examples", ()):
        at, agent, action, facts, *rest = one["was"]
        was = Decided(datetime.fromisoformat(at), agent, action, facts_from(facts), *rest)
        examples.append(Turned(was, one["outcome"], one["code"], one["rule"]))
    turned = {(then, now): count for then, now, count in kept.get("turned", ())}
    return Simulation(kept.get("count", 0), turned, dict(kept.get("by_rule", {})), examples)
