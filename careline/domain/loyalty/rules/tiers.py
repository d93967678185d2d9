"""In which tier a customer is, by what they bought and kept."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from careline.kit.money import Money

FIELD = "tier"
"""The customer's field that carries the tier's code: policies, promises, rules and segments ask it like any other."""
CODE = re.compile(r"[a-z][a-z0-9_]{0,49}")
MOST = 12
Worth = Callable[[Money, str], int | None]
"""Minor units of an amount in a currency; None where there is no rate."""


@dataclass(frozen=True, slots=True)
class Tier:
    """`months` None: ever. What is None is not asked; one that asks nothing is given by hand only."""

    id: int
    code: str
    name: str
    position: int
    months: int | None = None
    least: Money | None = None
    least_orders: int | None = None


@dataclass(frozen=True, slots=True)
class Bought:
    """An order that was paid and not cancelled; `kept`: what was paid for it and not given back."""

    at: datetime
    kept: Money


@dataclass(frozen=True, slots=True)
class Counted:
    """`tier` None: in none. `value` and `orders` are those of the tier's own span, of the lowest tier's where there is none."""

    tier: Tier | None
    value: Money | None = None
    orders: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """How it stands now: the tier's id and code (also of one that ended), whether it was given by hand, what the field says."""

    tier: int | None = None
    code: str = ""
    is_given: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """`writes`: what the field is to say; None: it says so already."""

    tier: int | None
    is_given: bool
    writes: str | None


def tier_of(bought: Sequence[Bought], tiers: Sequence[Tier], worth: Worth, *, at: datetime) -> Counted:
    """The highest that is reached. What is in a currency without a rate counts as an order and is worth nothing."""
    lowest = Counted(None)
    for tier in sorted((one for one in tiers if one.least or one.least_orders), key=lambda one: -one.position):
        since = months_before(at, tier.months) if tier.months is not None else None
        within = [one for one in bought if one.at <= at and (since is None or one.at > since)]
        value = None
        if tier.least is not None:
            currency = tier.least.currency
            value = Money(sum(worth(one.kept, currency) or 0 for one in within), currency)
        lowest = Counted(None, value, len(within))
        has_value = tier.least is None or (value is not None and value.minor >= tier.least.minor)
        if has_value and len(within) >= (tier.least_orders or 0):
            return Counted(tier, value, len(within))
    return lowest


def change_of(held: Held, counted: Counted, tiers: Sequence[Tier]) -> Change | None:
    """What has to be put down, if anything.

    Whoever writes another tier into the field gives it by hand, and that stays; whoever empties it lets it be counted again.
    A word in the field that is no tier is not ours: nothing is touched.
    """
    by_code = {one.code: one.id for one in tiers}
    if held.field != held.code and held.field:
        return Change(by_code[held.field], True, None) if held.field in by_code else None
    if held.is_given and held.field and held.field in by_code:
        return None
    found = counted.tier
    wanted = found.code if found else ""
    key = found.id if found else None
    if (key, wanted) == (held.tier, held.field) and not held.is_given:
        return None
    return Change(key, False, wanted if wanted != held.field else None)


def months_before(at: datetime, months: int) -> datetime:
    """The same day so many months ago, or the last day of that month where it has no such day."""
    count = at.year * 12 + at.month - 1 - months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return at.replace(year=year, month=month + 1, day=min(at.day, last))
