"""Orders: what was bought, paid, sent, and what is to happen with it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.money import Money
from careline.entrypoints.api.shapes.parts import Cursor, Key, Limit, Named

Words = Annotated[str, Meta(max_length=200)]
Reason = Annotated[str, Meta(min_length=1, max_length=2_000, examples=["no longer needed"])]
Case = Annotated[
    int, Meta(ge=1, description="The case's number; its customer has to be the buyer, and identified on it.")
]
Seen = Annotated[
    int, Meta(ge=1, description="The order's version that you looked at; 409 `order_changed` where it is another.")
]
MethodWords = Annotated[
    str, Meta(pattern="^([0-9]{1,18}|store_credit)$", description="A way to pay by id, or `store_credit`. Empty: as it was paid.", examples=["12"])
]  # fmt: skip
OrderState = Literal["pending", "processed", "shipped", "delivered", "cancelled"]
Quantity = Annotated[int, Meta(ge=1, le=100_000)]


class Address(Struct, frozen=True):
    name: Words = ""
    street: Words = ""
    street2: Words = ""
    postcode: Words = ""
    city: Words = ""
    region: Words = ""
    country: Words = ""


class Method(Struct):
    """A way to pay; `balance` of gift cards and store credit."""

    id: str
    kind: Literal["card", "wallet", "bank", "invoice", "gift_card", "store_credit"]
    label: str
    last_four: str
    balance: Money | None


class OrderLine(Struct):
    """`due`: what it comes to with its part of discounts and taxes; `refunded` of that was given back, as money or in exchange."""

    id: str
    kind: Literal["item", "shipping", "discount", "tax"]
    name: str
    options: dict[str, str]
    variant: str | None
    product: str | None
    sku: str | None
    quantity: int
    unit_price: Money
    amount: Money
    due: Money
    refunded: Money
    cancelled: int
    shipped: int
    delivered: int
    coming_back: int
    returned: int
    replaced: int


class OrderPayment(Struct):
    id: str
    kind: Literal["payment", "refund"]
    state: Literal["pending", "settled", "failed", "void"]
    amount: Money
    method: str
    method_kind: str
    at: datetime
    reference: str
    settled_at: datetime | None


class Parcel(Struct):
    """`lines`: units by line."""

    id: str
    kind: Literal["order", "exchange", "replacement", "repair"]
    state: Literal["shipped", "delivered", "lost"]
    carrier: str
    tracking: str
    lines: dict[str, int]
    shipped_at: datetime
    delivered_at: datetime | None


class OrderRow(Struct):
    number: str
    state: OrderState
    items_changed: bool
    customer: Named
    total: Money
    version: int
    placed_at: datetime


class Order(OrderRow):
    """`paid`: what was paid and not given back."""

    paid: Money
    mail: str
    phone: str
    address: Address
    cancel_reason: str
    lines: list[OrderLine]
    payments: list[OrderPayment]
    shipments: list[Parcel]
    returns: list[str]
    refunds: list[str]
    methods: list[Method]
    processed_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None


class OrderQuery(Struct):
    """`q`: a number as people say it, a mail address, a telephone number, or the last four digits of a card."""

    q: Annotated[str, Meta(max_length=200)] = ""
    customer: Key | None = None
    state: OrderState | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class NewOrderLine(Struct, forbid_unknown_fields=True):
    """An item names a variant; shipping, a discount (below 0) and a tax an amount. `rate`: of a tax or discount, in percent."""

    variant: Key | None = None
    quantity: Quantity = 1
    kind: Literal["item", "shipping", "discount", "tax"] = "item"
    name: Words = ""
    amount: Annotated[str, Meta(max_length=30)] | None = None
    rate: Annotated[float, Meta(ge=0, le=100)] | None = None
    of: Annotated[int, Meta(ge=0, le=199, description="The place of the line that it is for, from 0.")] | None = None


class NewPayment(Struct, forbid_unknown_fields=True):
    method: Key
    amount: Annotated[str, Meta(max_length=30, examples=["12.50"])]


class NewOrder(Struct, forbid_unknown_fields=True):
    customer: Annotated[str, Meta(max_length=320, description="An id or a mail address.")]
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$", examples=["EUR"])]
    lines: Annotated[list[NewOrderLine], Meta(min_length=1, max_length=200)]
    payments: Annotated[list[NewPayment], Meta(max_length=20)] = []
    number: Annotated[str, Meta(max_length=40)] = ""
    mail: Annotated[str, Meta(max_length=254)] = ""
    phone: Annotated[str, Meta(max_length=60)] = ""
    address: Address = Address()
    conversation: Case | None = None


class WantedLine(Struct, forbid_unknown_fields=True):
    line: Key
    quantity: Quantity = 1
    variant: Annotated[str, Meta(pattern="^[0-9]{1,18}$", description="What is to come for it.")] | None = None


Lines = Annotated[list[WantedLine], Meta(min_length=1, max_length=200)]


class OrderCancellation(Struct, forbid_unknown_fields=True):
    """Without `lines` all of it. `preview`: says what it would do, and does nothing."""

    conversation: Case
    reason: Reason
    lines: Lines | None = None
    method: MethodWords | None = None
    version: Seen | None = None
    preview: bool = False


class AddressChange(Struct, forbid_unknown_fields=True):
    conversation: Case
    address: Address
    version: Seen | None = None


class ItemsChange(Struct, forbid_unknown_fields=True):
    """Each line names its `variant`, and changes whole; `method` pays a difference, or gets it."""

    conversation: Case
    lines: Lines
    method: MethodWords | None = None
    version: Seen | None = None
    preview: bool = False


class PaymentChange(Struct, forbid_unknown_fields=True):
    conversation: Case
    method: MethodWords
    version: Seen | None = None
    preview: bool = False


class Replacement(Struct, forbid_unknown_fields=True):
    conversation: Case
    lines: Lines
    reason: Reason
    version: Seen | None = None
    preview: bool = False


class NewShipment(Struct, forbid_unknown_fields=True):
    """Without `lines` all that has not left yet."""

    lines: Annotated[list[WantedLine], Meta(max_length=200)] = []
    carrier: Annotated[str, Meta(max_length=100)] = ""
    tracking: Annotated[str, Meta(max_length=100)] = ""


class Reorder(Struct, forbid_unknown_fields=True):
    """`total`: what the customer agreed to; 409 `price_changed` where it is another today."""

    conversation: Case
    method: MethodWords
    total: Annotated[str, Meta(max_length=30, examples=["12.50"])] | None = None
    preview: bool = False


class Flow(Struct):
    """`method` null: store credit that will be made. Above 0 the customer pays, below 0 it goes back."""

    method: str | None
    amount: Money


class Awaited(Struct):
    """Somebody has to agree before it is done: `approver` by name, null where nobody may just now; `why`: the code of what stands
    against it."""

    approver: str | None
    why: str


class Outcome(Struct):
    """What an act does to money and stock. `stock`: units by variant, above 0 they come back. `state`: the order's afterwards.
    `awaits`, of a preview: it will not be done at once."""

    act: str
    is_preview: bool
    back: Money
    charged: Money
    money: list[Flow]
    stock: dict[str, int]
    state: str
    version: int
    shipment: str | None = None
    awaits: Awaited | None = None


class Reordered(Struct):
    total: Money
    dearer: Money
    gone: list[str]
    number: str | None


class IdentityAnswers(Struct, forbid_unknown_fields=True):
    """What the customer said; it is compared and not kept."""

    name: Words = ""
    mail: Words = ""
    phone: Words = ""
    postcode: Words = ""
    order_number: Words = ""
    last_four: Words = ""


class Identity(Struct):
    """`checks`: rows of questions, any one of which is enough."""

    is_identified: bool
    how: str
    by: str
    at: datetime | None
    checks: list[list[str]]
    tries_left: int


class IdentityChecks(Struct, forbid_unknown_fields=True):
    checks: Annotated[
        list[list[Literal["name", "mail", "phone", "postcode", "order_number", "last_four"]]], Meta(max_length=20)
    ]
