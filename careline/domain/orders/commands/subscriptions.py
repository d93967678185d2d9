"""Subscriptions begin, change, pause, resume and end. Guarded: flows only; the customer's row is held, then the subscription's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.history.commands import Happening, record
from careline.domain.orders.commands.money import move_balance, store_credit
from careline.domain.orders.commands.waiting_periods import drop_waiting
from careline.domain.orders.errors import NotFound
from careline.domain.orders.rules.subscriptions import (
    ACTIVE,
    CANCELLED,
    TRIAL,
    Plan,
    Switch,
    days_between,
    period_after,
    require_may,
    require_plan,
    require_quantity,
)
from careline.kit import db

_BEGIN = """
INSERT INTO orders_subscription (number, customer_id, variant_id, method_id, state, quantity, unit_price, percent_off, currency, period, every,
    anchor, period_start, period_end, due_at, offer_percent, offer_left, credit, tries, cancel_reason, started_at, version)
VALUES ('S' || nextval('subscription_number'), %(customer)s, %(variant)s, %(method)s, %(state)s, %(quantity)s, %(unit_price)s,
    %(percent_off)s, %(currency)s, %(period)s, %(every)s, %(anchor)s, %(start)s, %(end)s, %(due)s, 0, 0, 0, 0, '', %(at)s, 1)
RETURNING id
"""
_SWITCH = """
UPDATE orders_subscription SET variant_id = %(variant)s, next_variant_id = NULL, quantity = %(quantity)s, unit_price = %(unit_price)s,
    percent_off = %(percent_off)s, period = %(period)s, every = %(every)s, anchor = %(anchor)s, period_start = %(start)s, period_end = %(end)s,
    due_at = %(end)s, credit = %(credit)s, version = version + 1
WHERE id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan for a customer. `method`: how it is paid; `trial_days` None: as the plan's terms say."""

    customer: int
    plan: Plan
    quantity: int = 1
    method: int | None = None
    trial_days: int | None = None
    conversation: int | None = None


def held(key: int) -> Any:
    """Its row, held until the transaction ends. Raises NotFound."""
    row = db.row("SELECT * FROM orders_subscription WHERE id = %s FOR UPDATE", [key])
    if row is None:
        raise NotFound(f"There is no subscription {key}.")
    return row


def owner_of(key: int) -> int:
    """Whose it is: their row is held before its own."""
    return int(db.value("SELECT customer_id FROM orders_subscription WHERE id = %s", [key]))


@transaction.atomic
def begin(wanted: Wanted, *, by: Actor, at: datetime) -> int:
    """Its key. Without a trial its first period is due at once (`charge_due` charges it). Raises OrderRefused."""
    plan, terms = require_plan(wanted.plan), wanted.plan.terms
    require_quantity(wanted.quantity)
    days = terms.trial_days if wanted.trial_days is None else wanted.trial_days
    end = at + timedelta(days=days)
    key = int(
        db.value(
            _BEGIN,
            {
                "customer": wanted.customer, "variant": plan.variant, "method": wanted.method, "state": TRIAL if days else ACTIVE,
                "quantity": wanted.quantity, "unit_price": plan.unit_price, "percent_off": terms.percent_off(wanted.quantity),
                "currency": plan.currency, "period": terms.period, "every": terms.every, "anchor": end.day, "start": at, "end": end,
                "due": end, "at": at,
            },
        )
    )  # fmt: skip
    data = {
        "variant": plan.variant,
        "quantity": wanted.quantity,
        "price": plan.price(wanted.quantity),
        "currency": plan.currency,
    }
    happening = Happening("subscription.started", "subscription", key, wanted.conversation, wanted.customer, data)
    record(happening, by=by, at=at)
    return key


@transaction.atomic
def switch_now(row: Any, change: Switch, *, conversation: int | None, by: Actor, at: datetime) -> None:
    """Another plan or quantity from now on; what it costs is charged by the caller, in the same transaction."""
    plan, terms = change.plan, change.plan.terms
    anchor = at.day if change.is_new_period else row.anchor
    db.execute(
        _SWITCH,
        {
            "id": row.id, "variant": plan.variant, "quantity": change.quantity, "unit_price": plan.unit_price,
            "percent_off": terms.percent_off(change.quantity), "period": terms.period, "every": terms.every, "anchor": anchor,
            "start": change.period_start, "end": change.period_end, "credit": change.credit,
        },
    )  # fmt: skip
    data = {
        "variant": plan.variant,
        "from": row.variant_id,
        "quantity": change.quantity,
        "unused": change.unused,
        "full": change.full,
    }
    say("changed", row, data, conversation=conversation, by=by, at=at)


@transaction.atomic
def switch_later(row: Any, plan: Plan, *, conversation: int | None, by: Actor, at: datetime) -> None:
    """Another plan when the period that runs is over; nothing is charged until then."""
    db.execute(
        "UPDATE orders_subscription SET next_variant_id = %s, version = version + 1 WHERE id = %s",
        [plan.variant, row.id],
    )
    say(
        "change_planned",
        row,
        {"variant": plan.variant, "from": row.variant_id},
        conversation=conversation,
        by=by,
        at=at,
    )


