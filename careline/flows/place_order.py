"""An order is placed for a customer, or an earlier one once more at today's prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out
from careline.domain.orders.commands.placing import NewLine, NewOrder, place
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import method_by_id, variants_among
from careline.domain.orders.rules.facts import Variant
from careline.domain.orders.rules.numbers import number_of
from careline.domain.orders.rules.plans import paid_by
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, hold_order, method_of

VERB = "order:write"
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
    """`payments`: minor units by the key of a way to pay. `number`: what the shop calls it; empty: one of ours."""

    customer: int
    currency: str
    lines: Sequence[Wanted]
    payments: Mapping[int, int] = field(default_factory=dict)
    number: str = ""
    mail: str = ""
    phone: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reordering:
    """What ordering it again comes to: `gone` are lines whose variant is not sold, or not there, any more."""

    lines: tuple[NewLine, ...]
    total: int
    gone: tuple[str, ...]
    dearer: int


def place_order(agent: Person, asked: Placing, *, by: Actor, at: datetime) -> int:
    """The order's key. Raises NotFound, Forbidden, OrderRefused; then nothing was placed."""
    customer_for(agent, asked.customer, verb=VERB)
    if not 1 <= len(asked.lines) <= MOST_LINES:
        raise OrderRefused("bad_lines", f"An order has 1 to {MOST_LINES} lines.")
    with transaction.atomic():
        carrying_out.hold_customer(asked.customer)
        variants = variants_among(line.variant for line in asked.lines if line.variant is not None)
        lines = tuple(_line(one, variants, asked.currency) for one in asked.lines)
        for key, amount in asked.payments.items():
            method = method_by_id(key)
            if method is None or method.customer != asked.customer or amount <= 0:
                raise OrderRefused("no_such_method", "The customer has no such way to pay.")
        number = number_of(asked.number) if asked.number else ""
        if asked.number and not number:
            raise OrderRefused("bad_number", "An order number has letters and digits.")
        order = NewOrder(
            asked.customer, asked.currency, lines, asked.payments, number, asked.mail, asked.phone, asked.address, asked.address,
            asked.source or by.via,
        )  # fmt: skip
        return place(order, by=by, at=at)


def would_reorder(agent: Person, order: str, *, case: int, by: Actor, at: datetime) -> Reordering:
    """What it would come to today; nothing is placed. Raises as it does."""
    with transaction.atomic():
        again = _again(hold_order(agent, order, case=case, by=by, at=at))
        transaction.set_rollback(True)
    return again


def reorder(
    agent: Person, order: str, *, case: int, pays: str, total: int | None = None, by: Actor, at: datetime
) -> int:
    """The new order's key. `total`: what they agreed to. Raises NotFound, Forbidden, OrderRefused; then nothing was placed."""
    with transaction.atomic():
        held = hold_order(agent, order, case=case, by=by, at=at)
        again = _again(held)
        if not again.lines:
            raise OrderRefused("out_of_stock", "Nothing of this order can be bought today.")
        if total is not None and total != again.total:
            raise OrderRefused(
                "price_changed", "The price has changed since you looked at it: look again, then decide."
            )
        method = method_of(held, pays)
        if method is None:
            raise OrderRefused("method_missing", "Say how it is paid.")
        new = NewOrder(
            held.order.customer, held.order.currency, again.lines, paid_by(held.order, again.total, method), "", held.row.mail,
            held.row.phone, held.row.address, held.row.billing_address, by.via, held.order.id,
        )  # fmt: skip
        return place(new, conversation=held.case.id, by=by, at=at)


def _again(held: Held) -> Reordering:
    wanted = [line for line in held.order.items if line.variant is not None and line.quantity > line.cancelled]
    variants = variants_among(line.variant for line in wanted if line.variant is not None)
    lines, gone, before = [], [], 0
    for line in wanted:
        variant = variants.get(line.variant or 0)
        units = line.quantity - line.cancelled
        if variant is None or not variant.has(units) or variant.currency != held.order.currency:
            gone.append(line.name)
            continue
        before += line.unit_price * units
        lines.append(_item(variant, units))
    total = sum(line.amount for line in lines)
    return Reordering(tuple(lines), total, tuple(gone), total - before)


def _line(one: Wanted, variants: Mapping[int, Variant], currency: str) -> NewLine:
    if one.kind != "item":
        if (one.amount > 0) == (one.kind == "discount"):
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
    return _item(variant, one.quantity)


def _item(variant: Variant, units: int) -> NewLine:
    return NewLine("item", variant.name, variant.price * units, variant.id, variant.options, units, variant.price)
