"""Goods come back: asked for, label, received, inspected, paid back or exchanged. Each step once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.desk.queries.orders import order_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, money, returns
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.queries.held import coming_of, facts_of, method_by_id, variants_among
from careline.domain.orders.queries.returns import return_by_id
from careline.domain.orders.rules.facts import Order
from careline.domain.orders.rules.plans import NEW_CREDIT, Plan
from careline.domain.orders.rules.returning import (
    Coming,
    Inspected,
    exchange_request,
    given_up,
    outcome,
    return_request,
)
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, hold_order, method_of


@dataclass(frozen=True, slots=True)
class Returning:
    """`lines`: units by line. `variants` by line: what is to come for them, then it is an exchange.
    `method`: where the money goes, or who pays the difference; None: the way it was paid."""

    case: int
    lines: Mapping[int, int]
    reason: str = ""
    variants: Mapping[int, int] | None = None
    method: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Requested:
    """What was or would be agreed: the plan (stock that is set aside), and what each line will come to."""

    plan: Plan
    coming: list[Coming]
    id: int | None = None

    @property
    def back(self) -> int:
        return sum(one.amount for one in self.coming if one.variant is None) - min(0, self.difference)

    @property
    def difference(self) -> int:
        return sum(one.difference for one in self.coming)


def would_return(agent: Person, order: str, asked: Returning, *, by: Actor, at: datetime) -> Requested:
    """What would be agreed; nothing is changed. Raises as it does."""
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at)
        requested = _requested(held, asked)
        transaction.set_rollback(True)
    return requested


def ask_return(agent: Person, order: str, asked: Returning, *, by: Actor, at: datetime) -> Requested:
    """The return, or the exchange, is agreed. Raises NotFound, Forbidden, OrderRefused; then nothing has changed."""
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at)
        requested = _requested(held, asked)
        kind = "return" if asked.variants is None else "exchange"
        occasion = Occasion(held.case.id, kind, asked.reason)
        key = _method_key(held, asked, at=at)
        opened = carrying_out.open_return(
            held.order, kind, requested.coming, method=key, occasion=occasion, by=by, at=at
        )
        carry_out(held.order, requested.plan, Occasion(held.case.id, kind, data={"return": opened}), by=by, at=at)
    return Requested(requested.plan, requested.coming, opened)


def send_label(agent: Person, key: int, label: str, *, by: Actor, at: datetime) -> None:
    """The customer has, or is sent, the label of the carrier. Raises NotFound, Forbidden, OrderRefused."""
    words = " ".join(label.split())[:200]
    if not words:
        raise OrderRefused("label_missing", "Say which label was sent: its number, or the carrier.")
    with transaction.atomic():
        goods, _ = _held_return(agent, key)
        returns.require_open(goods, before="received")
        returns.note_label(goods, words, by=by, at=at)


def receive_goods(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """The parcel is here. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        goods, _ = _held_return(agent, key)
        returns.require_open(goods, before="received")
        returns.note_received(goods, by=by, at=at)


def would_inspect(agent: Person, key: int, seen: Sequence[Inspected], *, by: Actor, at: datetime) -> Plan:
    """What the outcome would do to money and stock; nothing is changed. Raises as it does."""
    with transaction.atomic():
        goods, order = _held_return(agent, key)
        plan = _outcome(goods, order, seen)
        transaction.set_rollback(True)
    return plan


def inspect_goods(
    agent: Person, key: int, seen: Sequence[Inspected], *, remark: str = "", by: Actor, at: datetime
) -> Plan:
    """What came was looked at: money goes back, or the other variant goes out. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        goods, order = _held_return(agent, key)
        plan = _outcome(goods, order, seen)
        occasion = Occasion(goods.conversation_id, goods.kind, goods.reason, goods=key, data={"return": key})
        carry_out(order, plan, occasion, by=by, at=at)
        state = "done" if any(one.accepted for one in seen) else "refused"
        returns.close(goods, state, seen, remark=remark[:2000], by=by, at=at)
    return plan


def withdraw_return(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """The customer keeps the goods; what was set aside is free again. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        goods, order = _held_return(agent, key)
        returns.require_open(goods)
        plan = given_up(order, coming_of(key))
        carry_out(order, plan, Occasion(goods.conversation_id, goods.kind, data={"return": key}), by=by, at=at)
        returns.close(goods, "withdrawn", by=by, at=at)


def return_for(agent: Person, key: int, *, verb: str = "order:read") -> Any:
    """Raises NotFound for absent and not theirs alike, Forbidden."""
    goods = return_by_id(key)
    if goods is None:
        raise NotFound(f"There is no return {key}.")
    try:
        order_for(agent, goods.number, verb=verb)
    except NotFound:
        raise NotFound(f"There is no return {key}.") from None
    return goods


def _held_return(agent: Person, key: int) -> tuple[Any, Order]:
    """The return and its order, both as they stand now; it was agreed on a case where the customer was identified."""
    goods = return_for(agent, key, verb="order:write")
    carrying_out.hold_customer(goods.customer_id)
    order = facts_of(carrying_out.held(goods.order_id))
    return return_by_id(key), order


def _outcome(goods: Any, order: Order, seen: Sequence[Inspected]) -> Plan:
    returns.require_open(goods)
    if goods.state != "received":
        raise OrderRefused("not_received", "The goods are not here yet: note first that they came.")
    method = method_by_id(goods.method_id)
    coming = coming_of(goods.id)
    named = method if goods.kind == "exchange" or method is None or method.balance is not None else None
    if method is not None and named is None and order.net.get(method.id, 0) >= sum(one.amount for one in coming):
        named = method
    return outcome(order, coming, seen, named)


def _requested(held: Held, asked: Returning) -> Requested:
    method = method_of(held, asked.method)
    if asked.variants is None:
        return Requested(*return_request(held.order, asked.lines, method))
    found = variants_among(asked.variants.values())
    variants = {line: found[key] for line, key in asked.variants.items() if key in found}
    return Requested(*exchange_request(held.order, asked.lines, variants, method))


def _method_key(held: Held, asked: Returning, *, at: datetime) -> int:
    """Where the money will go: what was named, else the way that it was paid first."""
    method = method_of(held, asked.method)
    if method is not None and method.id != NEW_CREDIT:
        return method.id
    first = next((key for key, net in held.order.net.items() if net > 0), None) if method is None else None
    return first if first is not None else money.store_credit(held.order.customer, held.order.currency, at=at)
