"""What may be offered to a customer: taken up on a case (it goes into the cart), or not wanted; and whether they want offers at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.desk.queries.offers import Offered, offers_for
from careline.domain.history.actor import Actor
from careline.domain.loyalty.commands.offers import Told, note_offer, prefer_offers
from careline.domain.loyalty.errors import LoyaltyRefused
from careline.domain.orders.commands.carrying_out import hold_customer
from careline.domain.staff.rules import Person
from careline.flows.fill_cart import CartChange, change_cart

READ, WRITE = "order:read", "order:write"


@dataclass(frozen=True, slots=True)
class Answer:
    """`variant`: what goes into the cart of the case; None: they don't want the product."""

    product: int
    case: int | None = None
    variant: int | None = None


def offers_to(agent: Person, customer: int, *, at: datetime) -> list[Offered]:
    """Raises NotFound, Forbidden."""
    customer_for(agent, customer, verb=READ)
    return offers_for(customer, at=at)


def answer_offer(agent: Person, customer: int, answer: Answer, *, by: Actor, at: datetime) -> int:
    """What they said is kept, and not asked again for long. Raises NotFound, Forbidden, LoyaltyRefused, OrderRefused."""
    customer_for(agent, customer, verb=WRITE)
    with transaction.atomic():
        hold_customer(customer)
        offered = next((one for one in offers_for(customer, at=at) if one.pair.product == answer.product), None)
        if offered is None:
            raise LoyaltyRefused("not_offered", "This is not offered to them any more.")
        conversation = _case_of(agent, customer, answer.case)
        if answer.variant is not None:
            if answer.case is None:
                raise LoyaltyRefused("case_missing", "Say on which case they take it: it goes into the cart there.")
            if answer.variant not in [one["id"] for one in offered.row.variants]:
                raise LoyaltyRefused("not_offered", "This is not offered to them any more.")
            change_cart(agent, answer.case, CartChange(units={answer.variant: 1}), by=by, at=at)
        state = "dismissed" if answer.variant is None else "accepted"
        return note_offer(Told(customer, conversation, offered.pair), state, by=by, at=at)


def set_offers(agent: Person, customer: int, wants: bool, *, by: Actor, at: datetime) -> None:
    """Whether they want offers, as they told a colleague. Raises NotFound, Forbidden."""
    customer_for(agent, customer, verb="customer:write")
    prefer_offers(customer, wants, how=by.via or "agent", by=by, at=at)


def set_own_offers(customer: int, wants: bool, *, by: Actor, at: datetime) -> None:
    """The same by themselves, signed in on their pages."""
    prefer_offers(customer, wants, how="portal", by=by, at=at)


def _case_of(agent: Person, customer: int, number: int | None) -> int | None:
    """Raises NotFound, LoyaltyRefused where the case is another customer's."""
    if number is None:
        return None
    case = conversation_for(agent, number)
    if case.customer_id is None or root_of(case.customer_id) != customer:
        raise LoyaltyRefused("another_customer", "This is another customer than the case's.")
    return case.id
