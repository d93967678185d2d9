"""The one decision: the policy's first fitting rule, then what the person may decide alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from careline.domain.approvals.rules.conditions import Condition
from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.limits import Authority, Exceeded, exceeded_by
from careline.domain.approvals.rules.policies import (
    ALLOW,
    APPROVAL,
    DENY,
    LADDER,
    ROLE,
    Approver,
    Book,
    Passed,
    PolicyRule,
)
from careline.domain.approvals.rules.rates import Rates

BAD_AMOUNT, FOUR_EYES = "bad_amount", "four_eyes"
USUAL_HOURS = 4
"""How long somebody who is asked may be silent, where the rule says nothing."""


@dataclass(frozen=True, slots=True)
class Decision:
    """`sentences` is for the customer, per language; `matched` and `passed` say why, `exceeded` which limit stood against it."""

    outcome: str
    code: str
    sentences: Mapping[str, str] = field(default_factory=dict)
    article: str = ""
    approver: Approver | None = None
    rule_id: str = ""
    version: int = 0
    hours: int = USUAL_HOURS
    four_eyes: bool = False
    tells: Mapping[str, int] = field(default_factory=dict)
    exceeded: Exceeded | None = None
    matched: tuple[Condition, ...] = ()
    passed: tuple[Passed, ...] = ()

    @property
    def is_allowed(self) -> bool:
        return self.outcome == ALLOW

    def sentence(self, language: str, *others: str) -> str:
        """In this language, else in the first of the others that it is written in."""
        return next((said for one in (language, *others, *self.sentences) if (said := self.sentences.get(one))), "")


def decide_by(action: str, *, facts: Facts, authority: Authority, book: Book, rates: Rates) -> Decision:
    """Pure. Who could approve it themselves needs nobody else, unless the rule asks for four eyes."""
    if facts.amount is not None and facts.amount.minor <= 0:
        return Decision(DENY, BAD_AMOUNT, version=book.version)
    rule, passed = book.first(action, facts, rates=rates)
    exceeded = exceeded_by(authority, action, facts=facts, rates=rates)
    outcome, code, approver = answered(rule, authority, exceeded)
    if rule is None:
        return Decision(outcome, code, approver=approver, version=book.version, exceeded=exceeded, passed=passed)
    return Decision(
        outcome, code, rule.sentences, rule.article, approver, rule.id, book.version, rule.hours or USUAL_HOURS, rule.four_eyes,
        rule.tells, exceeded, rule.when, passed,
    )  # fmt: skip


def answered(
    rule: PolicyRule | None, authority: Authority, exceeded: Exceeded | None
) -> tuple[str, str, Approver | None]:
    """(outcome, code, who has to agree)."""
    if rule is not None and rule.outcome == DENY:
        return DENY, rule.code, None
    wanted = rule.approver if rule is not None else Approver()
    if rule is not None and rule.four_eyes:
        return APPROVAL, FOUR_EYES, wanted
    if rule is not None and rule.outcome == APPROVAL and not (authority.may_decide and suits(wanted, authority)):
        return APPROVAL, rule.code, wanted
    if exceeded is not None:
        return APPROVAL, exceeded.code, wanted
    return ALLOW, "allowed" if rule is None or rule.outcome == APPROVAL else rule.code, None


def suits(approver: Approver, authority: Authority) -> bool:
    """Whether this person is of the kind that has to agree; whoever writes the limits always is."""
    if approver.by == LADDER or authority.is_free:
        return True
    if approver.by == ROLE:
        return approver.role in authority.roles
    return authority.skills.get(approver.skill or 0, 0) >= approver.level


def may_approve(
    authority: Authority, action: str, *, facts: Facts, approver: Approver, rates: Rates
) -> Exceeded | None:
    """None where they may; else why not. Their own requests are not asked here: that is the caller's."""
    if not authority.may_decide or not suits(approver, authority):
        return Exceeded("not_theirs")
    return exceeded_by(authority, action, facts=facts, rates=rates)
