"""Money of an order has come, gone, or not: said by hand, or by a program that hears it from the bank or the gateway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.desk.queries.orders import order_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, money, settling
from careline.domain.orders.commands.settling import FAILED, LONGEST_REFERENCE, SETTLED
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.queries.held import facts_of
from careline.domain.orders.rules.plans import NEW_CREDIT, back_to
from careline.domain.staff.rules import Person
from careline.flows.hold_order import Held, hold_order, method_of, require_kept_here

VERB = "payment:settle"
AGAIN = "order:refund"
OUTCOMES = (SETTLED, FAILED)


@dataclass(frozen=True, slots=True)
class Result:
    """`reference`: what the bank or the gateway calls it; one payment each."""

    outcome: str
    reference: str = ""


def settle_payment(agent: Person, order: str, payment: int, result: Result, *, by: Actor, at: datetime) -> bool:
    """False where it was known already, however often it is said. Raises NotFound, Forbidden, OrderRefused."""
    found = order_for(agent, order, verb=VERB)
    reference = " ".join(result.reference.split())[:LONGEST_REFERENCE]
    if result.outcome not in OUTCOMES:
        raise OrderRefused("bad_outcome", f"A payment is {' or '.join(OUTCOMES)}.")
    with transaction.atomic():
        carrying_out.hold_customer(found.owner_id)
        held = facts_of(carrying_out.held(found.id))
        require_kept_here(held.id)
        row = _payment(held.id, payment)
        return settling.note_result(held, row, result.outcome, reference=reference, by=by, at=at)


def refund_again(agent: Person, order: str, payment: int, method: str, *, case: int, by: Actor, at: datetime) -> int:
    """A refund that failed goes back another way: somebody has agreed to it once. The new payment's key.

    Raises NotFound, Forbidden, OrderRefused.
    """
    with transaction.atomic():
        held = hold_order(agent, order, case=case, verb=AGAIN, by=by, at=at)
        row = _payment(held.order.id, payment)
        return settling.pay_again(held.order, row, _way(held, row, method, at=at), by=by, at=at)


def _way(held: Held, payment: Any, words: str, *, at: datetime) -> int:
    """Where it may go: to the way it was paid, a gift card or store credit, nowhere else."""
    method = method_of(held, words)
    if method is None:
        raise OrderRefused("method_missing", "Say which way it goes.")
    if method.id == NEW_CREDIT:
        return money.store_credit(held.order.customer, held.order.currency, at=at)
    back_to(held.order, payment.amount, method)
    return method.id


def _payment(order: int, payment: int) -> Any:
    row = settling.held_payment(order, payment)
    if row is None:
        raise NotFound(f"The order has no payment {payment}.")
    return row
