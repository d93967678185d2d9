"""Subscriptions: what a period costs, what of it is left, what may be done in which state, and what the clock does next.

Prices are as they are paid, taxes included. A part of a period is counted in whole days and rounded once, half to even
(kit.money.portion): what was unused and what was used always make up the price.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careline.domain.orders.errors import OrderRefused
from careline.kit.money import portion

TRIAL, ACTIVE, PAUSED, PAST_DUE, CANCELLED = "trial", "active", "paused", "past_due", "cancelled"
STATES = (TRIAL, ACTIVE, PAUSED, PAST_DUE, CANCELLED)
PERIODS = ("day", "week", "month", "year")
REASONS = ("too_expensive", "not_used", "missing_feature", "competitor", "service", "moving", "other")
"""Why somebody leaves, by code."""
UNPAID = "unpaid"
DISCOUNT, PAUSE, DOWNGRADE = "discount", "pause", "downgrade"
TRIES_AFTER = (timedelta(days=3), timedelta(days=5), timedelta(days=7))
"""How long after each failed charge it is tried again; after the last it ends."""
LONGEST_PAUSE = 12
MOST_UNITS = 100_000
MAY = {
    "change": (TRIAL, ACTIVE),
    "pause": (ACTIVE,),
    "resume": (PAUSED,),
    "cancel": (TRIAL, ACTIVE, PAUSED, PAST_DUE),
    "keep": (TRIAL, ACTIVE),
    "collect": (PAST_DUE,),
}
"""Act: the states in which it may be done."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a product is paid for. `tiers`: (from so many units, percent off), the largest first."""

    period: str
    every: int = 1
    trial_days: int = 0
    tiers: tuple[tuple[int, int], ...] = ()

    def percent_off(self, quantity: int) -> int:
        return next((percent for least, percent in self.tiers if quantity >= least), 0)


@dataclass(frozen=True, slots=True)
class Plan:
    """A variant that can be subscribed to; `unit_price` in minor units."""

    variant: int
    name: str
    unit_price: int
    currency: str
    terms: Terms
    is_available: bool = True

    def price(self, quantity: int) -> int:
        return price_of(self.unit_price, quantity, self.terms.percent_off(quantity))


@dataclass(frozen=True, slots=True)
class Due:
    """What a period comes to: `full` − `discount` = `from_credit` + `amount`, all in minor units."""

    full: int
    discount: int
    from_credit: int
    amount: int


@dataclass(frozen=True, slots=True)
class Switch:
    """A change of plan. `unused` of the old goes against `full` of the new; `due` is charged now, `credit` is what is left over.

    `is_new_period`: periods are of another length, so one begins now.
    """

    plan: Plan
    quantity: int
    full: int
    unused: int
    due: Due
    credit: int
    period_start: datetime
    period_end: datetime
    days: int
    days_of: int
    is_new_period: bool


def terms_of(billing: str, kept: Mapping[str, Any]) -> Terms | None:
    """What a product's terms say; None where it is not paid in periods."""
    period = kept.get("period")
    if billing not in ("subscription", "tiers") or period not in PERIODS:
        return None
    return Terms(str(period), _whole(kept, "every", 1) or 1, _whole(kept, "trial_days", 0), _tiers(kept.get("tiers")))


def price_of(unit_price: int, quantity: int, percent_off: int) -> int:
    full = unit_price * quantity
    return full - portion(full, percent_off, 100)


def period_after(start: datetime, *, anchor: int, period: str, every: int) -> datetime:
    """When the period that begins then ends. Months end on the anchor's day, or on their last: from 31 January to 28 February to 31 March."""
    if period in ("day", "week"):
        return start + timedelta(days=every * (7 if period == "week" else 1))
    months = start.year * 12 + start.month - 1 + every * (12 if period == "year" else 1)
    year, month = divmod(months, 12)
    return start.replace(year=year, month=month + 1, day=min(anchor, monthrange(year, month + 1)[1]))


def days_between(start: datetime, end: datetime) -> int:
    return max(0, (end.date() - start.date()).days)


def rest_of(amount: int, start: datetime, end: datetime, *, at: datetime) -> int:
    """What of an amount for a period is unused: from today on, today with it."""
    whole = days_between(start, end)
    left = min(whole, days_between(at, end))
    return portion(amount, left, whole) if whole else 0


