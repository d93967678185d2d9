"""An order is placed for a customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, proposing
from careline.domain.orders.commands.placing import NewOrder, place
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import method_by_id
from careline.domain.orders.rules.facts import CHARGED_LATER
from careline.domain.staff.rules import Person
from careline.flows.authorise import Authorised
from careline.flows.hold_order import hold_buyer
from careline.flows.order_authority import authorise_for_buyer
from careline.flows.priced_order import Placing, Wanted, asked_again, discount_of, goods_of, kept, priced
from careline.kit.money import Money

__all__ = ["Placed", "Placing", "Wanted", "discount_approved", "place_order", "write_down_order"]

VERB = "order:write"
DISCOUNT = "discount"


@dataclass(frozen=True, slots=True)
class Placed:
    """`id` of the order; or `request`: who has to agree to its discount was asked instead."""

    id: int | None = None
    request: int | None = None


def place_order(agent: Person, asked: Placing, *, by: Actor, at: datetime) -> Placed:
    """What is charged to a stored way to pay, or given as a discount, needs a case with its customer identified.

    Raises NotFound, Forbidden, MergedAway, OrderRefused, Denied, AlreadyAsked; then nothing was placed.
    """
    customer_for(agent, asked.customer, verb=VERB)
    with transaction.atomic():
        if asked.case is None:
            carrying_out.hold_customer(asked.customer)
            order = priced(asked, source=by.via)
            _require_nothing_given(order)
            return Placed(place(order, by=by, at=at))
        case = hold_buyer(agent, asked.customer, case=asked.case, by=by, at=at)
        order = priced(asked, source=by.via)
        if not discount_of(order):
            return Placed(place(order, conversation=case.id, by=by, at=at))
        answer = _authorised(agent, case, asked, order, by=by, at=at)
        done = Placed(request=answer.request)
        if answer.is_allowed and answer.refusal is None:
            done = Placed(place(order, conversation=case.id, by=by, at=at))
    if answer.refusal is not None:
        raise answer.refusal
    return done


def write_down_order(asked: Placing, *, conversation: int | None = None, by: Actor, at: datetime) -> int:
    """What was sold and paid in the shop (`conversation`: on which case) stands here too, and is taken out of our stock; its key. For
    the console only: people and programs place orders. Raises OrderRefused."""
    with transaction.atomic():
        carrying_out.hold_customer(asked.customer)
        return place(priced(asked, source=by.via), conversation=conversation, by=by, at=at)


def discount_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved. The order is placed as it was asked for. Raises OrderRefused where it comes to something else by now."""
    body = proposing.waiting(one.params.get("proposal", 0))
    if body is None:
        raise OrderRefused("no_such_order", "Place the order itself: what was asked for is gone.")
    carrying_out.hold_customer(root_of(body["customer"]) or body["customer"])
    order = priced(asked_again(body), source=by.via)
    if goods_of(order) != one.params["goods"]:
        raise OrderRefused("price_changed", "The prices have changed since it was asked for: place it anew.")
    key = place(order, conversation=one.case.id, by=by, at=at)
    proposing.note_placed(one.params["proposal"], key)
    return {"order": key}


def _authorised(agent: Person, case: Any, asked: Placing, order: NewOrder, *, by: Actor, at: datetime) -> Authorised:
    """Raises OrderRefused where it could not be placed even if somebody agreed."""
    with transaction.atomic():
        place(order, conversation=case.id, by=by, at=at)
        transaction.set_rollback(True)
    proposal, is_new = proposing.propose(asked.customer, case.id, kept(asked), at=at)
    answer = authorise_for_buyer(
        agent, case, root_of(asked.customer) or asked.customer, DISCOUNT, amount=Money(discount_of(order), order.currency),
        total=Money(goods_of(order), order.currency), variants=[line.variant for line in order.lines if line.variant is not None],
        params={"proposal": proposal, "goods": goods_of(order)}, by=by, at=at,
    )  # fmt: skip
    if is_new and answer.request is None:
        proposing.drop(proposal)
    return answer


def _require_nothing_given(order: NewOrder) -> None:
    """Raises OrderRefused where somebody would have to be asked, or a stored way to pay is charged."""
    if discount_of(order):
        raise OrderRefused("case_missing", "A discount is agreed on a case: say on which.")
    for key in order.payments:
        method = method_by_id(key)
        if method is None or method.kind not in CHARGED_LATER:
            raise OrderRefused(
                "case_missing",
                "A stored way to pay is charged only where the customer is identified on a case: say on which.",
            )
