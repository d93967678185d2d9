"""Where customers stand with the company: tiers, referrals, offers, and facts about what they were given back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.money import Currency, Money
from careline.entrypoints.api.shapes.parts import Key, Named

TierCode = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,49}$", examples=["gold"])]
ReferralCode = Annotated[str, Meta(min_length=1, max_length=40, examples=["K7QP2M9X"])]
Whole = Annotated[int, Meta(ge=0, le=1_000_000_000)]


class Tier(Struct):
    """Reached by whoever paid and kept `least_value` and had `least_orders` in the last `months` (empty: ever); one that asks
    neither is given by hand only."""

    code: TierCode
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    months: Annotated[int, Meta(ge=1, le=120)] | None = None
    least_value: Money | None = None
    least_orders: Annotated[int, Meta(ge=1, le=100_000)] | None = None


class Programme(Struct):
    """`tiers`: the first is the lowest. `referrer_gets`, `referred_gets`: store credit once the first order is delivered.
    An offer rests on `least_count` customers and `least_percent` of those who bought the other product."""

    tiers: Annotated[list[Tier], Meta(max_length=12)]
    refers: bool = False
    currency: Currency | None = None
    referrer_gets: Money | None = None
    referred_gets: Money | None = None
    most_referrals: Annotated[int, Meta(ge=1, le=1000)] = 12
    offers: bool = True
    least_count: Annotated[int, Meta(ge=2, le=10_000)] = 5
    least_percent: Annotated[int, Meta(ge=1, le=100)] = 10


class Standing(Struct):
    """`tier` null: in none. `value` and `orders` are what it rested on when it began; `given_by`: by hand, by whom."""

    tier: Named | None
    since: datetime
    until: datetime | None
    value: Money | None
    orders: Whole
    is_given: bool
    given_by: str


class Referral(Struct):
    """`reason`: the code of why it was refused. `customer`: null where you don't see them."""

    id: str
    customer: Named | None
    state: Literal["waiting", "rewarded", "refused"]
    reason: str
    created_at: datetime
    order: str | None
    credit: Money | None


class Loyalty(Struct):
    """`standings`: the latest first. `referral_code` null: none was made yet."""

    tier: Named | None
    standings: list[Standing]
    referral_code: str | None
    referrals: list[Referral]
    wants_offers: bool


class LoyaltyChange(Struct):
    """What is not said stays. `tier` gives one by hand, "" has it counted again; `referral_code` true makes one where there is
    none; `came_by`: the code of another customer that they came by."""

    tier: Annotated[str, Meta(pattern="^([a-z][a-z0-9_]{0,49})?$")] | None = None
    referral_code: Literal[True] | None = None
    came_by: ReferralCode | None = None
    wants_offers: bool | None = None


class OfferedVariant(Struct):
    id: str
    sku: str
    options: dict[str, str]
    price: Money


class Offer(Struct):
    """`both` of `buyers` customers who bought `because` bought this too: in the same order (together) or later (next). `lift`:
    how many times likelier than among everybody."""

    product: Named
    because: Named
    kind: Literal["together", "next"]
    both: Whole
    buyers: Whole
    lift: float
    variants: list[OfferedVariant]


class Offers(Struct):
    items: list[Offer]


class OfferAnswer(Struct):
    """`variant`: what they take; it goes into the cart of the case `conversation`. Without one they don't want the product."""

    product: Key
    conversation: Annotated[int, Meta(ge=1)] | None = None
    variant: Key | None = None


class OfferAnswered(Struct):
    id: str
    state: Literal["accepted", "dismissed"]


class HintRow(Struct):
    order: str
    at: datetime
    amount: Money


class Hint(Struct):
    """A fact, never a verdict. `figures` are what it rests on; `rows` the orders behind it that you may see."""

    code: Literal["repeat_refunds", "refund_rate", "serial_returns", "one_card"]
    figures: dict[str, int | float | str]
    rows: list[HintRow]


class Hints(Struct):
    items: list[Hint]


class Worth(Struct):
    """Paid and kept in one currency, refunds taken off."""

    lifetime_value: Money
    orders: Whole
    refunds: Whole
    returns: Whole


class Promise(Struct):
    """Something open between us: an answer that is due, an approval, a follow-up, a complaint, a service request, a return."""

    kind: Literal["answer", "approval", "followup", "complaint", "request", "return"]
    id: str
    conversation: int | None
    due_at: datetime | None


class Satisfaction(Struct):
    score: int
    at: datetime
    via: str


class CustomerStanding(Struct):
    """As far as you may see it: `worth` is empty for whoever reads no orders."""

    tier: Named | None
    worth: list[Worth]
    cases: Whole
    open_cases: Whole
    promises: list[Promise]
    satisfaction: Satisfaction | None
