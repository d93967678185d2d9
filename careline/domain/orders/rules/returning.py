"""Delivered goods come back: for money, or for another variant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.changing import back_to_any
from careline.domain.orders.rules.facts import DELIVERED, SHIPPED, WITH_BALANCE, Line, Method, Order, Variant
from careline.domain.orders.rules.plans import (
    Addition,
    Move,
    Plan,
    added,
    back_to,
    credit_of,
    owed_back,
    paid_by,
    require_own,
    require_state,
    require_variant,
    wanted_lines,
)
from careline.kit.money import portion, shares

CONDITIONS = ("good", "opened", "damaged", "missing")
RESTOCKED = ("good",)


@dataclass(frozen=True, slots=True)
class Coming:
    """Units of a line on their way back; `variant` at `unit_price` goes out for each. `difference` is for all of them."""

    line: int
    quantity: int
    amount: int
    variant: int | None = None
    unit_price: int = 0
    difference: int = 0


@dataclass(frozen=True, slots=True)
class Inspected:
    """What came of a line: how many are accepted, in which condition; `percent` of their worth goes back for them."""

    line: int
    accepted: int
    condition: str = "good"
    percent: int = 100


def return_request(order: Order, wanted: Mapping[int, int], method: Method | None) -> tuple[Plan, list[Coming]]:
    """Nothing is paid yet. Raises OrderRefused."""
    named = _with_customer(order, wanted, act="its goods can be returned")
    if method is not None:
        require_own(order, method)
        if method.kind not in WITH_BALANCE and method.id not in order.net:
            raise OrderRefused(
                "other_method",
                "Money goes back to the way it was paid, to a gift card or to store credit, nowhere else.",
            )
    coming = [Coming(line.id, units, credit_of(line, units)) for line, units in named]
    if owed_back(order, sum(one.amount for one in coming)) > order.paid:
        raise OrderRefused("more_than_paid", "That is more than was paid for this order and not given back yet.")
    moves = tuple(Move(one.line, coming_back=one.quantity) for one in coming)
    return Plan("return_requested", order.version, order.currency, moves=moves), coming


def exchange_request(
    order: Order, wanted: Mapping[int, int], variants: Mapping[int, Variant], method: Method | None
) -> tuple[Plan, list[Coming]]:
    """`variants` by line. What goes out is set aside at today's price; the difference is paid once the goods are here. Raises OrderRefused."""
    named = _with_customer(order, wanted, act="its goods can be exchanged")
    coming, needed = [], added([{variants[line.id].id: units} for line, units in named if line.id in variants])
    for line, units in named:
        variant = variants.get(line.id)
        if variant is None:
            raise OrderRefused("no_such_variant", f"Say what is to come for {line.name}.")
        require_variant(order, line, variant, quantity=needed[variant.id])
        coming.append(
            Coming(line.id, units, credit_of(line, units), variant.id, variant.price, _difference(line, variant, units))
        )
    difference = sum(one.difference for one in coming)
    if difference and method is None:
        raise OrderRefused("method_missing", "Say how the difference is paid, or where it goes.")
    if method is not None:
        paid_by(order, difference, method)
    moves = tuple(Move(one.line, coming_back=one.quantity) for one in coming)
    stock = {variant: -units for variant, units in needed.items()}
    return Plan("exchange_requested", order.version, order.currency, stock=stock, moves=moves), coming


def repair_request(order: Order, wanted: Mapping[int, int]) -> tuple[Plan, list[Coming]]:
    """They come to us and go back to the customer. Raises OrderRefused."""
    coming = [
        Coming(line.id, units, 0) for line, units in _with_customer(order, wanted, act="its goods can be repaired")
    ]
    moves = tuple(Move(one.line, coming_back=one.quantity) for one in coming)
    return Plan("repair_requested", order.version, order.currency, moves=moves), coming


