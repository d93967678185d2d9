"""What is set about one customer's standing, all of it or nothing: tier, referral code, by whose code they came, offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.loyalty.errors import LoyaltyRefused
from careline.domain.staff.rules import Person
from careline.flows import keep_loyalty, offer_products, refer


@dataclass(frozen=True, slots=True)
class StandingChange:
    """None: as it is. `tier` "": as counted."""

    tier: str | None = None
    makes_code: bool = False
    came_by: str | None = None
    wants_offers: bool | None = None


def change_standing(agent: Person, customer: int, wanted: StandingChange, *, by: Actor, at: datetime) -> None:
    """`came_by` is said alone: a code that is refused stays on the record. Raises NotFound, Forbidden, LoyaltyRefused."""
    if wanted.came_by is not None:
        if wanted != StandingChange(came_by=wanted.came_by):
            raise LoyaltyRefused("said_alone", "By whose code they came is said alone.")
        refer.refer(agent, customer, wanted.came_by, by=by, at=at)
    with transaction.atomic():
        if wanted.tier is not None:
            keep_loyalty.give_tier(agent, customer, wanted.tier, by=by, at=at)
        if wanted.makes_code:
            refer.give_code(agent, customer, by=by, at=at)
        if wanted.wants_offers is not None:
            offer_products.set_offers(agent, customer, wanted.wants_offers, by=by, at=at)
