"""Returns, exchanges, refunds and credits."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from careline.entrypoints.api.shapes.money import Money
from careline.entrypoints.api.shapes.orders import Awaited, Case, Flow, Lines, MethodWords, Reason, Seen
from careline.entrypoints.api.shapes.parts import Cursor, Key, Limit, Named

OrderNumber = Annotated[str, Meta(min_length=1, max_length=60, examples=["1001"])]


class NewReturn(Struct, forbid_unknown_fields=True):
    """Lines that name a `variant` make it an exchange; with `repair` the same goods come back. `method`: where money goes, or who
    pays a difference."""

    order: OrderNumber
    conversation: Case
    lines: Lines
    reason: Annotated[str, Meta(max_length=2_000)] = ""
    method: MethodWords | None = None
    version: Seen | None = None
    preview: bool = False
    repair: bool = False


class ReturnLine(Struct):
    """`amount`: what it comes to; `variant` goes out for it, `difference` more or less. `percent` of it went back, where the policy
    gives less for its `condition`."""

    line: str
    name: str
    quantity: int
    amount: Money
    variant: str | None
    difference: Money
    condition: str
    accepted: int | None
    percent: int | None


class Return(Struct):
    id: str | None
    order: str
    conversation: int | None
    kind: Literal["return", "exchange", "repair"]
    state: Literal["preview", "requested", "label_sent", "received", "inspected", "done", "refused", "withdrawn"]
    reason: str
    label: str
    remark: str
    lines: list[ReturnLine]
    back: Money
    difference: Money
    stock: dict[str, int]
    requested_at: datetime | None
    received_at: datetime | None
    inspected_at: datetime | None
    closed_at: datetime | None
    awaits: Awaited | None = None


class ReturnRow(Struct):
    """`lines`: how many of what."""

    id: str
    order: str
    customer: Named
    conversation: int | None
    kind: Literal["return", "exchange", "repair"]
    state: Literal["requested", "label_sent", "received", "inspected", "done", "refused", "withdrawn"]
    lines: list[str]
    back: Money
    requested_at: datetime
    closed_at: datetime | None


class ReturnQuery(Struct):
    """`open`: all that are not over."""

    state: (
        Literal["open", "requested", "label_sent", "received", "inspected", "done", "refused", "withdrawn"] | None
    ) = None
    limit: Limit = 50
    cursor: Cursor | None = None


class RefundRow(Struct):
    """`state` of the money: pending until the bank or the gateway has done it."""

    id: str
    order: str
    customer: Named
    conversation: int | None
    kind: str
    state: Literal["pending", "settled", "failed", "void"]
    amount: Money
    method: str
    reason: str
    agent: str | None
    at: datetime


class RefundQuery(Struct):
    state: Literal["pending", "settled", "failed"] | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class Settlement(Struct, forbid_unknown_fields=True):
    """What the bank or the gateway says became of it. `reference`: what they call it; one payment each."""

    outcome: Literal["settled", "failed"]
    reference: Annotated[str, Meta(max_length=200)] = ""


class RefundAgain(Struct, forbid_unknown_fields=True):
    """Another way for a refund that failed."""

    conversation: Case
    method: MethodWords


class ReturnLabel(Struct, forbid_unknown_fields=True):
    label: Annotated[str, Meta(min_length=1, max_length=200)]


class InspectedLine(Struct, forbid_unknown_fields=True):
    line: Key
    accepted: Annotated[int, Meta(ge=0, le=100_000)]
    condition: Literal["good", "opened", "damaged", "missing"] = "good"


class Inspection(Struct, forbid_unknown_fields=True):
    """What came, of each line. What is accepted in good condition goes back into stock."""

    lines: Annotated[list[InspectedLine], Meta(min_length=1, max_length=200)]
    remark: Annotated[str, Meta(max_length=2_000)] = ""
    preview: bool = False


class RefundedLine(Struct, forbid_unknown_fields=True):
    """Either how many units, or how much."""

    line: Key
    quantity: Annotated[int, Meta(ge=1, le=100_000)] | None = None
    amount: Annotated[str, Meta(max_length=30)] | None = None


class NewRefund(Struct, forbid_unknown_fields=True):
    """Lines, or an amount over all lines, or (neither) all that is left."""

    order: OrderNumber
    conversation: Case
    reason: Reason
    lines: Annotated[list[RefundedLine], Meta(max_length=200)] = []
    amount: Money | None = None
    method: MethodWords | None = None
    version: Seen | None = None
    preview: bool = False


class Refund(Struct):
    """`approval`: the request that waits, where it is more than you may give alone; then nothing has gone back yet. A preview says
    so before: `awaits`."""

    id: str | None
    order: str
    kind: str
    amount: Money
    money: list[Flow]
    reason: str
    conversation: int | None
    is_preview: bool
    approval: str | None
    at: datetime | None
    awaits: Awaited | None = None


class NewCredit(Struct, forbid_unknown_fields=True):
    """Store credit out of goodwill for the customer of a case."""

    conversation: Case
    amount: Money
    reason: Reason
    order: Annotated[str, Meta(max_length=60)] = ""


class Credit(Struct):
    id: str | None
    amount: Money
    approval: str | None
