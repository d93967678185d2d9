"""The same goods go out once more, free of charge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.carrying_out import Occasion, carry_out, send_out
from careline.domain.orders.queries.held import variants_among
from careline.domain.orders.rules.plans import Plan
from careline.domain.orders.rules.refunding import replacement, worth_of
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, held_again, hold_order
from careline.flows.order_authority import authorise_on_order

REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class Replacing:
    """`lines`: units by line."""

    case: int
    lines: Mapping[int, int]
    reason: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """`id` of the shipment; or `request`: what waits until somebody has agreed."""

    id: int | None = None
    request: int | None = None


def would_replace(agent: Person, order: str, asked: Replacing, *, by: Actor, at: datetime) -> Plan:
    """What it would do to the stock; nothing is changed. Raises as it does, but for what the policy says."""
    with transaction.atomic():
        plan = _plan(hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at), asked)
        transaction.set_rollback(True)
    return plan


def replace_goods(agent: Person, order: str, asked: Replacing, *, by: Actor, at: datetime) -> Replaced:
    """What the goods are worth counts as given. Raises NotFound, Forbidden, OrderRefused, Denied, AlreadyAsked; then nothing has changed."""
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at)
        plan = _plan(held, asked)
        answer = authorise_on_order(
            agent, held, REPLACEMENT, amount=worth_of(held.order, asked.lines), lines=list(asked.lines), reason=asked.reason,
            params={"lines": sorted(asked.lines.items())}, by=by, at=at,
        )  # fmt: skip
        done = Replaced(request=answer.request)
        if answer.is_allowed and answer.refusal is None:
            done = Replaced(
                _sent(held, plan, asked.lines, Occasion(held.case.id, REPLACEMENT, asked.reason), by=by, at=at)
            )
    if answer.refusal is not None:
        raise answer.refusal
    return done


def replacement_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved. Raises OrderRefused where it can't be done any more."""
    held = held_again(one.params.get("order", ""), one.case)
    lines = dict(one.params["lines"])
    plan = _plan(held, Replacing(one.case.number, lines, one.words))
    occasion = Occasion(one.case.id, REPLACEMENT, one.words, data={"request": one.request})
    return {"shipment": _sent(held, plan, lines, occasion, by=by, at=at)}


def _sent(held: Held, plan: Plan, lines: Mapping[int, int], occasion: Occasion, *, by: Actor, at: datetime) -> int:
    shipment = send_out(held.order.id, "replacement", dict(lines), at=at)
    carry_out(held.order, plan, replace(occasion, data={**occasion.data, "shipment": shipment}), by=by, at=at)
    return shipment


def _plan(held: Held, asked: Replacing) -> Plan:
    variants = variants_among(line.variant for line in held.order.items if line.variant is not None)
    return replacement(held.order, asked.lines, variants)
