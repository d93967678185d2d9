"""Which policy a case gets and why; when a customer may expect an answer; which of the last cases a policy would hold for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from careline.domain.conversations.queries.visibility import visible
from careline.domain.sla.queries.clocks import cases_of, facts_of, latest_clocks
from careline.domain.sla.queries.policies import Measures, policies
from careline.domain.sla.rules.clocks import FIRST_RESPONSE, NEXT_RESPONSE, Terms, started
from careline.domain.sla.rules.policies import Facts, Policy, Weighed, policy_for, weighed
from careline.domain.staff.rules import Reach
from careline.kit import db

_LOOKED_AT = 500
_ABOVE = """
WITH RECURSIVE above (id, parent_id) AS (SELECT id, parent_id FROM conversations_topic WHERE id = %s
    UNION SELECT t.id, t.parent_id FROM conversations_topic t JOIN above ON t.id = above.parent_id) SELECT id FROM above
"""
_LAST_CASES = """
SELECT c.id, c.number, c.subject, c.created_at FROM conversations_conversation c
WHERE c.merged_into_id IS NULL AND NOT c.is_spam AND {where} ORDER BY c.id DESC LIMIT %(looked_at)s
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """When an answer is promised. `seconds` as the policy says it: of open time where `is_business`.

    In words, e.g. entrypoints.web.sla.words.time_words(seconds, is_business=…): "4 business hours".
    """

    due_at: datetime
    seconds: int
    is_business: bool
    is_fallback: bool
    policy: str
    calendar: str


def expected_answer(conversation: int) -> Expected | None:
    """When the customer of this case may expect the answer they wait for; None where nobody waits, or nothing runs."""
    clocks = latest_clocks([conversation]).get(conversation, {})
    clock = next(
        (c for kind in (FIRST_RESPONSE, NEXT_RESPONSE) if (c := clocks.get(kind)) is not None and c.is_running), None
    )
    if clock is None or clock.due_at is None:
        return None
    measures = Measures(clocks=[clock])
    name = next((one.name for one in policies() if one.id == clock.terms.policy), "")
    return Expected(
        clock.due_at, clock.terms.seconds, clock.terms.is_business, clock.is_fallback, name,
        measures.names.get(clock.terms.calendar or 0, ""),
    )  # fmt: skip


def weighed_for(conversation: int) -> list[Weighed]:
    """The policies down to the one that this case gets, with what spoke against those before it."""
    found = cases_of([conversation])
    return weighed(policies(), facts_of(found[0])) if found else []


@dataclass(frozen=True, slots=True)
class Preview:
    """What a case of such facts would be promised, if it came at that moment."""

    weighed: list[Weighed]
    due: Mapping[str, tuple[Terms, datetime, bool]]
    """By kind: the terms, the moment, and whether its calendar can't promise and the wall clock counts."""


def would_promise(facts: Facts, *, at: datetime) -> Preview:
    """Of a topic alone: with those above it, as for a case."""
    if isinstance(facts.topic, int):
        facts = replace(facts, topic=[row.id for row in db.rows(_ABOVE, [facts.topic])])
    known = policies()
    return Preview(weighed(known, facts), due_under(policy_for(known, facts), at=at))


def due_under(policy: Policy, *, at: datetime) -> dict[str, tuple[Terms, datetime, bool]]:
    """When each of a policy's promises would be due for a case that comes at that moment."""
    measures = Measures([policy])
    told = {}
    for kind in policy.targets:
        terms = policy.terms(kind, calendar=measures.default)
        assert terms is not None, "the kind is one of its own"
        clock = started(kind, terms, since=at, measure=measures.of(terms, at))
        assert clock.due_at is not None, "a clock that runs is due"
        told[kind] = (terms, clock.due_at, clock.is_fallback)
    return told


def last_cases_for(policy: Policy, reach: Reach, *, limit: int = 12) -> list[Any]:
    """Of the last cases that somebody sees those that this policy would hold for, each as number, subject, created_at.

    Policies that are asked before it stay out of it: it says for whom the conditions hold.
    """
    where, params = visible(reach)
    rows = db.rows(_LAST_CASES.format(where=where), {**params, "looked_at": _LOOKED_AT})
    facts = {case.id: facts_of(case) for case in cases_of([row.id for row in rows])}
    fits = [row for row in rows if policy.is_default or policy_for([policy], facts[row.id]) == policy]
    return fits[:limit]
