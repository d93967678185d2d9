"""Money goes back without goods; goods go out once more without money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.facts import CANCELLED, DELIVERED, SHIPPED, Line, Method, Order, Variant
from careline.domain.orders.rules.plans import Move, Plan, added, back_to, credit_of, require_state, wanted_lines
from careline.kit.money import portion, shares


@dataclass(frozen=True, slots=True)
class Part:
    """Of one line: so many units, or so much of it."""

    line: int
    units: int | None = None
    amount: int | None = None


def refund(order: Order, parts: tuple[Part, ...], amount: int | None, method: Method | None) -> Plan:
    """Of some lines, a sum over all of them, or (neither) all that is left. Raises OrderRefused."""
    if order.state == CANCELLED:
        raise OrderRefused("order_cancelled", f"Order {order.number} is cancelled: what was paid went back then.")
    if parts and amount is not None:
        raise OrderRefused("both_given", "Name lines or a sum, not both.")
    moves = _of_lines(order, parts) if parts else _of_all(order, amount)
    total = sum(move.credited for move in moves)
    if total <= 0:
        raise OrderRefused("nothing_left", "There is nothing left to refund.")
    return Plan("refunded", order.version, order.currency, back_to(order, total, method), moves=moves)


def replacement(order: Order, wanted: Mapping[int, int], variants: Mapping[int, Variant]) -> Plan:
    """The same once more, free of charge: damaged, lost, or wrong. Raises OrderRefused."""
    require_state(order, SHIPPED, DELIVERED, act="its goods can be replaced")
    named = wanted_lines(order, wanted)
    for line, units in named:
        if units > line.shipped - line.returned - line.coming_back - line.replaced:
            raise OrderRefused("bad_quantity", f"There are not so many units of {line.name} to replace.")
        variant = variants.get(line.variant or 0)
        if variant is None or not variant.has(units):
            raise OrderRefused("out_of_stock", f"{line.name} is not there in this quantity.")
    moves = tuple(Move(line.id, replaced=units) for line, units in named)
    stock = added({line.variant: -units} for line, units in named if line.variant is not None)
    return Plan("replaced", order.version, order.currency, stock=stock, moves=moves)


def worth_of(order: Order, units: Mapping[int, int]) -> int:
    """What so many units by line cost the customer, with their part of discounts and taxes; rounded half to even."""
    return sum(portion(line.due, units[line.id], line.quantity) for line in order.items if line.id in units)


def _of_lines(order: Order, parts: tuple[Part, ...]) -> tuple[Move, ...]:
    moves = []
    if len({part.line for part in parts}) != len(parts):
        raise OrderRefused("line_twice", "Name each line once.")
    for part in parts:
        line = order.line(part.line)
        if line is None or line.due == 0:
            raise OrderRefused("no_such_line", f"The order has no line {part.line} that was paid for.")
        if (part.units is None) == (part.amount is None):
            raise OrderRefused("both_given", "Say of each line either how many units or how much.")
        moves.append(_units(line, part.units) if part.units is not None else _amount(line, part.amount or 0))
    return tuple(moves)


def _units(line: Line, units: int) -> Move:
    if not 1 <= units <= line.quantity - line.credited_units:
        raise OrderRefused("bad_quantity", f"There are not so many units of {line.name} left to refund.")
    return Move(line.id, credited=credit_of(line, units), units=units)


def _amount(line: Line, amount: int) -> Move:
    if amount <= 0:
        raise OrderRefused("bad_amount", "A refund is more than nothing.")
    if amount > line.left:
        raise OrderRefused("more_than_paid", f"That is more than is left of {line.name}.")
    return Move(line.id, credited=amount)


def _of_all(order: Order, amount: int | None) -> tuple[Move, ...]:
    """A sum is parted over what is left of the lines, to the cent."""
    left = [line.left for line in order.lines]
    whole = min(sum(left), order.paid)
    if amount is not None and amount <= 0:
        raise OrderRefused("bad_amount", "A refund is more than nothing.")
    if amount is not None and amount > whole:
        raise OrderRefused("more_than_paid", "That is more than was paid for this order and not given back yet.")
    parts = shares(whole if amount is None else amount, left)
    return tuple(Move(line.id, credited=part) for line, part in zip(order.lines, parts, strict=True) if part)
