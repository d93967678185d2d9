"""A subscription changes: its plan or quantity, how it is paid, a pause and its end. What it comes to is shown before it happens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands import subscriptions
from careline.domain.orders.commands.charges import charge, renew
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.subscriptions import charge_for, plans_among
from careline.domain.orders.rules.subscriptions import (
    LONGEST_PAUSE,
    TRIAL,
    Switch,
    period_after,
    require_may,
    require_plan,
    require_quantity,
    switch,
)
from careline.domain.staff.rules import Person
from careline.flows.hold_subscription import HeldSubscription, hold_subscription, way_to_pay


@dataclass(frozen=True, slots=True)
class PlanChange:
    """`at_period_end`: nothing is charged now, the other plan begins with the next period. `due`: what they agreed to pay now."""

    case: int
    variant: int
    quantity: int | None = None
    at_period_end: bool = False
    due: int | None = None
    seen: int | None = None


def would_change_plan(agent: Person, number: str, asked: PlanChange, *, by: Actor, at: datetime) -> Switch:
    """What it would come to now; nothing is changed. Raises as it does."""
    with transaction.atomic():
        change = _switched(
            hold_subscription(agent, number, case=asked.case, seen=asked.seen, by=by, at=at), asked, at=at
        )
        transaction.set_rollback(True)
    return change


def change_plan(agent: Person, number: str, asked: PlanChange, *, by: Actor, at: datetime) -> Switch:
    """The rest of the old plan goes against the new; what is missing is paid at once, what is left over is kept for the next charges.

    Raises NotFound, Forbidden, OrderRefused; then nothing has changed.
    """
    with transaction.atomic():
        held = hold_subscription(agent, number, case=asked.case, seen=asked.seen, by=by, at=at)
        change = _switched(held, asked, at=at)
        if asked.due is not None and asked.due != change.due.amount and not asked.at_period_end:
            raise OrderRefused(
                "price_changed", "What it comes to has changed since you looked at it: look again, then decide."
            )
        if asked.at_period_end:
            subscriptions.switch_later(held.row, change.plan, conversation=held.case.id, by=by, at=at)
            return change
        subscriptions.switch_now(held.row, change, conversation=held.case.id, by=by, at=at)
        if held.row.state != TRIAL:
            row = subscriptions.held(held.row.id)
            kind = "period" if change.is_new_period else "change"
            charge(row, change.due, kind=kind, of=at, until=change.period_end, conversation=held.case.id, by=by, at=at)
        return change


def pause_subscription(
    agent: Person,
    number: str,
    *,
    case: int,
    periods: int | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """For so many periods, or until somebody resumes it. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        held = hold_subscription(agent, number, case=case, seen=seen, by=by, at=at)
        subscriptions.pause(held.row, until=pause_until(held, periods, at=at), conversation=held.case.id, by=by, at=at)


def resume_subscription(
    agent: Person, number: str, *, case: int, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """The days that were left when it was paused go on. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        held = hold_subscription(agent, number, case=case, seen=seen, by=by, at=at)
        subscriptions.resume(held.row, conversation=held.case.id, by=by, at=at)


def pay_subscription_by(
    agent: Person, number: str, method: str, *, case: int, seen: int | None = None, by: Actor, at: datetime
) -> str:
    """Another way to pay; one that is past due is charged at once. The state it is in then. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        held = hold_subscription(agent, number, case=case, seen=seen, by=by, at=at)
        key = way_to_pay(held.row.customer_id, held.row.currency, method)
        if key is None:
            raise OrderRefused("no_such_method", "The customer has no such way to pay.")
        subscriptions.pay_by(held.row, key, conversation=held.case.id, by=by, at=at)
        row = subscriptions.held(held.row.id)
        if row.state == "past_due" and renew(row, conversation=held.case.id, by=by, at=at) != "renewed":
            raise OrderRefused("not_paid", "The period that is due can't be paid this way either: choose another.")
        return str(subscriptions.held(held.row.id).state)


def pause_until(held: HeldSubscription, periods: int | None, *, at: datetime) -> datetime | None:
    """Raises OrderRefused."""
    if periods is None:
        return None
    if not 1 <= periods <= LONGEST_PAUSE:
        raise OrderRefused("bad_periods", f"A pause lasts 1 to {LONGEST_PAUSE} periods.")
    row = held.row
    return period_after(at, anchor=at.day, period=row.period, every=row.every * periods)


def _switched(held: HeldSubscription, asked: PlanChange, *, at: datetime) -> Switch:
    row = held.row
    require_may("change", row.state)
    if row.ends_at is not None:
        raise OrderRefused("ends_already", "It ends with the period that runs: take that back first.")
    plan = require_plan(plans_among([asked.variant]).get(asked.variant), currency=row.currency)
    quantity = row.quantity if asked.quantity is None else asked.quantity
    require_quantity(quantity)
    if asked.at_period_end and quantity != row.quantity:
        raise OrderRefused("quantity_now", "Another quantity begins at once, not with the next period.")
    if plan.variant == row.variant_id and quantity == row.quantity and not asked.at_period_end:
        raise OrderRefused("same_plan", "That is the plan it has.")
    return switch(row, plan, quantity, last=charge_for(row.id, at=at), at=at)
