"""What the company offers to whoever wants to leave is written down, whole and in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.retention import NewRetention, save_retention
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.subscriptions import plans_among
from careline.domain.orders.rules.subscriptions import DISCOUNT, DOWNGRADE, LONGEST_PAUSE, PAUSE, REASONS
from careline.domain.staff.rules import Person, require

VERB = "subscription:manage"
MOST_OFFERS, LONGEST_DISCOUNT = 30, 36


def keep_retention(agent: Person, offers: Sequence[NewRetention], *, by: Actor, at: datetime) -> None:
    """Raises Forbidden, OrderRefused; then all stays as it was."""
    require(agent, VERB)
    if len(offers) > MOST_OFFERS:
        raise OrderRefused("too_many", f"At most {MOST_OFFERS} offers.")
    plans = plans_among(one.variant for one in offers if one.variant)
    for one in offers:
        _judge(one, is_plan=one.variant in plans)
    save_retention(offers, by=by, at=at)


def _judge(one: NewRetention, *, is_plan: bool) -> None:
    if unknown := sorted(set(one.reasons) - set(REASONS)):
        raise OrderRefused("no_such_reason", f"There is no reason {unknown[0][:40]}; there are {', '.join(REASONS)}.")
    if one.kind == DISCOUNT and not (1 <= one.percent <= 100 and 1 <= one.periods <= LONGEST_DISCOUNT):
        raise OrderRefused("bad_offer", f"A discount is of 1 to 100 percent for 1 to {LONGEST_DISCOUNT} periods.")
    if one.kind == PAUSE and not 1 <= one.periods <= LONGEST_PAUSE:
        raise OrderRefused("bad_offer", f"A pause lasts 1 to {LONGEST_PAUSE} periods.")
    if one.kind == DOWNGRADE and not is_plan:
        raise OrderRefused("bad_offer", "A smaller plan has to be one that is paid for in periods.")
    if one.kind not in (DISCOUNT, PAUSE, DOWNGRADE):
        raise OrderRefused("bad_offer", "An offer is a discount, a pause or a smaller plan.")
