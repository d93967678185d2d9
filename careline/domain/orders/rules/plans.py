"""What an act will do, before it is done: its preview and what is carried out are the same value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.facts import WITH_BALANCE, Line, Method, Order, Variant
from careline.kit.money import portion

NEW_CREDIT = 0
"""Stands for the store credit that the customer will be given, where they have none yet."""


@dataclass(frozen=True, slots=True)
class Move:
    """What changes on a line: units and minor units to add."""

    line: int
    credited: int = 0
    units: int = 0
    cancelled: int = 0
    coming_back: int = 0
    returned: int = 0
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class Swap:
    """A line becomes another variant of its product, or comes to another amount."""

    line: int
    amount: int
    due: int
    variant: int | None = None
    unit_price: int = 0


@dataclass(frozen=True, slots=True)
class Addition:
    """A line that goes out in exchange for units of another."""

    instead_of: int
    variant: int
    quantity: int
    unit_price: int
    due: int


@dataclass(frozen=True, slots=True)
class Plan:
    """`money` by method: above 0 the customer pays, below it goes back. `stock` by variant: above 0 it comes back."""

    act: str
    version: int
    currency: str
    money: Mapping[int, int] = field(default_factory=dict)
    stock: Mapping[int, int] = field(default_factory=dict)
    moves: tuple[Move, ...] = ()
    swaps: tuple[Swap, ...] = ()
    additions: tuple[Addition, ...] = ()
    state: str = ""
    total: int | None = None
    is_item_change: bool = False

    @property
    def back(self) -> int:
        """What goes back to the customer."""
        return -sum(amount for amount in self.money.values() if amount < 0)

    @property
    def charged(self) -> int:
        return sum(amount for amount in self.money.values() if amount > 0)


def credit_of(line: Line, units: int) -> int:
    """What some more units of a line come to. Rounded half to even on what all units so far come to, so that the last one
    brings the sum to the cent; never more than is left of the line."""
    upto = portion(line.due, line.credited_units + units, line.quantity)
    before = portion(line.due, line.credited_units, line.quantity)
    return max(0, min(upto - before, line.left))


def owed_back(order: Order, credit: int) -> int:
    """What of a credit is money: as long as something is still to be paid, that becomes less first."""
    unpaid = sum(line.left for line in order.lines) - order.paid
    return max(0, credit - max(0, unpaid))


def back_to(order: Order, amount: int, method: Method | None) -> dict[int, int]:
    """Where money goes: the methods it came from, in that order; or one that is named, of theirs or with a balance."""
    if amount > order.paid:
        raise OrderRefused("more_than_paid", "That is more than was paid for this order and not given back yet.")
    if amount == 0:
        return {}
    if method is None:
        money: dict[int, int] = {}
        left = amount
        for key, net in order.net.items():
            if part := min(max(0, net), left):
                money[key] = -part
                left -= part
        return money
    require_own(order, method)
    if method.kind in WITH_BALANCE:
        return {method.id: -amount}
    if method.id not in order.net:
        raise OrderRefused(
            "other_method", "Money goes back to the way it was paid, to a gift card or to store credit, nowhere else."
        )
    if amount > order.net[method.id]:
        raise OrderRefused("more_than_paid", "More than was paid this way can't go back this way.")
    return {method.id: -amount}


def paid_by(order: Order, amount: int, method: Method) -> dict[int, int]:
    """The customer pays more, or gets it back by the same way."""
    require_own(order, method)
    if amount > 0 and method.balance is not None and method.balance < amount:
        raise OrderRefused("balance_too_low", "There is not enough on this gift card or store credit.")
    return {method.id: amount} if amount else {}


def require_own(order: Order, method: Method) -> None:
    if method.customer != order.customer or not method.is_active:
        raise OrderRefused("no_such_method", "The customer has no such way to pay.")
    if method.balance is not None and method.currency != order.currency:
        raise OrderRefused("other_currency", f"This balance is in {method.currency}, the order in {order.currency}.")


def require_variant(order: Order, line: Line, variant: Variant, *, quantity: int) -> None:
    """A variant of the same product, in the same currency, that is there; the same one replaces what is broken."""
    if variant.product != line.product:
        raise OrderRefused("other_product", "Only another variant of the same product can take its place.")
    if variant.currency != order.currency:
        raise OrderRefused(
            "other_currency", f"This variant is priced in {variant.currency}, the order in {order.currency}."
        )
    if not variant.has(quantity):
        raise OrderRefused("out_of_stock", f"{variant.name} ({variant.sku}) is not there in this quantity.")


def wanted_lines(order: Order, wanted: Mapping[int, int]) -> list[tuple[Line, int]]:
    """The item lines that are named, each with how many units."""
    if not wanted:
        raise OrderRefused("nothing_named", "Name at least one line.")
    found = []
    for key, units in wanted.items():
        line = order.line(key)
        if line is None or line.kind != "item":
            raise OrderRefused("no_such_line", f"The order has no item line {key}.")
        if units < 1:
            raise OrderRefused("bad_quantity", "At least one unit has to be named.")
        found.append((line, units))
    return found


def require_state(order: Order, *states: str, act: str) -> None:
    if order.state not in states:
        raise OrderRefused(
            f"order_{order.state}",
            f"Order {order.number} is {order.state}: {act} only while it is {' or '.join(states)}.",
        )


def added(parts: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Sums by key; what comes to nothing is left out."""
    total: dict[int, int] = {}
    for part in parts:
        for key, amount in part.items():
            total[key] = total.get(key, 0) + amount
    return {key: amount for key, amount in total.items() if amount}
