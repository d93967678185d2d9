"""The company's procedures: read, drafted, tried on the last 90 days, switched on; and what they answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from careline.domain.approvals.queries.policies import draft, version, versions
from careline.domain.approvals.rules.conditions import BadPolicy
from careline.domain.approvals.rules.simulating import simulation_from
from careline.domain.conversations.errors import NotFound
from careline.domain.staff.rules import require
from careline.entrypoints.api.paging import short_page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.rooms.approvals import facts_of
from careline.entrypoints.api.routes import Call, route
from careline.entrypoints.api.shapes import policies as shapes
from careline.entrypoints.api.shapes.money import money_shown
from careline.entrypoints.api.shapes.parts import Named, Page, PageQuery
from careline.flows.keep_policies import (
    VERB,
    NoDraft,
    draft_policy,
    drop_policy_draft,
    switch_policy_on,
    try_policy,
)
from careline.flows.try_draft import simulation_for, try_draft

_DRAFT = "/policies/draft"


@route("GET", "/policies", query=PageQuery, answer=Page[shapes.PolicyVersion])
def policy_versions(call: Call) -> Any:
    """The versions that were switched on, the newest first; the draft is not among them."""
    require(call.person, VERB)
    return short_page_of([_version(row) for row in versions()], call.query)


@route("GET", "/policies/{id}", answer=shapes.WholePolicy)
def policy_version(call: Call) -> Any:
    """One version with its rules."""
    require(call.person, VERB)
    row = version(call.id)
    if row is None:
        raise NotFound(f"There is no policy {call.id}.")
    return shapes.WholePolicy(_version(row), row.rules)


@route("GET", _DRAFT, answer=shapes.WholePolicy)
def policy_draft(call: Call) -> Any:
    """What is being written."""
    require(call.person, VERB)
    return _draft()


@route("PUT", _DRAFT, body=shapes.PolicyDraft, answer=shapes.WholePolicy)
def drafted_policy(call: Call) -> Any:
    """All rules as they are to be; nothing holds before it is switched on."""
    with _told():
        draft_policy(call.person, call.body.rules, note=call.body.note, by=call.by, at=call.at)
    return _draft()


@route("DELETE", _DRAFT, status=204)
def dropped_policy_draft(call: Call) -> None:
    """Throws the draft away."""
    drop_policy_draft(call.person, by=call.by, at=call.at)


@route("POST", _DRAFT + "/simulations", answer=shapes.PolicySimulation)
def simulated_policy(call: Call) -> Any:
    """Tries the draft on the decisions of the last 90 days. It goes on by itself: ask for it again until `is_over`."""
    return _simulation(simulation_for(call.person, try_draft(call.person, by=call.by, at=call.at)))


@route("GET", "/policy-simulations/{id}", answer=shapes.PolicySimulation)
def policy_simulation(call: Call) -> Any:
    """How far it is, and what it found."""
    return _simulation(simulation_for(call.person, call.id))


@route("PUT", _DRAFT + "/activation", body=shapes.Activation, answer=shapes.WholePolicy)
def switched_on_policy(call: Call) -> Any:
    """The draft becomes a version that holds, at once or from a moment on."""
    key = switch_policy_on(call.person, valid_from=call.body.valid_from, by=call.by, at=call.at)
    row = version(key)
    assert row is not None, "it was switched on just now"
    return shapes.WholePolicy(_version(row), row.rules)


@route("POST", "/policy-decisions", body=shapes.PolicyQuestion, answer=shapes.PolicyDecision)
def policy_decision(call: Call) -> Any:
    """What would be answered to you, and why; nothing is done or kept."""
    given = call.body
    facts = facts_of(given.facts, given.amount)
    found = try_policy(call.person, given.action, facts=facts, number=given.conversation, at=call.at)
    return shapes.PolicyDecision(
        found.outcome, found.code, found.sentence(call.person.language), found.article, found.rule_id,  # type: ignore[arg-type]
        str(found.version) if found.version else None, found.approver.kept() if found.approver else None,
        found.exceeded.code if found.exceeded else "", [one.kept() for one in found.matched],
        [shapes.WhyNot(one.rule, one.condition.kept(), _found(one.found)) for one in found.passed],
    )  # fmt: skip


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BadPolicy as wrong:
        raise Wrong((wrong.field, str(wrong))) from None


def _draft() -> shapes.WholePolicy:
    row = draft()
    if row is None:
        raise NoDraft("There is no draft.")
    return shapes.WholePolicy(_version(row), row.rules)


def _version(row: Any) -> shapes.PolicyVersion:
    author = Named(str(row.author_id), row.author_name) if row.author_id else None
    return shapes.PolicyVersion(str(row.id), row.note, author, row.written_at, row.valid_from, row.size)


def _simulation(row: Any) -> shapes.PolicySimulation:
    found = simulation_from(row.found)
    examples = [
        shapes.TurnedDecision(
            one.was.at,
            one.was.action,
            money_shown(one.was.facts.amount),
            one.was.outcome,
            one.outcome,
            one.code,
            one.rule,
        )
        for one in found.examples
    ]
    turned = [shapes.TurnedCount(then, now, count) for (then, now), count in sorted(found.turned.items())]
    return shapes.PolicySimulation(
        found.count, found.same, turned, found.by_rule, examples, str(row.id), row.done, row.total, row.ended_at is not None
    )  # fmt: skip


def _found(value: Any) -> Any:
    return money_shown(value) if hasattr(value, "minor") else list(value) if isinstance(value, tuple) else value
