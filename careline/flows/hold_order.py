"""An order is taken in hand from a case: seen, its customer the case's and identified, all of it held in one order of locks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.conversations.commands import cases
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.orders import order_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import facts_of, method_by_id, order_by_number, store_credit_of
from careline.domain.orders.queries.shops import shop_of_order
from careline.domain.orders.rules.facts import Method, Order
from careline.domain.orders.rules.plans import NEW_CREDIT
from careline.domain.staff.rules import Person
from careline.flows.identify import require_identified

STORE_CREDIT = "store_credit"


@dataclass(frozen=True, slots=True)
class Held:
    """`owner`: the customer who answers for it now, where the buyer was merged into another."""

    order: Order
    case: Any
    owner: int
    row: Any


def hold_order(
    person: Person,
    words: str,
    *,
    case: int,
    verb: str = "order:write",
    may_be_elsewhere: bool = False,
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Held:
    """Inside a transaction. Locks go customer → case → order. `seen`: the version that they looked at. `may_be_elsewhere`: what is done can
    be carried out in the outside shop that keeps the order.

    Raises NotFound, Forbidden, MergedAway, OrderRefused.
    """
    found = order_for(person, words, verb=verb)
    stands = conversation_for(person, case)
    carrying_out.hold_customer(found.owner_id)
    held_case = cases.locked(stands.id)
    order = facts_of(carrying_out.held(found.id))
    if not may_be_elsewhere:
        require_kept_here(order.id)
    require_identified(held_case, found.owner_id, by=by, at=at)
    if seen is not None and seen != order.version:
        raise OrderRefused("order_changed", "The order has changed since you looked at it: look again, then decide.")
    return Held(order, held_case, found.owner_id, found)


def require_kept_here(order: int) -> None:
    """Raises OrderRefused (`kept_elsewhere`) for an order of an outside shop."""
    shop = shop_of_order(order)
    if shop:
        raise OrderRefused("kept_elsewhere", f"This order is kept in {shop}: do it there, and it is seen here.")


def hold_buyer(person: Person, customer: int, *, case: int, by: Actor, at: datetime) -> Any:
    """The case, held after its customer, who is this one and identified on it. Raises NotFound, Forbidden, MergedAway, OrderRefused."""
    stands = conversation_for(person, case)
    owner = root_of(customer) or customer
    carrying_out.hold_customer(owner)
    held_case = cases.locked(stands.id)
    require_identified(held_case, owner, by=by, at=at)
    return held_case


def held_again(number: str, case: Any, *, may_be_elsewhere: bool = False) -> Held:
    """For what was approved: the case is held by whoever decided, the customer was identified when it was asked for."""
    row = order_by_number(number)
    if not may_be_elsewhere:
        require_kept_here(row.id)
    return Held(facts_of(carrying_out.held(row.id)), case, root_of(row.customer_id) or row.customer_id, row)


def method_of(held: Held, words: str | None) -> Method | None:
    """An id, `store_credit`, or nothing: the way it was paid. Raises OrderRefused."""
    if words is None or words == "":
        return None
    if words == STORE_CREDIT:
        kept = store_credit_of(held.order.customer, held.order.currency)
        return kept or Method(NEW_CREDIT, held.order.customer, STORE_CREDIT, held.order.currency, 0)
    found = method_by_id(int(words)) if words.isascii() and words.isdecimal() and len(words) < 19 else None
    if found is None or found.customer != held.order.customer:
        raise OrderRefused("no_such_method", "The customer has no such way to pay.")
    return found
