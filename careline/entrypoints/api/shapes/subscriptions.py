"""Subscriptions: what somebody pays for period by period, and what is offered to whoever wants to leave."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from careline.entrypoints.api.shapes.money import Amount, Money
from careline.entrypoints.api.shapes.parts import Cursor, Key, Limit, Named

State = Literal["trial", "active", "paused", "past_due", "cancelled"]
Reason = Literal["too_expensive", "not_used", "missing_feature", "competitor", "service", "moving", "other"]
Kind = Literal["discount", "pause", "downgrade"]
Case = Annotated[
    int, Meta(ge=1, description="The case's number; its customer has to be the subscriber, and identified on it.")
]
Seen = Annotated[
    int, Meta(ge=1, description="The version that you looked at; 409 `subscription_changed` where it is another.")
]
Method = Annotated[
    str,
    Meta(pattern="^([0-9]{1,18}|store_credit)$", description="A way to pay by id, or `store_credit`.", examples=["12"]),
]
Quantity = Annotated[int, Meta(ge=1, le=100_000)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Periods = Annotated[int, Meta(ge=0, le=36)]


class SubscriptionQuery(Struct):
    customer: Key | None = None
    state: State | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class SubscriptionCharge(Struct):
    """A period, or the rest of one after a change. `full` − `discount` − `from_credit` = `amount`, which `order` was paid."""

    kind: Literal["period", "change"]
    starts_at: datetime
    ends_at: datetime
    full: Money
    discount: Money
    from_credit: Money
    amount: Money
    order: str | None
    at: datetime


class CustomerSubscription(Struct):
    """`price` of a period before discounts. `next_charge_at` null where nothing is to come; `credit` goes with the next charges;
    `awaited_order`: the one by which the period that is due is to be paid, told with one subscription only."""

    number: str
    state: State
    customer: Named
    variant: str
    plan: str
    quantity: int
    price: Money
    period: Literal["day", "week", "month", "year"]
    every: int
    period_start: datetime
    period_end: datetime
    next_charge_at: datetime | None
    next_variant: str | None
    discount_percent: int
    discount_periods: int
    credit: Money
    ends_at: datetime | None
    paused_at: datetime | None
    resumes_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str
    version: int
    charges: list[SubscriptionCharge]
    awaited_order: str | None = None


class NewSubscription(Struct):
    conversation: Case
    variant: Key
    quantity: Quantity = 1
    method: Method | None = None
    price: (
        Annotated[Amount, Meta(description="Of a period, as it was agreed; 409 `price_changed` where it is another.")]
        | None
    ) = None


class SubscriptionPlanChange(Struct):
    conversation: Case
    variant: Key
    quantity: Quantity | None = None
    at_period_end: bool = False
    due: (
        Annotated[Amount, Meta(description="What was agreed to be paid now; 409 `price_changed` where it is another.")]
        | None
    ) = None
    version: Seen | None = None
    preview: bool = False


class SubscriptionPlanChanged(Struct):
    """`unused` of the old plan goes against `full` of the new for the days that are left; `due` is paid now, `credit` is left over."""

    preview: bool
    unused: Money
    full: Money
    due: Money
    credit: Money
    days: int
    period_end: datetime


class SubscriptionPause(Struct):
    conversation: Case
    periods: Annotated[int, Meta(ge=1, le=12)] | None = None
    version: Seen | None = None


class SubscriptionOnCase(Struct):
    conversation: Case
    version: Seen | None = None


class SubscriptionPayment(Struct):
    conversation: Case
    method: Method
    version: Seen | None = None


class SubscriptionCancellation(Struct):
    """`declined`: the offers that a preview shows were made, and the customer does not want them."""

    conversation: Case
    reason: Reason
    at_once: bool = False
    give_back: Annotated[
        bool, Meta(description="The unused rest becomes store credit; only at once, and within your authority.")
    ] = False
    declined: bool = False
    version: Seen | None = None
    preview: bool = False


class OfferToStay(Struct):
    """`worth`: what it gives away; `price`: of a period with it."""

    id: str
    kind: Kind
    percent: int
    periods: int
    variant: str | None
    plan: str
    worth: Money
    price: Money
    words: dict[str, str]


class SubscriptionEnd(Struct):
    preview: bool
    ends_at: datetime
    unused: Money
    back: Money
    offers: list[OfferToStay]


class SubscriptionStaying(Struct):
    conversation: Case
    reason: Reason
    offer: Key
    version: Seen | None = None


class RetentionOffer(Struct):
    """`reasons`: whom it is for; empty: everybody. `words` per language."""

    kind: Kind
    reasons: Annotated[list[Reason], Meta(max_length=10)] = field(default_factory=list)
    percent: Percent = 0
    periods: Periods = 0
    variant: Key | None = None
    words: dict[Annotated[str, Meta(max_length=10)], Annotated[str, Meta(max_length=2000)]] = field(
        default_factory=dict
    )
    is_active: bool = True


class RetentionOffers(Struct):
    offers: Annotated[list[RetentionOffer], Meta(max_length=30)]
