"""What subscriptions cost is charged: each charge is an order that is paid at once, each period once. Guarded: flows only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands.placing import NewLine, NewOrder, place
from careline.domain.orders.commands.subscriptions import Wanted, begin, end_now, held, next_period, resume, say
from careline.domain.orders.commands.waiting_periods import drop_waiting, source_of
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.subscriptions import plans_among
from careline.domain.orders.rules.subscriptions import (
    PAST_DUE,
    PAUSED,
    TRIES_AFTER,
    UNPAID,
    Due,
    Plan,
    due_for,
    price_of,
)
from careline.kit import db

_CHARGE = """
INSERT INTO orders_charge (subscription_id, kind, of, until, "full", discount, from_credit, amount, currency, order_id, at)
VALUES (%(subscription)s, %(kind)s, %(of)s, %(until)s, %(full)s, %(discount)s, %(from_credit)s, %(amount)s, %(currency)s, %(order)s, %(at)s)
ON CONFLICT DO NOTHING RETURNING id
"""
_BOUGHT = """
SELECT l.variant_id, l.quantity, l.amount, l.due, o.customer_id, (
    SELECT p.method_id FROM orders_payment p JOIN orders_method m ON m.id = p.method_id AND m.is_active
    WHERE p.order_id = o.id AND p.kind = 'payment' AND p.state IN ('settled', 'pending') ORDER BY p.id LIMIT 1) AS method_id
FROM orders_line l JOIN orders_order o ON o.id = l.order_id
WHERE o.id = %s AND l.kind = 'item' AND l.variant_id IS NOT NULL AND NOT EXISTS (SELECT FROM orders_charge c WHERE c.order_id = o.id)
ORDER BY l.position
"""
_RENEW = """
UPDATE orders_subscription SET state = 'active', variant_id = %(variant)s, unit_price = %(unit_price)s, percent_off = %(percent_off)s,
    period = %(period)s, every = %(every)s, next_variant_id = NULL, period_start = %(start)s, period_end = %(end)s, due_at = %(end)s,
    credit = credit - %(from_credit)s, offer_left = greatest(0, offer_left - %(periods_off)s),
    offer_percent = CASE WHEN offer_left > %(periods_off)s THEN offer_percent ELSE 0 END, tries = 0, anchor = %(anchor)s, version = version + 1
WHERE id = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Coming:
    """The period that follows: the subscription's row with the plan that holds then, from when to when, and what it comes to."""

    row: Any
    start: datetime
    end: datetime
    anchor: int
    due: Due
    takes_offer: bool = True

    def paid_as(self, due: Due) -> Coming:
        """Paid as it was asked for: an offer that was taken since is left for later periods."""
        return replace(self, due=due, takes_offer=False)


@transaction.atomic
def step_due(row: Any, *, by: Actor, at: datetime) -> str:
    """What the clock does with one that is due: ended, resumed, renewed, past_due or given up. The subscription is held."""
    if row.state == PAUSED:
        resume(row, conversation=None, by=by, at=at)
        return "resumed"
    if row.ends_at is not None and row.ends_at <= at:
        end_now(row, reason=row.cancel_reason, conversation=None, by=by, at=at)
        return "ended"
    return renew(row, conversation=None, by=by, at=at)


@transaction.atomic
def renew(row: Any, *, conversation: int | None, by: Actor, at: datetime) -> str:
    """Charges the period that follows, once: renewed, or past_due where it can't be paid, given up after the last try."""
    coming = coming_period(row)
    try:
        with db.savepoint():
            order = charge(
                coming.row,
                coming.due,
                kind="period",
                of=coming.start,
                until=coming.end,
                conversation=conversation,
                by=by,
                at=at,
            )
    except OrderRefused as refused:
        return _failed(row, refused, conversation=conversation, by=by, at=at)
    drop_waiting(row, reason="paid_otherwise", conversation=conversation, by=by, at=at)
    go_on(coming, order, conversation=conversation, by=by, at=at)
    return "renewed"


def coming_period(row: Any) -> Coming:
    plan = plans_among([row.next_variant_id])[row.next_variant_id] if row.next_variant_id else None
    start = row.period_end
    is_other = plan is not None and (plan.terms.period, plan.terms.every) != (row.period, row.every)
    row = _with_plan(row, plan)
    full = price_of(row.unit_price, row.quantity, row.percent_off)
    due = due_for(full, offer_percent=row.offer_percent if row.offer_left else 0, credit=row.credit)
    return Coming(row, start, next_period(row, start=start), start.day if is_other else row.anchor, due)


def go_on(coming: Coming, order: int | None, *, conversation: int | None, by: Actor, at: datetime) -> None:
    """The period that was paid for runs now."""
    row, due = coming.row, coming.due
    db.execute(
        _RENEW,
        {
            "id": row.id, "variant": row.variant_id, "unit_price": row.unit_price, "percent_off": row.percent_off, "period": row.period,
            "every": row.every, "start": coming.start, "end": coming.end, "from_credit": due.from_credit, "anchor": coming.anchor,
            "periods_off": int(coming.takes_offer),
        },
    )  # fmt: skip
    data = {
        "amount": due.amount,
        "full": due.full,
        "discount": due.discount,
        "from_credit": due.from_credit,
        "currency": row.currency,
    }
    say("charged", row, {**data, "order": order}, conversation=conversation, by=by, at=at)


