"""Goods come back: asked for, label, received. Each step once; what comes of them stands in inspect_goods.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, money, returns
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import coming_of, variants_among
from careline.domain.orders.rules.plans import NEW_CREDIT, Plan
from careline.domain.orders.rules.returning import (
    Coming,
    exchange_request,
    given_up,
    repair_request,
    return_request,
)
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, held_again, hold_order, method_of
from careline.flows.hold_return import hold_return
from careline.flows.order_authority import authorise_on_order


@dataclass(frozen=True, slots=True)
class Returning:
    """`lines`: units by line. `variants` by line: what is to come for them, then it is an exchange.
    `method`: where the money goes, or who pays the difference; None: the way it was paid. `is_repair`: the same come back."""

    case: int
    lines: Mapping[int, int]
    reason: str = ""
    variants: Mapping[int, int] | None = None
    method: str | None = None
    seen: int | None = None
    is_repair: bool = False

    @property
    def kind(self) -> str:
        return "repair" if self.is_repair else "return" if self.variants is None else "exchange"


@dataclass(frozen=True, slots=True)
class Requested:
    """What was or would be agreed: the plan (stock that is set aside), and what each line will come to. `id` of the return, or
    `request`: what waits until somebody has agreed."""

    plan: Plan
    coming: list[Coming]
    id: int | None = None
    request: int | None = None

    @property
    def back(self) -> int:
        return sum(one.amount for one in self.coming if one.variant is None) - min(0, self.difference)

    @property
    def difference(self) -> int:
        return sum(one.difference for one in self.coming)


def would_return(agent: Person, order: str, asked: Returning, *, by: Actor, at: datetime) -> Requested:
    """What would be agreed; nothing is changed. Raises as it does, but for what the policy says."""
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at)
        requested = _requested(held, asked)
        transaction.set_rollback(True)
    return requested


def ask_return(agent: Person, order: str, asked: Returning, *, by: Actor, at: datetime) -> Requested:
    """The return, the exchange or the repair is agreed, where the policy allows it; whoever may refund decides when money goes.

    Raises NotFound, Forbidden, OrderRefused, Denied, AlreadyAsked; then nothing has changed.
    """
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at)
        requested = _requested(held, asked)
        answer = authorise_on_order(
            agent, held, asked.kind, amount=0, lines=list(asked.lines), reason=asked.reason, params=_kept(asked), by=by, at=at
        )  # fmt: skip
        opened = None
        if answer.is_allowed and answer.refusal is None:
            opened = _opened(held, requested, asked, request=None, by=by, at=at)
    if answer.refusal is not None:
        raise answer.refusal
    return Requested(requested.plan, requested.coming, opened, answer.request)


def return_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved. Raises OrderRefused where it can't be agreed any more."""
    held = held_again(one.params.get("order", ""), one.case)
    given = one.params
    variants = None if given["variants"] is None else dict(given["variants"])
    asked = Returning(
        one.case.number, dict(given["lines"]), one.words, variants, given["method"], is_repair=one.action == "repair"
    )
    return {"return": _opened(held, _requested(held, asked), asked, request=one.request, by=by, at=at)}


def send_label(agent: Person, key: int, label: str, *, by: Actor, at: datetime) -> None:
    """The customer has, or is sent, the label of the carrier. Raises NotFound, Forbidden, OrderRefused."""
    words = " ".join(label.split())[:200]
    if not words:
        raise OrderRefused("label_missing", "Say which label was sent: its number, or the carrier.")
    with transaction.atomic():
        goods = hold_return(agent, key).goods
        returns.require_open(goods, before="received")
        returns.note_label(goods, words, by=by, at=at)


def receive_goods(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """The parcel is here. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        goods = hold_return(agent, key).goods
        returns.require_open(goods, before="received")
        returns.note_received(goods, by=by, at=at)


def withdraw_return(agent: Person, key: int, *, by: Actor, at: datetime) -> None:
    """The customer keeps the goods; what was set aside is free again. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        there = hold_return(agent, key)
        goods = there.goods
        returns.require_open(goods)
        plan = given_up(there.held.order, coming_of(key))
        carry_out(
            there.held.order, plan, Occasion(goods.conversation_id, goods.kind, data={"return": key}), by=by, at=at
        )
        returns.close(goods, "withdrawn", by=by, at=at)


def _requested(held: Held, asked: Returning) -> Requested:
    if asked.is_repair:
        return Requested(*repair_request(held.order, asked.lines))
    method = method_of(held, asked.method)
    if asked.variants is None:
        return Requested(*return_request(held.order, asked.lines, method))
    found = variants_among(asked.variants.values())
    variants = {line: found[key] for line, key in asked.variants.items() if key in found}
    return Requested(*exchange_request(held.order, asked.lines, variants, method))


def _opened(held: Held, requested: Requested, asked: Returning, *, request: int | None, by: Actor, at: datetime) -> int:
    occasion = Occasion(held.case.id, asked.kind, asked.reason)
    key = _method_key(held, asked, at=at)
    opened = carrying_out.open_return(
        held.order, asked.kind, requested.coming, method=key, occasion=occasion, by=by, at=at
    )
    data = {"return": opened, **({"request": request} if request is not None else {})}
    carry_out(held.order, requested.plan, Occasion(held.case.id, asked.kind, data=data), by=by, at=at)
    return opened


def _kept(asked: Returning) -> dict[str, Any]:
    variants = sorted(asked.variants.items()) if asked.variants is not None else None
    return {"lines": sorted(asked.lines.items()), "variants": variants, "method": asked.method}


def _method_key(held: Held, asked: Returning, *, at: datetime) -> int:
    """Where the money will go: what was named, else the way that it was paid first."""
    method = method_of(held, asked.method)
    if method is not None and method.id != NEW_CREDIT:
        return method.id
    first = next((key for key, net in held.order.net.items() if net > 0), None) if method is None else None
    return first if first is not None else money.store_credit(held.order.customer, held.order.currency, at=at)
