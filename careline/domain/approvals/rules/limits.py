"""How much somebody may decide alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from careline.domain.approvals.rules.facts import Facts
from careline.domain.approvals.rules.rates import Rates
from careline.kit.money import Money

ANY = "*"
ACTION, CASE, CUSTOMER, DAY = "action", "case", "customer", "day"
PERS = (ACTION, CASE, CUSTOMER, DAY)
CODES = {ACTION: "over_limit", CASE: "over_case_limit", CUSTOMER: "over_customer_limit", DAY: "over_day_limit"}
NO_RATE, NO_AUTHORITY, NO_TOTAL = "no_rate", "no_authority", "no_total"
EXCEPTION = "exception"
"""Whatever its words say: never one's own to make, unless one may decide on approvals."""
CUSTOMER_DAYS = 365
"""What a customer was given counts for so long."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One holder: a role (by code), a skill from a level on, or a person. Neither money nor percent: without end."""

    action: str = ANY
    per: str = ACTION
    money: Money | None = None
    percent: Decimal | None = None
    role: str = ""
    skill: int | None = None
    level: int = 1
    agent: int | None = None
    id: int | None = None
    author: int | None = None

    @property
    def rank(self) -> int:
        """What is said of a person goes before what is said of their role and skills; of an action before that of any."""
        return 2 * (self.agent is None) + (self.action == ANY)


@dataclass(frozen=True, slots=True)
class Authority:
    """What one person brings to a decision. `is_free`: writes the limits, so has none unless one is set for them.

    `used`: what was given before that counts with it, by `PERS`.
    """

    agent: int
    roles: frozenset[str] = frozenset()
    skills: dict[int, int] = field(default_factory=dict)
    may_decide: bool = False
    is_free: bool = False
    limits: tuple[Limit, ...] = ()
    used: dict[str, tuple[Money, ...]] = field(default_factory=dict)

    @property
    def is_by_own_pen(self) -> bool:
        """Whether a limit that they set themselves is one of theirs."""
        return any(one.author == self.agent for one in self.limits)


@dataclass(frozen=True, slots=True)
class Exceeded:
    """Why somebody may not decide alone: a code, and the limit that stands against it."""

    code: str
    limit: Limit | None = None


def exceeded_by(authority: Authority, action: str, *, facts: Facts, rates: Rates) -> Exceeded | None:
    """None where it is within their authority. What costs nothing is, but for an exception."""
    if facts.amount is None:
        return Exceeded(EXCEPTION) if action == EXCEPTION and not authority.may_decide else None
    own = [one for one in authority.limits if one.action in (action, ANY)]
    if not own:
        return None if authority.is_free else Exceeded(NO_AUTHORITY)
    for per in PERS:
        said = [one for one in own if one.per == per]
        first = min((one.rank for one in said), default=0)
        if found := _stopped([one for one in said if one.rank == first], per, authority, facts=facts, rates=rates):
            return found
    return None


def holds_for(limit: Limit, *, roles: frozenset[str], skills: dict[int, int], agent: int) -> bool:
    """Whether the limit is one of this person's."""
    if limit.agent is not None:
        return limit.agent == agent
    if limit.skill is not None:
        return skills.get(limit.skill, 0) >= limit.level
    return limit.role in roles


def _stopped(said: Sequence[Limit], per: str, authority: Authority, *, facts: Facts, rates: Rates) -> Exceeded | None:
    """Of several that are said alike one that holds is enough."""
    worst: Exceeded | None = None
    for limit in said:
        code = _against(limit, authority, facts=facts, rates=rates)
        if not code:
            return None
        if worst is None or code == CODES[per]:
            worst = Exceeded(code, limit)
    return worst


def _against(limit: Limit, authority: Authority, *, facts: Facts, rates: Rates) -> str:
    amount = facts.amount
    assert amount is not None, "what costs nothing has no limit"
    if limit.percent is not None:
        if facts.total is None or facts.total.currency != amount.currency or facts.total.minor <= 0:
            return NO_TOTAL
        if Decimal(amount.minor) * 100 > limit.percent * facts.total.minor:
            return CODES[limit.per]
    if limit.money is not None:
        spent = rates.total((amount, *authority.used.get(limit.per, ())), limit.money.currency)
        if spent is None:
            return NO_RATE
        if spent > limit.money.minor:
            return CODES[limit.per]
    return ""
