"""An order, or a part of it, is not wanted any more before it leaves."""

from __future__ import annotations

from collections.abc import Mapping

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.facts import CANCELLED, PENDING, Method, Order
from careline.domain.orders.rules.plans import (
    Move,
    Plan,
    added,
    back_to,
    credit_of,
    owed_back,
    require_state,
    wanted_lines,
)


def require_untouched(order: Order, *, act: str) -> None:
    require_state(order, PENDING, act=act)
    if order.has_changed_items:
        raise OrderRefused(
            "items_changed", f"The items of order {order.number} were changed already: it is as good as on its way."
        )


def cancellation(order: Order, wanted: Mapping[int, int] | None, method: Method | None = None) -> Plan:
    """All of it, or some units of some lines; money goes back to where it came from. Raises OrderRefused."""
    require_untouched(order, act="it can be cancelled")
    if wanted is None:
        return _whole(order, method)
    named = wanted_lines(order, wanted)
    for line, units in named:
        if units > line.quantity - line.cancelled - line.shipped:
            raise OrderRefused("bad_quantity", f"There are not so many units of {line.name} left to cancel.")
    if all(wanted.get(line.id, 0) + line.cancelled == line.quantity for line in order.items):
        return _whole(order, method)
    moves = tuple(Move(line.id, credited=credit_of(line, units), units=units, cancelled=units) for line, units in named)
    stock = added({line.variant: units} for line, units in named if line.variant is not None)
    credit = sum(move.credited for move in moves)
    money = back_to(order, owed_back(order, credit), method)
    return Plan("cancelled_in_part", order.version, order.currency, money, stock, moves)


def _whole(order: Order, method: Method | None) -> Plan:
    moves = tuple(
        Move(line.id, credited=line.left, units=line.quantity - line.credited_units, cancelled=line.quantity - line.cancelled - line.shipped)
        for line in order.lines
        if line.left or line.kind == "item"
    )  # fmt: skip
    stock = added(
        {line.variant: line.quantity - line.cancelled - line.shipped}
        for line in order.items
        if line.variant is not None
    )
    money = back_to(order, owed_back(order, sum(line.left for line in order.lines)), method)
    return Plan("cancelled", order.version, order.currency, money, stock, moves, state=CANCELLED)
