"""The company's procedures: drafted as a whole, tried on what was decided before, and switched on from a moment on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from careline.domain.approvals.commands import policies as commands
from careline.domain.approvals.queries.deciding import decide
from careline.domain.approvals.rules.conditions import BadPolicy
from careline.domain.approvals.rules.deciding import Decision
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.policies import ROLE, SKILL, PolicyRule, rules_from
from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.history.actor import Actor
from careline.domain.knowledge.queries.canned import reply_of
from careline.domain.staff.queries import roles
from careline.domain.staff.rules import Person, require
from careline.domain.staff.skills import skills
from careline.kit.money import Money

VERB = "policy:manage"
LATEST = timedelta(days=366)
_SOME_MONEY = Money(1, "EUR")


class NoDraft(NotFound):
    """There is nothing that could be switched on."""


def draft_policy(agent: Person, rules: Any, *, note: str = "", by: Actor, at: datetime) -> int:
    """All rules as they are to be; nothing holds before it is switched on. Its key. Raises Forbidden, BadPolicy."""
    require(agent, VERB)
    written = rules_from(rules)
    _require_known(agent, written)
    return commands.save_draft(written, note=" ".join(note.split())[:200], author=agent.id, by=by, at=at)


def drop_policy_draft(agent: Person, *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, NoDraft."""
    require(agent, VERB)
    if not commands.drop_draft(by=by, at=at):
        raise NoDraft("There is no draft.")


def switch_policy_on(agent: Person, *, valid_from: datetime | None = None, by: Actor, at: datetime) -> int:
    """The draft holds from then on, at once where nothing is said; its key. Raises Forbidden, NoDraft, Refused."""
    require(agent, VERB)
    begins = valid_from or at
    if begins < at:
        raise Refused("It can't begin to hold in the past.")
    if begins > at + LATEST:
        raise Refused("Give a moment within the next year.")
    key = commands.switch_on(valid_from=begins, by=by, at=at)
    if key is None:
        raise NoDraft("There is no draft.")
    return key


def try_policy(agent: Person, action: str, *, facts: Facts, number: int | None = None, at: datetime) -> Decision:
    """What would be answered now to this person; nothing is kept. `number`: the case that limits count on. Raises NotFound, Forbidden."""
    require(agent, "approval:ask")
    if number is not None:
        case = conversation_for(agent, number)
        facts = replace(facts, case=case.id, customer=case.customer_id)
    return decide(action, facts=facts, person=agent, at=at)


def _require_known(agent: Person, rules: Sequence[PolicyRule]) -> None:
    """Raises BadPolicy for a role, skill or reply that there is none of."""
    known_roles, known_skills = {row.code for row in roles()}, {row.id for row in skills()}
    replies: dict[int, bool] = {}
    for n, rule in enumerate(rules):
        if rule.approver.by == ROLE and rule.approver.role not in known_roles:
            raise BadPolicy(f"rules[{n}].approver.role", f"There is no role {rule.approver.role[:60]}.")
        if rule.approver.by == SKILL and rule.approver.skill not in known_skills:
            raise BadPolicy(f"rules[{n}].approver.skill", f"There is no skill {rule.approver.skill}.")
        for key in rule.tells.values():
            if key not in replies:
                replies[key] = reply_of(agent, key) is not None
            if not replies[key]:
                raise BadPolicy(f"rules[{n}].tells", f"There is no reply {key}.")