def due_for(full: int, *, offer_percent: int, credit: int) -> Due:
    """What is charged for `full`: less the offer's discount, then out of the customer's credit as far as it goes."""
    discount = portion(full, offer_percent, 100)
    owed = full - discount
    used = min(credit, owed)
    return Due(full, discount, used, owed - used)


def switch(row: Any, plan: Plan, quantity: int, *, last: Any | None, at: datetime) -> Switch:
    """What another plan, or another quantity, comes to now. `last`: the charge that pays for today (of, until, full, discount)."""
    old = (row.period, row.every)
    is_new = (plan.terms.period, plan.terms.every) != old
    unused = rest_of(last.full - last.discount, last.of, last.until, at=at) if last is not None else 0
    if row.state == TRIAL:
        due, price = Due(0, 0, 0, 0), 0
        start, end = row.period_start, row.period_end
    elif is_new:
        start = at
        end = period_after(at, anchor=at.day, period=plan.terms.period, every=plan.terms.every)
        price = plan.price(quantity)
        due = due_for(price, offer_percent=0, credit=row.credit + unused)
    else:
        start, end = row.period_start, row.period_end
        price = rest_of(plan.price(quantity), start, end, at=at)
        due = due_for(price, offer_percent=0, credit=row.credit + unused)
    credit = row.credit + unused - due.from_credit
    return Switch(
        plan, quantity, price, unused, due, credit, start, end, days_between(at, end), days_between(start, end), is_new and row.state != TRIAL
    )  # fmt: skip


def require_may(act: str, state: str) -> None:
    """Raises OrderRefused: what can't be done in this state, and why."""
    if state not in MAY[act]:
        raise OrderRefused(f"subscription_{state}", _WHY[state])


def require_plan(plan: Plan | None, *, currency: str | None = None) -> Plan:
    """Raises OrderRefused where nobody can subscribe to it."""
    if plan is None:
        raise OrderRefused("not_a_plan", "This product is not paid for in periods.")
    if not plan.is_available:
        raise OrderRefused("plan_not_sold", "This plan is not sold any more.")
    if currency is not None and plan.currency != currency:
        raise OrderRefused("other_currency", f"The subscription is paid in {currency}, this plan in {plan.currency}.")
    return plan


def require_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MOST_UNITS:
        raise OrderRefused("bad_quantity", f"A subscription has 1 to {MOST_UNITS} units.")


def worth_of(kind: str, *, percent: int, periods: int, price: int) -> int:
    """What an offer to stay gives away, in minor units: a discount over its periods; a pause and a smaller plan give nothing away."""
    return portion(price, percent, 100) * periods if kind == DISCOUNT else 0


def fits(offer: Any, row: Any, *, price: int, new_price: int | None, had_lately: bool) -> bool:
    """Whether an offer of the company can be made to whoever has this: a pause only where one may pause, a smaller plan only if it is one."""
    if had_lately or row.state not in (ACTIVE, PAST_DUE, TRIAL):
        return False
    if offer.kind == DISCOUNT:
        return row.offer_left == 0
    if offer.kind == PAUSE:
        return row.state == ACTIVE
    return new_price is not None and new_price < price and row.state in MAY["change"]


def _tiers(kept: Any) -> tuple[tuple[int, int], ...]:
    """Products come from other shops as well: what is no tier is left out."""
    rows = [one for one in kept if isinstance(one, Mapping)] if isinstance(kept, list) else []
    found = [(_whole(one, "from", 0), _whole(one, "percent", 0)) for one in rows]
    return tuple(sorted((one for one in found if one[0] > 0 and 0 < one[1] <= 100), key=lambda one: -one[0]))


def _whole(kept: Mapping[str, Any], name: str, otherwise: int) -> int:
    value = kept.get(name, otherwise)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_UNITS else otherwise


_WHY = {
    TRIAL: "It is still in its trial: this can be done once that is over.",
    ACTIVE: "It is running: there is nothing of this to do.",
    PAUSED: "It is paused: resume it first.",
    PAST_DUE: "Its last charge was not paid: settle that first.",
    CANCELLED: "It has been cancelled.",
}