@transaction.atomic
def begin_bought(order: int, *, conversation: int | None, by: Actor, at: datetime) -> list[int]:
    """What is paid for in periods among an order's items begins, each once: the order has paid the first period, without a trial.
    Their keys. The later ones are charged to what the order was paid by, where that can be charged again."""
    lines = db.rows(_BOUGHT, [order])
    plans, begun = plans_among([line.variant_id for line in lines]), []
    for line in lines:
        if line.variant_id not in plans:
            continue
        plan = plans[line.variant_id]
        wanted = Wanted(line.customer_id, plan, line.quantity, line.method_id, trial_days=0, conversation=conversation)
        row = held(begin(wanted, by=by, at=at))
        end = next_period(row, start=at)
        full, paid = max(line.amount, line.due), line.due
        note_charge(row, Due(full, full - paid, 0, paid), kind="period", of=at, until=end, order=order, at=at)
        db.execute(
            _RENEW,
            {
                "id": row.id, "variant": row.variant_id, "unit_price": row.unit_price, "percent_off": row.percent_off, "period": row.period,
                "every": row.every, "start": at, "end": end, "from_credit": 0, "anchor": row.anchor, "periods_off": 1,
            },
        )  # fmt: skip
        data = {"amount": paid, "full": full, "discount": full - paid, "from_credit": 0, "currency": row.currency}
        say("charged", row, {**data, "order": order}, conversation=conversation, by=by, at=at)
        begun.append(int(row.id))
    if begun:
        note_there(order, at=at)
    return begun


@transaction.atomic
def charge(
    row: Any, due: Due, *, kind: str, of: datetime, until: datetime, conversation: int | None, by: Actor, at: datetime
) -> int | None:
    """The order's key; None where nothing was to pay. Raises OrderRefused where it can't be paid; then nothing was charged."""
    order = _order(row, due, conversation=conversation, by=by, at=at) if due.amount else None
    if not note_charge(row, due, kind=kind, of=of, until=until, order=order, at=at):
        raise OrderRefused("charged_before", "This period was charged already.")
    return order


def note_charge(
    row: Any, due: Due, *, kind: str, of: datetime, until: datetime, order: int | None, at: datetime
) -> bool:
    """False where the period was charged before."""
    made = db.value(
        _CHARGE,
        {
            "subscription": row.id, "kind": kind, "of": of, "until": until, "full": due.full, "discount": due.discount,
            "from_credit": due.from_credit, "amount": due.amount, "currency": row.currency, "order": order, "at": at,
        },
    )  # fmt: skip
    return made is not None


def _order(row: Any, due: Due, *, conversation: int | None, by: Actor, at: datetime) -> int:
    method = db.row("SELECT id, is_active FROM orders_method WHERE id = %s", [row.method_id]) if row.method_id else None
    if method is None or not method.is_active:
        raise OrderRefused("no_method", "There is no way to pay for it that works.")
    key = place_period(row, due, payments={row.method_id: due.amount}, conversation=conversation, by=by, at=at)
    note_there(key, at=at)
    return key


def place_period(
    row: Any, due: Due, *, payments: Mapping[int, int], conversation: int | None, by: Actor, at: datetime
) -> int:
    """The order of a period; nothing is taken from the stock or sent for it. Raises OrderRefused."""
    name = str(
        db.value(
            "SELECT p.name FROM orders_variant v JOIN orders_product p ON p.id = v.product_id WHERE v.id = %s",
            [row.variant_id],
        )
    )
    off = [("Discount", -due.discount), ("Credit", -due.from_credit)]
    lines = (
        NewLine("item", name, due.full, row.variant_id, quantity=row.quantity, unit_price=row.unit_price),
        *(NewLine("discount", said, amount) for said, amount in off if amount),
    )
    new = NewOrder(row.customer_id, row.currency, lines, payments, source=source_of(row))
    key = place(new, takes_stock=False, conversation=conversation, by=by, at=at)
    db.execute(
        "UPDATE orders_line SET shipped = quantity, delivered = quantity WHERE order_id = %s AND kind = 'item'", [key]
    )
    return key


def note_there(order: int, *, at: datetime) -> None:
    """Nothing is packed or shipped for it: what was bought is there."""
    db.execute(
        "UPDATE orders_order SET state = 'delivered', processed_at = %(at)s, shipped_at = %(at)s, delivered_at = %(at)s WHERE id = %(key)s",
        {"key": order, "at": at},
    )
    db.execute(
        "UPDATE orders_line SET shipped = quantity, delivered = quantity WHERE order_id = %s AND kind = 'item'", [order]
    )


def _failed(row: Any, refused: OrderRefused, *, conversation: int | None, by: Actor, at: datetime) -> str:
    if row.tries >= len(TRIES_AFTER):
        end_now(row, reason=UNPAID, conversation=conversation, by=by, at=at)
        return "given_up"
    db.execute(
        """UPDATE orders_subscription SET state = 'past_due', tries = tries + 1, due_at = %(again)s, version = version + 1
           WHERE id = %(id)s""",
        {"id": row.id, "again": at + TRIES_AFTER[row.tries]},
    )
    say(PAST_DUE, row, {"code": refused.code, "tries": row.tries + 1}, conversation=conversation, by=by, at=at)
    return PAST_DUE


def _with_plan(row: Any, plan: Plan | None) -> Any:
    """The row with the plan that takes its place now."""
    if plan is None:
        return row
    terms = plan.terms
    return row._replace(
        variant_id=plan.variant, unit_price=plan.unit_price, percent_off=terms.percent_off(row.quantity), period=terms.period, every=terms.every
    )  # fmt: skip
