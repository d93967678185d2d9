"""An order, or a part of it, is cancelled before it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.rules.cancelling import cancellation
from careline.domain.orders.rules.plans import Plan
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, held_again, hold_order, method_of
from careline.flows.order_authority import authorise_on_order

CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True)
class Cancelling:
    """`lines`: units by line; None: all of it. `method`: where the money goes; None: where it came from."""

    case: int
    reason: str
    lines: Mapping[int, int] | None = None
    method: str | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What was done; or, with a `request`, what waits until somebody has agreed."""

    plan: Plan
    request: int | None = None


def would_cancel(agent: Person, order: str, asked: Cancelling, *, by: Actor, at: datetime) -> Plan:
    """What it would do to money and stock; nothing is changed. Raises as it does, but for what the policy says."""
    with transaction.atomic():
        plan = _plan(hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at), asked)
        transaction.set_rollback(True)
    return plan


def cancel_order(agent: Person, order: str, asked: Cancelling, *, by: Actor, at: datetime) -> Done:
    """Raises NotFound, Forbidden, OrderRefused, Denied, AlreadyAsked; then nothing has changed."""
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at)
        plan = _plan(held, asked)
        params = {"lines": sorted(asked.lines.items()) if asked.lines is not None else None, "method": asked.method}
        answer = authorise_on_order(
            agent, held, CANCELLATION, amount=plan.back, lines=list(asked.lines or ()), reason=asked.reason, params=params, by=by, at=at
        )  # fmt: skip
        if answer.is_allowed and answer.refusal is None:
            carry_out(held.order, plan, Occasion(held.case.id, CANCELLATION, asked.reason), by=by, at=at)
    if answer.refusal is not None:
        raise answer.refusal
    return Done(plan, answer.request)


def cancellation_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved. Raises OrderRefused where it can't be done any more, or comes to more than was agreed to."""
    held = held_again(one.params.get("order", ""), one.case)
    lines = None if one.params["lines"] is None else dict(one.params["lines"])
    plan = _plan(held, Cancelling(one.case.number, one.words, lines, one.params["method"]))
    require_as_agreed(plan, one)
    occasion = Occasion(one.case.id, CANCELLATION, one.words, data={"request": one.request})
    return {"refund": carry_out(held.order, plan, occasion, by=by, at=at), "given": plan.back}


def require_as_agreed(plan: Plan, one: Any) -> None:
    """Raises OrderRefused where more would be given than somebody agreed to."""
    if plan.back > (one.money.minor if one.money is not None else 0):
        raise OrderRefused("order_changed", "The order has changed since it was asked for: ask again.")


def _plan(held: Held, asked: Cancelling) -> Plan:
    return cancellation(held.order, asked.lines, method_of(held, asked.method))
