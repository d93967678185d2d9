"""What became of an order in an outside shop, as moves on ours: it is never asked whether that was allowed."""

from __future__ import annotations

from collections.abc import Mapping

from careline.domain.orders.rules.facts import CANCELLED, Order
from careline.domain.orders.rules.plans import Move, Plan
from careline.kit.money import shares


def refunded(order: Order, lines: Mapping[int, tuple[int, int]], amount: int, method: int) -> Plan:
    """`lines`: (units, minor units) that went back by line. What is not on lines is parted over what is left of all; never more than is left."""
    credits, units = dict.fromkeys((line.id for line in order.lines), 0), {}
    for line in order.lines:
        if line.id in lines:
            wanted, worth = lines[line.id]
            credits[line.id] = max(0, min(worth, line.left, amount - sum(credits.values())))
            units[line.id] = max(0, min(wanted, line.quantity - line.credited_units))
    left = [line.left - credits[line.id] for line in order.lines]
    rest = min(amount - sum(credits.values()), sum(left))
    for line, part in zip(order.lines, shares(rest, left), strict=True):
        credits[line.id] += part
    moves = tuple(
        Move(key, credited=credit, units=units.get(key, 0))
        for key, credit in credits.items()
        if credit or units.get(key)
    )
    return Plan("refunded", order.version, order.currency, {method: -amount}, moves=moves)


def cancelled(order: Order) -> Plan:
    """No money moves: what went back stands in its refunds."""
    moves = tuple(
        Move(line.id, credited=line.left, units=line.quantity - line.credited_units, cancelled=line.quantity - line.cancelled - line.shipped)
        for line in order.lines
        if line.left or line.kind == "item"
    )  # fmt: skip
    return Plan("cancelled", order.version, order.currency, moves=moves, state=CANCELLED)


def units_left(order: Order, named: Mapping[int, int]) -> dict[int, int]:
    """What of the named units (nothing named: of all) has not left yet."""
    left = {line.id: line.quantity - line.cancelled - line.shipped for line in order.items}
    wanted = {line: min(units, left.get(line, 0)) for line, units in named.items()} if named else left
    return {line: units for line, units in wanted.items() if units > 0}
