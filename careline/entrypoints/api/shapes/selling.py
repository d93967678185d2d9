"""Carts, quotes, payment links, pieces that customers have, terms of sale."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from careline.entrypoints.api.shapes.money import Amount, Money
from careline.entrypoints.api.shapes.orders import Address, Words
from careline.entrypoints.api.shapes.parts import Key, Named, PageQuery

Version = Annotated[
    int, Meta(ge=1, description="The cart's version that you looked at; `cart_changed` where it is another.")
]
Percent = Annotated[float, Meta(ge=0, le=100)]
Days = Annotated[int, Meta(ge=1, le=365)]
Unpaid = Literal["ask", "cancel", "keep"]
QuoteState = Literal["sent", "accepted", "declined", "expired", "replaced", "withdrawn"]


class CartLine(Struct):
    """`price_now` where it costs otherwise today; null with `is_sold` false: it is not sold any more."""

    kind: Literal["item", "shipping", "discount", "tax"]
    name: str
    variant: str | None
    quantity: int
    unit_price: Money
    amount: Money
    price_now: Money | None = None
    is_sold: bool = True


class Cart(Struct):
    """`reserved_until`: null where its goods are not reserved (any more). `waits_for`: the approval it waits for."""

    state: Literal["open", "waiting"]
    version: int
    currency: str
    lines: list[CartLine]
    total: Money | None
    address: Address
    reserved_until: datetime | None
    waits_for: str | None


class CartUnits(Struct, forbid_unknown_fields=True):
    variant: Key
    quantity: Annotated[int, Meta(ge=0, le=10_000, description="0 takes it out.")]


class CartChange(Struct, forbid_unknown_fields=True):
    """What is to be otherwise. `discount` is an amount in the cart's currency, or `discount_percent`; `shipping` a place in the
    list of the terms of sale, null for none."""

    units: Annotated[list[CartUnits], Meta(max_length=100)] = []
    discount: Amount | UnsetType = UNSET
    discount_percent: Percent | UnsetType = UNSET
    shipping: Annotated[int, Meta(ge=0, le=100)] | UnsetType | None = UNSET
    address: Address | UnsetType = UNSET
    take_prices_of_today: bool = False
    version: Version | None = None


class CartOrder(Struct, forbid_unknown_fields=True):
    """`method`: a stored way to pay, where `way` says so."""

    way: Literal["method", "invoice", "link"]
    method: Key | None = None
    version: Version | None = None


class Sold(Struct):
    """`untold`: why the customer was not written to; empty where they were."""

    order: str
    payment_link: str | None
    untold: str


class NewQuote(Struct, forbid_unknown_fields=True):
    words: Annotated[str, Meta(max_length=5_000)] = ""
    days: Days | None = None
    version: Version | None = None


class QuoteRow(Struct):
    id: str
    number: int
    version: int
    state: QuoteState
    total: Money
    customer: Named
    conversation: int | None
    order: str | None
    sent_at: datetime
    valid_until: datetime
    decided_at: datetime | None
    reason: str


class Quote(QuoteRow):
    lines: list[CartLine]


class QuoteQuery(PageQuery):
    customer: Key | None = None
    state: QuoteState | None = None


class NewPaymentLink(Struct, forbid_unknown_fields=True):
    conversation: Annotated[int, Meta(ge=1, description="The case's number; the link goes out as an answer on it.")]


class PaymentLink(Struct):
    id: str
    state: Literal["open", "paid", "expired", "withdrawn"]
    amount: Money
    url: str
    created_at: datetime
    valid_until: datetime
    paid_at: datetime | None


class PaymentLinks(Struct):
    owed: Money
    items: list[PaymentLink]


class ItemQuery(PageQuery):
    q: Annotated[str, Meta(max_length=80, description="A serial number, or how it begins.")] = ""
    customer: Key | None = None
    product: Key | None = None


class NewItem(Struct, forbid_unknown_fields=True):
    """`order`: the number of the one it was bought with; its day, and until when the warranty lasts, follow from it."""

    customer: Key
    product: Key
    serial: Annotated[str, Meta(min_length=1, max_length=80)]
    order: Annotated[str, Meta(max_length=40)] = ""
    version: Annotated[str, Meta(max_length=100)] = ""
    bought_on: date | None = None
    warranty_until: date | None = None


class ItemChange(Struct, forbid_unknown_fields=True):
    """`customer`: who has it now."""

    customer: Key | UnsetType = UNSET
    version: Annotated[str, Meta(max_length=100)] | UnsetType = UNSET
    warranty_until: date | UnsetType | None = UNSET


class Item(Struct):
    id: str
    serial: str
    version: str
    product: Named
    sku: str | None
    customer: Named
    order: str | None
    bought_on: date | None
    warranty_until: date | None


class Shipping(Struct, forbid_unknown_fields=True):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    price: Money


class Terms(Struct, forbid_unknown_fields=True):
    """`unpaid`: what becomes of an order whose payment link was let pass: the customer is asked once more and it is cancelled then
    (`ask`), it is cancelled at once, or it stays as it is (`keep`)."""

    tax_name: Annotated[str, Meta(max_length=100)] = ""
    tax_percent: Percent = 0
    shipping: Annotated[list[Shipping], Meta(max_length=30)] = []
    hold_minutes: Annotated[int, Meta(ge=1, le=1440)] = 30
    quote_days: Days = 14
    quote_hold_hours: Annotated[int, Meta(ge=1, le=8760)] = 72
    link_days: Days = 7
    unpaid: Unpaid = "ask"


class GatewayKeys(Struct, forbid_unknown_fields=True):
    """`key`: by which it is asked; `webhook_secret`: by which what it tells is checked. Empty: the one that is there stays."""

    key: Annotated[str, Meta(max_length=500)] = ""
    webhook_secret: Annotated[str, Meta(max_length=500)] = ""
    is_active: bool = True


class PaymentGateway(Struct):
    """`has_keys`: some were set. They are sealed, and leave by no door."""

    kind: str
    is_active: bool
    has_keys: bool
    changed_at: datetime | None


class PaymentGateways(Struct):
    items: list[PaymentGateway]


class KnownThing(Struct):
    """`cases`: how many cases it caused, or that bear the tag."""

    kind: Literal["article", "problem", "tag"]
    id: str
    name: Words
    cases: int
    is_open: bool | None


class KnownThings(Struct):
    items: list[KnownThing]
