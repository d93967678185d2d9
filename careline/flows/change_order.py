"""A pending order changes: where it goes, which variants, how it is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands import moving
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import variants_among
from careline.domain.orders.rules.changing import item_change, payment_change
from careline.domain.orders.rules.plans import Plan
from careline.domain.staff.rules import Person
from careline.flows.cancel_order import Done
from careline.flows.hold_order import Held, held_again, hold_order, method_of
from careline.flows.order_authority import authorise_on_order

CHANGE = "change"
ADDRESS = ("name", "street", "street2", "postcode", "city", "region", "country")
NEEDED = ("street", "city", "country")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Changing:
    """`variants` by line; with `pays` alone the way to pay changes. `pays`: who pays a difference, or gets it."""

    case: int
    variants: Mapping[int, int] | None = None
    pays: str | None = None
    seen: int | None = None


def would_change(agent: Person, order: str, asked: Changing, *, by: Actor, at: datetime) -> Plan:
    """What it would do to money and stock; nothing is changed. Raises as it does, but for what the policy says."""
    with transaction.atomic():
        plan = _plan(hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at), asked)
        transaction.set_rollback(True)
    return plan


def change_order(agent: Person, order: str, asked: Changing, *, by: Actor, at: datetime) -> Done:
    """Other variants, or another way to pay. Raises NotFound, Forbidden, OrderRefused, Denied, AlreadyAsked; then nothing has changed."""
    with transaction.atomic():
        held = hold_order(agent, order, case=asked.case, seen=asked.seen, by=by, at=at)
        plan = _plan(held, asked)
        variants = sorted(asked.variants.items()) if asked.variants is not None else None
        answer = authorise_on_order(
            agent, held, CHANGE, amount=_given(plan), lines=list(asked.variants or ()), reason="",
            params={"variants": variants, "pays": asked.pays}, by=by, at=at,
        )  # fmt: skip
        if answer.is_allowed and answer.refusal is None:
            carry_out(held.order, plan, Occasion(held.case.id, CHANGE), by=by, at=at)
    if answer.refusal is not None:
        raise answer.refusal
    return Done(plan, answer.request)


def change_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved. Raises OrderRefused where it can't be done any more, or comes to more than was agreed to."""
    held = held_again(one.params.get("order", ""), one.case)
    variants = None if one.params["variants"] is None else dict(one.params["variants"])
    plan = _plan(held, Changing(one.case.number, variants, one.params["pays"]))
    if _given(plan) > (one.money.minor if one.money is not None else 0):
        raise OrderRefused("price_changed", "The prices have changed since it was asked for: ask again.")
    occasion = Occasion(one.case.id, CHANGE, data={"request": one.request})
    return {"refund": carry_out(held.order, plan, occasion, by=by, at=at), "given": _given(plan)}


def _given(plan: Plan) -> int:
    """What goes back and is not paid again."""
    return max(0, plan.back - plan.charged)


def change_address(
    agent: Person,
    order: str,
    address: Mapping[str, str],
    *,
    case: int,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Where a pending order goes. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        held = hold_order(agent, order, case=case, seen=seen, by=by, at=at)
        words = _address_of(address)
        moving.change_address(held.order, words, conversation=held.case.id, by=by, at=at)


def _address_of(given: Mapping[str, str]) -> dict[str, str]:
    clean = {name: " ".join(str(given.get(name, "")).split()) for name in ADDRESS}
    if missing := [name for name in NEEDED if not clean[name]]:
        raise OrderRefused("address_incomplete", f"The address has no {missing[0]}.")
    if any(len(words) > LONGEST for words in clean.values()):
        raise OrderRefused("address_too_long", f"A line of an address has at most {LONGEST} letters.")
    return {name: value for name, value in clean.items() if value}


def _plan(held: Held, asked: Changing) -> Plan:
    method = method_of(held, asked.pays)
    if asked.variants is not None:
        found = variants_among(asked.variants.values())
        if missing := [key for key in asked.variants.values() if key not in found]:
            raise OrderRefused("no_such_variant", f"There is no variant {missing[0]}.")
        return item_change(held.order, {line: found[key] for line, key in asked.variants.items()}, method)
    if method is None:
        raise OrderRefused("nothing_named", "Say what is to change.")
    return payment_change(held.order, method)
