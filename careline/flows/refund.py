"""Money goes back for an order without goods coming back: all of it, a sum, or some lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.plans import Plan
from careline.domain.orders.rules.refunding import Part
from careline.domain.orders.rules.refunding import refund as planned
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, held_again, hold_order, method_of, require_kept_here
from careline.flows.order_authority import authorise_on_order
from careline.kit.money import Money

VERB = "order:refund"


@dataclass(frozen=True, slots=True)
class Refunding:
    """Lines, or a sum over all lines, or (neither) all that is left. `method`: where it goes; None: where it came from."""

    case: int
    reason: str
    parts: tuple[Part, ...] = ()
    amount: Money | None = None
    method: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Refunded:
    """`id` of what went back, or `request`: what waits for approval instead."""

    plan: Plan
    id: int | None = None
    request: int | None = None


def would_refund(agent: Person, order: str, asked: Refunding, *, by: Actor, at: datetime) -> Plan:
    """What it would do; nothing is changed. Raises as it does, but for what the policy says."""
    with transaction.atomic():
        held = hold_order(
            agent, order, case=asked.case, verb=VERB, may_be_elsewhere=True, seen=asked.seen, by=by, at=at
        )
        plan = _plan(held, asked)
        transaction.set_rollback(True)
    return plan


def refund(agent: Person, order: str, asked: Refunding, *, by: Actor, at: datetime) -> Refunded:
    """At once within their authority, else it waits. Raises NotFound, Forbidden, OrderRefused, Denied, AlreadyAsked; then nothing has changed."""
    with transaction.atomic():
        held = hold_order(
            agent, order, case=asked.case, verb=VERB, may_be_elsewhere=True, seen=asked.seen, by=by, at=at
        )
        plan = _plan(held, asked)
        answer = authorise_on_order(
            agent, held, "refund", amount=plan.back, lines=[part.line for part in asked.parts], reason=asked.reason, params=_kept(asked),
            by=by, at=at,
        )  # fmt: skip
        done = Refunded(plan, request=answer.request)
        if answer.is_allowed and answer.refusal is None:
            done = Refunded(
                plan, carry_out(held.order, plan, Occasion(held.case.id, "refund", asked.reason), by=by, at=at)
            )
    if answer.refusal is not None:
        raise answer.refusal
    return done


def refund_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved; perhaps with another amount than was asked for. Raises OrderRefused where it can't be done any more."""
    if "order" not in one.params:
        raise OrderRefused("no_such_order", "Ask for a refund on the order itself.")
    held = held_again(one.params["order"], one.case, may_be_elsewhere=True)
    asked = _asked(one.params, one.case.number)
    plan = _plan(held, asked)
    if one.money is not None and one.money.minor != plan.back:
        plan = _plan(held, replace(asked, parts=(), amount=one.money))
    occasion = Occasion(one.case.id, "refund", one.words, data={"request": one.request})
    return {"refund": carry_out(held.order, plan, occasion, by=by, at=at)}


def _plan(held: Held, asked: Refunding) -> Plan:
    if asked.amount is not None and asked.amount.currency != held.order.currency:
        raise OrderRefused(
            "other_currency", f"The order was paid in {held.order.currency}, not in {asked.amount.currency}."
        )
    amount = None if asked.amount is None else asked.amount.minor
    method = method_of(held, asked.method)
    if method is not None and method.id not in held.order.net:
        require_kept_here(held.order.id)
    return planned(held.order, asked.parts, amount, method)


def _kept(asked: Refunding) -> dict[str, Any]:
    amount = None if asked.amount is None else [asked.amount.minor, asked.amount.currency]
    parts = [[part.line, part.units, part.amount] for part in asked.parts]
    return {"parts": parts, "amount": amount, "method": asked.method}


def _asked(kept: Mapping[str, Any], case: int) -> Refunding:
    parts = tuple(Part(*part) for part in kept["parts"])
    return Refunding(case, "", parts, Money(*kept["amount"]) if kept["amount"] else None, kept["method"])
