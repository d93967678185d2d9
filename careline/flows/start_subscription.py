"""A customer begins to pay for something, period by period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, subscriptions
from careline.domain.orders.commands.charges import renew
from careline.domain.orders.commands.subscriptions import Wanted
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.subscriptions import plans_among
from careline.domain.orders.rules.subscriptions import ACTIVE, require_plan
from careline.domain.staff.rules import Person
from careline.flows.hold_subscription import VERB, way_to_pay
from careline.flows.identify import require_identified


@dataclass(frozen=True, slots=True)
class Starting:
    """`price`: what they agreed to for a period, in minor units; where it has changed since, nothing is begun."""

    case: int
    variant: int
    quantity: int = 1
    method: str | None = None
    price: int | None = None


def start_subscription(agent: Person, asked: Starting, *, by: Actor, at: datetime) -> str:
    """Its number. Without a trial the first period is paid at once. Raises NotFound, Forbidden, OrderRefused; then nothing was begun."""
    with transaction.atomic():
        stands = conversation_for(agent, asked.case)
        owner = root_of(stands.customer_id) if stands.customer_id is not None else None
        if owner is None:
            raise OrderRefused("no_customer", "The case has no customer yet.")
        customer_for(agent, owner, verb=VERB)
        carrying_out.hold_customer(owner)
        case = cases.locked(stands.id)
        require_identified(case, owner, by=by, at=at)
        plan = require_plan(plans_among([asked.variant]).get(asked.variant))
        if asked.price is not None and asked.price != plan.price(asked.quantity):
            raise OrderRefused(
                "price_changed", "The price has changed since you looked at it: look again, then decide."
            )
        method = way_to_pay(owner, plan.currency, asked.method)
        wanted = Wanted(owner, plan, asked.quantity, method, conversation=case.id)
        row = subscriptions.held(subscriptions.begin(wanted, by=by, at=at))
        if row.state == ACTIVE and renew(row, conversation=case.id, by=by, at=at) != "renewed":
            raise OrderRefused("not_paid", "The first period can't be paid this way: choose another.")
        return str(row.number)