@transaction.atomic
def pause(row: Any, *, until: datetime | None, conversation: int | None, by: Actor, at: datetime) -> None:
    """What is left of the period waits. `until`: it resumes by itself. Raises OrderRefused."""
    require_may("pause", row.state)
    left = days_between(at, row.period_end)
    db.execute(
        """UPDATE orders_subscription SET state = 'paused', paused_at = %(at)s, days_left = %(left)s, resumes_at = %(until)s,
               due_at = %(until)s, version = version + 1 WHERE id = %(id)s""",
        {"id": row.id, "left": left, "until": until, "at": at},
    )
    say("paused", row, {"days_left": left}, conversation=conversation, by=by, at=at)


@transaction.atomic
def resume(row: Any, *, conversation: int | None, by: Actor, at: datetime) -> None:
    """The days that were left go on from now; where none were, the next period is due at once. Raises OrderRefused."""
    require_may("resume", row.state)
    end = at + timedelta(days=row.days_left or 0)
    values = {"id": row.id, "end": end, "old": row.period_end, "later": end - row.period_end, "anchor": end.day}
    db.execute(
        """UPDATE orders_subscription SET state = 'active', paused_at = NULL, days_left = NULL, resumes_at = NULL, anchor = %(anchor)s,
               period_start = period_start + %(later)s, period_end = %(end)s, due_at = %(end)s, version = version + 1,
               ends_at = CASE WHEN ends_at IS NULL THEN NULL ELSE %(end)s END
           WHERE id = %(id)s""",
        values,
    )
    # What was paid for is as long as before, only later: its days are counted from there.
    db.execute(
        """UPDATE orders_charge SET of = of + %(later)s, until = %(end)s WHERE id = (
               SELECT id FROM orders_charge WHERE subscription_id = %(id)s AND until = %(old)s ORDER BY id DESC LIMIT 1)""",
        values,
    )
    say("resumed", row, {}, conversation=conversation, by=by, at=at)


@transaction.atomic
def end_with_period(row: Any, *, reason: str, conversation: int | None, by: Actor, at: datetime) -> None:
    """It runs until what was paid for is over, and is not charged again. Raises OrderRefused."""
    require_may("cancel", row.state)
    if row.state not in (TRIAL, ACTIVE):
        end_now(row, reason=reason, conversation=conversation, by=by, at=at)
        return
    db.execute(
        """UPDATE orders_subscription SET ends_at = period_end, next_variant_id = NULL, cancel_reason = %s, version = version + 1
           WHERE id = %s""",
        [reason, row.id],
    )
    say("cancellation_planned", row, {"reason": reason}, conversation=conversation, by=by, at=at)


@transaction.atomic
def keep(row: Any, *, conversation: int | None, by: Actor, at: datetime) -> None:
    """The customer stays: the end that was planned is not. Raises OrderRefused."""
    require_may("keep", row.state)
    db.execute(
        "UPDATE orders_subscription SET ends_at = NULL, cancel_reason = '', version = version + 1 WHERE id = %s",
        [row.id],
    )
    say("kept", row, {}, conversation=conversation, by=by, at=at)


@transaction.atomic
def end_now(row: Any, *, reason: str, conversation: int | None, gives_back: int = 0, by: Actor, at: datetime) -> None:
    """It is over. `gives_back`, and what is owed to the customer, become store credit. Raises OrderRefused."""
    require_may("cancel", row.state)
    drop_waiting(row, reason=reason, conversation=conversation, by=by, at=at)
    owed = gives_back + row.credit
    db.execute(
        """UPDATE orders_subscription SET state = 'cancelled', cancelled_at = %(at)s, ends_at = NULL, due_at = NULL, resumes_at = NULL,
               next_variant_id = NULL, credit = 0, cancel_reason = %(reason)s, version = version + 1 WHERE id = %(id)s""",
        {"id": row.id, "reason": reason, "at": at},
    )
    if owed:
        method = store_credit(row.customer_id, row.currency, at=at)
        move_balance(method, owed, currency=row.currency, order=None, why="subscription", at=at)
    data = {"reason": reason, "gives_back": owed, "currency": row.currency}
    say(CANCELLED, row, data, conversation=conversation, by=by, at=at)


@transaction.atomic
def give_discount(row: Any, *, percent: int, periods: int, conversation: int | None, by: Actor, at: datetime) -> None:
    """So much off the next periods."""
    db.execute(
        "UPDATE orders_subscription SET offer_percent = %s, offer_left = %s, version = version + 1 WHERE id = %s",
        [percent, periods, row.id],
    )
    say("discounted", row, {"percent": percent, "periods": periods}, conversation=conversation, by=by, at=at)


@transaction.atomic
def pay_by(row: Any, method: int, *, conversation: int | None, by: Actor, at: datetime) -> None:
    """From now on it is paid so."""
    db.execute("UPDATE orders_subscription SET method_id = %s, version = version + 1 WHERE id = %s", [method, row.id])
    say("payment_changed", row, {"method": method}, conversation=conversation, by=by, at=at)


def next_period(row: Any, *, start: datetime) -> datetime:
    return period_after(start, anchor=row.anchor, period=row.period, every=row.every)


def say(
    what: str, row: Any, data: Mapping[str, Any], *, conversation: int | None = None, by: Actor, at: datetime
) -> None:
    record(
        Happening(f"subscription.{what}", "subscription", row.id, conversation, row.customer_id, dict(data)),
        by=by,
        at=at,
    )
