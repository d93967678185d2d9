"""Tiers, what a referral brings and how sure an offer must be: set by whoever runs the programme; who is in which tier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from careline.domain.approvals.queries.policies import rates_for
from careline.domain.approvals.rules.facts import Facts
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.loyalty.commands import scheme, tiers
from careline.domain.loyalty.errors import LoyaltyRefused
from careline.domain.loyalty.queries.scheme import Scheme
from careline.domain.loyalty.queries.tiers import customers_behind, tier_by_code
from careline.domain.loyalty.rules.tiers import Tier, Worth
from careline.domain.orders.commands.carrying_out import hold_customer
from careline.domain.staff.rules import Person, require
from careline.kit.money import Money

MANAGE = "loyalty:manage"
AT_ONCE = 500
"""So many customers are counted in one transaction."""


def keep_programme(agent: Person, wanted: Scheme, ladder: Sequence[Tier], *, by: Actor, at: datetime) -> None:
    """All of it: these tiers, the first the lowest, and no others. Raises Forbidden, LoyaltyRefused; then nothing has changed."""
    require(agent, MANAGE)
    with transaction.atomic():
        scheme.change_scheme(wanted, by=by, at=at)
        tiers.keep_tiers(ladder, by=by, at=at)


def give_tier(agent: Person, customer: int, code: str, *, by: Actor, at: datetime) -> None:
    """By hand; empty: as counted. Raises NotFound, Forbidden, LoyaltyRefused."""
    require(agent, MANAGE)
    customer_for(agent, customer, verb="customer:write")
    tier = tier_by_code(code) if code else None
    if code and tier is None:
        raise LoyaltyRefused("no_such_tier", "There is no such tier.")
    with transaction.atomic():
        hold_customer(customer)
        tiers.give_tier(customer, tier, _worth(at), by=by, at=at)


def count_next_tiers(after: int, *, at: datetime) -> int | None:
    """The next customers are counted; the key of the last of them, None behind the end."""
    found = customers_behind(after, limit=AT_ONCE)
    if not found:
        scheme.note_tiers_counted(at=at)
        return None
    tiers.count_tiers(found, _worth(at), by=SYSTEM, at=at)
    return found[-1]


def _worth(at: datetime) -> Worth:
    return rates_for(Facts(amount=Money(1, "EUR")), at=at).minor
