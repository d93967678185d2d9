"""Store credit out of goodwill, to the customer of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.desk.queries.orders import order_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, credits
from careline.domain.orders.errors import OrderRefused
from careline.domain.staff.rules import Person, require
from careline.flows.identify import require_identified
from careline.kit.money import Money

VERB = "order:refund"


@dataclass(frozen=True, slots=True)
class Giving:
    """`order`: what it is for, where it is for one."""

    case: int
    amount: Money
    reason: str
    order: str = ""


def give_credit(agent: Person, asked: Giving, *, by: Actor, at: datetime) -> int:
    """The credit's key. Raises NotFound, Forbidden, OrderRefused; then nothing has changed."""
    require(agent, VERB)
    if not asked.reason.strip():
        raise OrderRefused("reason_missing", "Say what the credit is for.")
    with transaction.atomic():
        stands = conversation_for(agent, asked.case)
        owner = root_of(stands.customer_id) if stands.customer_id is not None else None
        if owner is None:
            raise OrderRefused("no_customer", "The case has no customer yet.")
        customer_for(agent, owner, verb=VERB)
        order = order_for(agent, asked.order) if asked.order else None
        if order is not None and order.owner_id != owner:
            raise OrderRefused("another_customer", "This order belongs to another customer than the case.")
        carrying_out.hold_customer(owner)
        case = cases.locked(stands.id)
        require_identified(case, owner, by=by, at=at)
        return credits.give_credit(
            owner, asked.amount, order=order.id if order else None, conversation=case.id, reason=asked.reason.strip()[:2000], by=by, at=at
        )  # fmt: skip
