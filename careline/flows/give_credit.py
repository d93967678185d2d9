"""Store credit out of goodwill, to the customer of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.desk.queries.orders import order_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, credits
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import facts_of
from careline.domain.staff.rules import Person, require
from careline.flows.authorise import Authorised, Wish, authorise
from careline.flows.hold_order import Held
from careline.flows.identify import NotTheirs, require_identified
from careline.flows.order_authority import facts_of_buyer, facts_of_order
from careline.kit.money import Money

VERB = "order:refund"


@dataclass(frozen=True, slots=True)
class Giving:
    """`order`: what it is for, where it is for one."""

    case: int
    amount: Money
    reason: str
    order: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """`id` of the credit, or `request`: what waits for approval instead."""

    id: int | None = None
    request: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """`order`: its row, where the credit is for one."""

    case: Any
    owner: int
    order: Any | None


def give_credit(agent: Person, asked: Giving, *, by: Actor, at: datetime) -> Given:
    """At once within their authority, else it waits. Raises NotFound, Forbidden, OrderRefused, Denied, AlreadyAsked."""
    require(agent, VERB)
    if not asked.reason.strip():
        raise OrderRefused("reason_missing", "Say what the credit is for.")
    if asked.amount.minor <= 0:
        raise OrderRefused("bad_amount", "A credit is more than nothing.")
    with transaction.atomic():
        stands = conversation_for(agent, asked.case)
        owner = root_of(stands.customer_id) if stands.customer_id is not None else None
        if owner is None:
            raise OrderRefused("no_customer", "The case has no customer yet.")
        customer_for(agent, owner, verb=VERB)
        order = order_for(agent, asked.order) if asked.order else None
        if order is not None and order.owner_id != owner:
            raise NotTheirs("another_customer", "This order belongs to another customer than the case.")
        carrying_out.hold_customer(owner)
        case = cases.locked(stands.id)
        require_identified(case, owner, by=by, at=at)
        params = {"owner": owner, "order": order.id if order else None}
        answer = _authorised(agent, Wanted(case, owner, order), asked, params, by=by, at=at)
        done = Given(request=answer.request)
        if answer.is_allowed and answer.refusal is None:
            reason = asked.reason.strip()[:2000]
            done = Given(
                credits.give_credit(
                    owner, asked.amount, order=params["order"], conversation=case.id, reason=reason, by=by, at=at
                )
            )
    if answer.refusal is not None:
        raise answer.refusal
    return done


def credit_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved; its money is what is given. Raises OrderRefused."""
    if "owner" not in one.params or one.money is None:
        raise OrderRefused("no_such_customer", "Ask for a credit on the customer's order.")
    key = credits.give_credit(
        one.params["owner"],
        one.money,
        order=one.params["order"],
        conversation=one.case.id,
        reason=one.words,
        by=by,
        at=at,
    )
    return {"credit": key}


def _authorised(
    agent: Person, to: Wanted, asked: Giving, params: Mapping[str, Any], *, by: Actor, at: datetime
) -> Authorised:
    """What the order is known for steers the policy, where there is one; limits in percent are of its total."""
    if to.order is None:
        facts = facts_of_buyer(to.case, to.owner, amount=asked.amount, reason=asked.reason, at=at)
    else:
        held = Held(facts_of(carrying_out.held(to.order.id)), to.case, to.owner, to.order)
        facts = replace(facts_of_order(held, amount=0, reason=asked.reason, at=at), amount=asked.amount)
    return authorise(agent, to.case, Wish("credit", ("customer", to.owner), facts, params, asked.reason), by=by, at=at)
