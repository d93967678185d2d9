"""What a cart comes to: prices by quantity, a discount, shipping, taxes, to the cent; and what changed since it was put together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.amounts import WHOLE, Amount, dues
from careline.domain.orders.rules.facts import DISCOUNT, ITEM, SHIPPING, TAX
from careline.kit.money import portion

MOST_LINES, MOST_UNITS = 100, 10_000


@dataclass(frozen=True, slots=True)
class CartLine:
    """`unit_price`: when it was put in. `amount` of a discount is below 0; `rate` of one in percent, and of a tax, in millionths."""

    kind: str
    name: str
    amount: int
    variant: int | None = None
    quantity: int = 1
    unit_price: int = 0
    rate: int | None = None
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sums:
    """Minor units. `discount` above 0."""

    goods: int
    discount: int
    shipping: int
    tax: int
    total: int


@dataclass(frozen=True, slots=True)
class Tax:
    name: str
    rate: int


def unit_price(price: int, billing: str, terms: Mapping[str, Any], quantity: int) -> int:
    """A piece's price among so many: tiers {"from": 10, "percent": 5} take off of it, rounded half to even; of a subscription for a period."""
    if billing == "one_off":
        return price
    off = max((int(t["percent"]) for t in terms.get("tiers", ()) if quantity >= int(t["from"])), default=0)
    return price - portion(price, min(off, 100), 100)


def require_plans_alone(lines: Sequence[CartLine], plans: Collection[int]) -> bool:
    """Whether it is a cart of subscriptions: those are sold by themselves, at prices that have their taxes in them, as each of their
    periods is charged. Raises OrderRefused."""
    items = [line for line in lines if line.kind == ITEM]
    running = [line for line in items if line.variant in plans]
    if not running:
        return False
    if len(running) < len(items) or any(line.kind == SHIPPING for line in lines):
        raise OrderRefused(
            "plan_alone", "What is paid for in periods is ordered by itself, without shipping: order the rest apart."
        )
    return True


def reckoned(lines: Sequence[CartLine], tax: Tax) -> tuple[CartLine, ...]:
    """The lines in order (goods, shipping, discount, tax) with discount by rate and taxes anew. Raises OrderRefused."""
    goods = [line for line in lines if line.kind == ITEM]
    shipping = [line for line in lines if line.kind == SHIPPING]
    worth = sum(line.amount for line in goods)
    discounts = []
    for line in lines:
        if line.kind != DISCOUNT or not goods:
            continue
        amount = line.amount if line.rate is None else -portion(worth, line.rate, WHOLE)
        if -amount > worth:
            raise OrderRefused("discount_too_large", "A discount is more than what it is for.")
        if amount:
            discounts.append(CartLine(DISCOUNT, line.name, amount, rate=line.rate))
    net = worth + sum(line.amount for line in (*discounts, *shipping))
    owed = portion(net, tax.rate, WHOLE) if tax.rate and goods else 0
    taxes = [CartLine(TAX, tax.name, owed, rate=tax.rate)] if owed else []
    return (*goods, *shipping, *discounts, *taxes)


def sums_of(lines: Sequence[CartLine]) -> Sums:
    def of(kind: str) -> int:
        return sum(line.amount for line in lines if line.kind == kind)

    total = sum(dues([Amount(line.kind, line.amount, None, line.rate) for line in lines])) if lines else 0
    return Sums(of(ITEM), -of(DISCOUNT), of(SHIPPING), of(TAX), total)


def with_item(lines: Sequence[CartLine], item: CartLine) -> list[CartLine]:
    """With this much of a variant, whatever it was before; nothing of it where the quantity is 0. Raises OrderRefused."""
    if not 0 <= item.quantity <= MOST_UNITS:
        raise OrderRefused("bad_quantity", f"Between 1 and {MOST_UNITS} units of one thing can be ordered.")
    kept = [item if line.variant == item.variant and line.kind == ITEM else line for line in lines]
    if not any(line is item for line in kept):
        kept.append(item)
    kept = [line for line in kept if line.kind != ITEM or line.quantity > 0]
    if sum(line.kind == ITEM for line in kept) > MOST_LINES:
        raise OrderRefused("bad_lines", f"An order has at most {MOST_LINES} lines.")
    return kept


def instead(lines: Sequence[CartLine], kind: str, line: CartLine | None) -> list[CartLine]:
    """With this line as the only one of its kind, or with none."""
    return [one for one in lines if one.kind != kind] + ([line] if line else [])


def needed(lines: Sequence[CartLine]) -> dict[int, int]:
    """Units by variant."""
    return {line.variant: line.quantity for line in lines if line.kind == ITEM and line.variant is not None}
