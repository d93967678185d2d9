"""A pending order changes: other variants of its products, or another way to pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.amounts import Amount, dues, reworked
from careline.domain.orders.rules.cancelling import require_untouched
from careline.domain.orders.rules.facts import Line, Method, Order, Variant
from careline.domain.orders.rules.plans import Plan, Swap, added, back_to, paid_by, require_variant


def item_change(order: Order, wanted: Mapping[int, Variant], method: Method | None) -> Plan:
    """Whole lines become other variants at today's price. Raises OrderRefused."""
    require_untouched(order, act="its items can be changed")
    if not wanted:
        raise OrderRefused("nothing_named", "Name at least one line.")
    for key, variant in wanted.items():
        line = order.line(key)
        if line is None or line.kind != "item":
            raise OrderRefused("no_such_line", f"The order has no item line {key}.")
        if line.cancelled or line.shipped or line.credited:
            raise OrderRefused("line_touched", f"A part of {line.name} was cancelled, shipped or refunded already.")
        if variant.id != line.variant:
            require_variant(order, line, variant, quantity=line.quantity)
    if all(line.variant == wanted[line.id].id for line in order.items if line.id in wanted):
        raise OrderRefused("same_variant", "It is this variant already.")
    for variant in wanted.values():
        needed = sum(
            line.quantity
            for line in order.items
            if line.id in wanted and wanted[line.id].id == variant.id != line.variant
        )
        if needed and not variant.has(needed):
            raise OrderRefused("out_of_stock", f"{variant.name} ({variant.sku}) is not there in this quantity.")
    before = [_amount(order, line) for line in order.lines]
    after = [
        replace(one, amount=wanted[line.id].price * line.quantity) if line.id in wanted else one
        for one, line in zip(before, order.lines, strict=True)
    ]
    new = reworked(after, before=before)
    due = dues(new)
    if any(line.credited > owed for line, owed in zip(order.lines, due, strict=True)):
        raise OrderRefused("line_touched", "More of a line was given back already than it would come to.")
    swaps = tuple(
        Swap(line.id, one.amount, owed, wanted[line.id].id if line.id in wanted else None, wanted[line.id].price if line.id in wanted else 0)
        for line, one, owed in zip(order.lines, new, due, strict=True)
        if line.id in wanted or one.amount != line.amount or owed != line.due
    )  # fmt: skip
    difference = sum(due) - sum(line.due for line in order.lines)
    return Plan(
        "items_changed", order.version, order.currency, money=_difference(order, difference, method),
        stock=_stock(order, wanted), swaps=swaps, total=sum(due), is_item_change=True,
    )  # fmt: skip


def payment_change(order: Order, method: Method) -> Plan:
    """What was paid goes back, and what is to come comes no more: all is paid by one other way. Raises OrderRefused."""
    require_untouched(order, act="its payment can be changed")
    whole = order.paid + sum(order.awaited.values())
    if whole <= 0:
        raise OrderRefused("nothing_paid", "Nothing was paid for this order.")
    if order.net.get(method.id) or order.awaited.get(method.id):
        raise OrderRefused("same_method", "It is paid this way already.")
    money = added([paid_by(order, whole, method), back_to(order, order.paid, None)])
    return Plan("payment_changed", order.version, order.currency, money)


def _difference(order: Order, difference: int, method: Method | None) -> dict[int, int]:
    if difference == 0:
        return {}
    if method is None:
        if difference > 0:
            raise OrderRefused("method_missing", "Say how the difference is paid.")
        return back_to(order, -difference, None)
    return paid_by(order, difference, method) if difference > 0 else back_to_any(order, -difference, method)


def back_to_any(order: Order, amount: int, method: Method) -> dict[int, int]:
    """A price difference may go back to any way to pay that the customer has with us: it is named by them."""
    if amount > order.paid:
        raise OrderRefused("more_than_paid", "That is more than was paid for this order and not given back yet.")
    return paid_by(order, -amount, method)


def _stock(order: Order, wanted: Mapping[int, Variant]) -> dict[int, int]:
    moved = []
    for line in order.items:
        if line.id in wanted:
            moved.append({wanted[line.id].id: -line.quantity})
            if line.variant is not None:
                moved.append({line.variant: line.quantity})
    return added(moved)


def _amount(order: Order, line: Line) -> Amount:
    places = {one.id: n for n, one in enumerate(order.lines)}
    return Amount(line.kind, line.amount, None if line.of_line is None else places.get(line.of_line), line.rate)
