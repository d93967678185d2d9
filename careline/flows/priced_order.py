"""An order as somebody asks for it, and what it comes to today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careline.domain.orders.commands.placing import NewLine, NewOrder
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import method_by_id, variants_among
from careline.domain.orders.rules.facts import DISCOUNT, ITEM, Variant
from careline.domain.orders.rules.numbers import number_of
from careline.flows.written_address import number_called

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """A variant and how many; or, with `amount` in minor units, shipping, a discount (below 0) or a tax."""

    variant: int | None = None
    quantity: int = 1
    kind: str = "item"
    name: str = ""
    amount: int = 0
    rate: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Placing:
    """`payments`: minor units by the key of a way to pay. `number`: what the shop calls it; empty: one of ours.

    `case`: the number of the case that it was agreed on. Without one nothing is charged and nothing is given: it is paid by
    invoice or bank transfer, later, and has no discount.
    """

    customer: int
    currency: str
    lines: Sequence[Wanted]
    payments: Mapping[int, int] = field(default_factory=dict)
    number: str = ""
    mail: str = ""
    phone: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    case: int | None = None


def priced(asked: Placing, *, source: str) -> NewOrder:
    """At the prices of today. Raises OrderRefused."""
    if not 1 <= len(asked.lines) <= MOST_LINES:
        raise OrderRefused("bad_lines", f"An order has 1 to {MOST_LINES} lines.")
    variants = variants_among(line.variant for line in asked.lines if line.variant is not None)
    lines = tuple(_line(one, variants, asked.currency) for one in asked.lines)
    for key, amount in asked.payments.items():
        method = method_by_id(key)
        if method is None or method.customer != asked.customer or not method.is_active or amount <= 0:
            raise OrderRefused("no_such_method", "The customer has no such way to pay.")
    number = number_of(asked.number) if asked.number else ""
    if asked.number and not number:
        raise OrderRefused("bad_number", "An order number has letters and digits.")
    return NewOrder(
        asked.customer, asked.currency, lines, asked.payments, number, asked.mail, number_called(asked.phone), asked.address, asked.address,
        asked.source or source,
    )  # fmt: skip


def item_of(variant: Variant, units: int) -> NewLine:
    return NewLine(ITEM, variant.name, variant.price * units, variant.id, variant.options, units, variant.price)


def discount_of(order: NewOrder) -> int:
    """Minor units, above 0 where there is one."""
    return -sum(line.amount for line in order.lines if line.kind == DISCOUNT)


def goods_of(order: NewOrder) -> int:
    """What its items come to before discounts, in minor units."""
    return sum(line.amount for line in order.lines if line.kind == ITEM)


def kept(asked: Placing) -> dict[str, Any]:
    """As JSON, for as long as it waits."""
    return {
        "customer": asked.customer, "currency": asked.currency, "number": asked.number, "mail": asked.mail, "phone": asked.phone,
        "payments": [list(one) for one in sorted(asked.payments.items())], "address": dict(asked.address), "source": asked.source,
        "lines": [[one.variant, one.quantity, one.kind, one.name, one.amount, one.rate, one.of] for one in asked.lines],
    }  # fmt: skip


def asked_again(body: Mapping[str, Any]) -> Placing:
    """What `kept` wrote."""
    return Placing(
        body["customer"], body["currency"], [Wanted(*one) for one in body["lines"]], dict(body["payments"]), body["number"], body["mail"],
        body["phone"], body["address"], body["source"],
    )  # fmt: skip


def _line(one: Wanted, variants: Mapping[int, Variant], currency: str) -> NewLine:
    if one.kind != ITEM:
        if (one.amount > 0) == (one.kind == DISCOUNT):
            raise OrderRefused("bad_amount", "A discount is below nothing, shipping and taxes are above.")
        return NewLine(one.kind, one.name or one.kind.capitalize(), one.amount, rate=one.rate, of=one.of)
    variant = variants.get(one.variant or 0)
    if variant is None:
        raise OrderRefused("no_such_variant", f"There is no variant {one.variant}.")
    if variant.currency != currency:
        raise OrderRefused(
            "other_currency", f"{variant.name} is priced in {variant.currency}, the order in {currency}."
        )
    if one.quantity < 1:
        raise OrderRefused("bad_quantity", "At least one unit has to be named.")
    return item_of(variant, one.quantity)