def outcome(
    order: Order, coming: Sequence[Coming], seen: Sequence[Inspected], method: Method | None, *, at_most: int | None = None
) -> Plan:  # fmt: skip
    """The goods are here and were looked at: what is accepted is paid back or exchanged, the rest stays the customer's.

    `at_most`: so much goes back, parted over the lines, where somebody agreed to less. Raises OrderRefused.
    """
    told = _told(coming, seen)
    given = _given(order, coming, told, at_most)
    moves, stock, additions, difference, back = [], [], [], 0, 0
    for one in coming:
        line, came = _line(order, one), told[one.line]
        units = min(came.accepted, line.quantity - line.credited_units)
        credit = given[line.id] if one.variant is None else _credit(line, one, came.accepted)
        moves.append(Move(line.id, credited=credit, units=units, coming_back=-one.quantity, returned=came.accepted))
        if came.accepted and came.condition in RESTOCKED and line.variant is not None:
            stock.append({line.variant: came.accepted})
        if one.variant is None:
            back += credit
            continue
        stock.append({one.variant: one.quantity - came.accepted})
        if came.accepted:
            more = portion(one.difference, came.accepted, one.quantity) + credit - given[line.id]
            difference += more
            additions.append(Addition(line.id, one.variant, came.accepted, one.unit_price, credit + more))
    money = back_to(order, owed_back(order, back), method) if back else {}
    if difference:
        if method is None:
            raise OrderRefused("method_missing", "Say how the difference is paid, or where it goes.")
        money = paid_by(order, difference, method) if difference > 0 else back_to_any(order, -difference, method)
    return Plan(
        "return_done", order.version, order.currency, money, added(stock), tuple(moves), additions=tuple(additions)
    )


def repaired(order: Order, coming: Sequence[Coming], seen: Sequence[Inspected]) -> Plan:
    """All of them go back to the customer, repaired or as they came. Raises OrderRefused."""
    _told(coming, seen)
    moves = tuple(Move(one.line, coming_back=-one.quantity) for one in coming)
    return Plan("repair_done", order.version, order.currency, moves=moves)


def given_up(order: Order, coming: Sequence[Coming]) -> Plan:
    """Withdrawn by the customer or refused by us: nothing comes back, what was set aside is free again."""
    moves = tuple(Move(one.line, coming_back=-one.quantity) for one in coming)
    stock = added({one.variant: one.quantity} for one in coming if one.variant is not None)
    return Plan("return_given_up", order.version, order.currency, stock=stock, moves=moves)


def _with_customer(order: Order, wanted: Mapping[int, int], *, act: str) -> list[tuple[Line, int]]:
    if order.state == SHIPPED and any(line.delivered for line in order.items):
        require_state(order, SHIPPED, act=act)
    else:
        require_state(order, DELIVERED, act=act)
    named = wanted_lines(order, wanted)
    for line, units in named:
        if units > line.with_customer:
            raise OrderRefused(
                "bad_quantity",
                f"Of {line.name} only {line.with_customer} are with the customer and not on their way back.",
            )
    return named


def _told(coming: Sequence[Coming], seen: Sequence[Inspected]) -> dict[int, Inspected]:
    """What was said of each line, once. Raises OrderRefused."""
    told = {one.line: one for one in seen}
    if set(told) != {one.line for one in coming} or len(seen) != len(told):
        raise OrderRefused("line_missing", "Say of each line of the return what came.")
    for one in coming:
        came = told[one.line]
        if not 0 <= came.accepted <= one.quantity or came.condition not in CONDITIONS or not 0 <= came.percent <= 100:
            raise OrderRefused(
                "bad_inspection", "What came can't be more than was to come, in a condition that we know."
            )
    return told


def _given(
    order: Order, coming: Sequence[Coming], told: Mapping[int, Inspected], at_most: int | None
) -> dict[int, int]:
    """What is credited for each line: its share, and of all that goes back as money no more than was agreed to."""
    given = {
        one.line: portion(_credit(_line(order, one), one, told[one.line].accepted), told[one.line].percent, 100)
        for one in coming
    }
    paid = [one.line for one in coming if one.variant is None]
    whole = sum(given[line] for line in paid)
    if at_most is not None and paid:
        if at_most > whole:
            raise OrderRefused("more_than_paid", "That is more than the goods that came back come to.")
        given |= zip(paid, shares(at_most, [given[line] for line in paid]), strict=True)
    return given


def _line(order: Order, one: Coming) -> Line:
    line = order.line(one.line)
    if line is None:
        raise OrderRefused("no_such_line", f"The order has no item line {one.line}.")
    return line


def _credit(line: Line, one: Coming, accepted: int) -> int:
    """What accepted units come to: no more than is left of the line."""
    units = min(accepted, line.quantity - line.credited_units)
    return min(credit_of(line, units), one.amount) if units else 0


def _difference(line: Line, variant: Variant, units: int) -> int:
    """The difference of the prices, with the line's own part of discounts and taxes; rounded half to even."""
    plain = (variant.price - line.unit_price) * units
    return portion(plain, line.due, line.amount) if line.amount > 0 and line.due != line.amount else plain
