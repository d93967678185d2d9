"""A customer is asked to pay an order by a link: at the page of a gateway, without signing in anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.orders import order_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, selling_pay
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.queries.selling import terms
from careline.domain.orders.queries.selling_pay import active_gateway, link_by_id, links_of, owed_of
from careline.domain.staff.rules import Person
from careline.flows.hold_order import require_kept_here
from careline.flows.identify import NotTheirs
from careline.flows.selling_letters import language_of, page_of, pay_letter, tell
from careline.kit.money import Money

VERB = "order:write"


@dataclass(frozen=True, slots=True)
class Link:
    """`untold`: why the customer was not written to, if they were not."""

    id: int
    url: str
    amount: Money
    until: datetime
    untold: str = ""


def send_payment_link(agent: Person, order: str, *, case: int, by: Actor, at: datetime) -> Link:
    """For what is still owed; it goes out as an answer on the case. Raises NotFound, Forbidden, MergedAway, OrderRefused."""
    found = order_for(agent, order, verb=VERB)
    stands = conversation_for(agent, case)
    with transaction.atomic():
        carrying_out.hold_customer(found.owner_id)
        held = cases.locked(stands.id)
        if held.customer_id is None or root_of(held.customer_id) != found.owner_id:
            raise NotTheirs("another_customer", "This order belongs to another customer than the case.")
        language = language_of(held, found.owner_id)
        link = link_for(found.id, case=held, language=language, agent=agent.id, by=by, at=at)
        words = pay_letter(found.number, link.amount, until=link.until, url=link.url, language=language)
        untold = tell(agent, held.number, words, by=by, at=at)
    return Link(link.id, link.url, link.amount, link.until, untold)


def link_for(order: int, *, case: Any, language: str, agent: int | None, by: Actor, at: datetime) -> Link:
    """Joins the caller's transaction, which holds customer and case (None: no case). Raises OrderRefused."""
    gateway = active_gateway()
    if not gateway:
        raise OrderRefused("no_gateway", "No payment gateway is set up: an administrator adds one in the settings.")
    require_kept_here(order)
    row = carrying_out.held(order)
    if row.state == "cancelled":
        raise OrderRefused("order_cancelled", "The order is cancelled: nothing is owed for it.")
    owed = owed_of(order)
    if owed <= 0:
        raise OrderRefused("nothing_owed", "Nothing is owed for this order.")
    made = selling_pay.add_link(
        row, owed, gateway=gateway, conversation=case.id if case is not None else None, language=language,
        due_at=at + timedelta(days=terms().link_days), by=by, at=at,
    )  # fmt: skip
    url = page_of(case, f"/pay/{made.token}")
    return Link(made.id, url, Money(made.amount, made.currency), made.due_at)


def withdraw_payment_link(agent: Person, order: str, *, by: Actor, at: datetime) -> None:
    """Nobody can pay by it any more; what is on its way to us stays welcome. Raises NotFound, Forbidden."""
    found = order_for(agent, order, verb=VERB)
    with transaction.atomic():
        carrying_out.held(found.id)
        open_ones = [one for one in links_of([found.id]) if one.state == "open"]
        if not open_ones:
            raise NotFound("There is no open payment link for this order.")
        held = selling_pay.locked_link(open_ones[0].id)
        if held is not None and held.state == "open":
            selling_pay.end_link(held, "withdrawn", customer=found.customer_id, by=by, at=at)


def link_row(key: int) -> Any:
    found = link_by_id(key)
    if found is None:
        raise NotFound(f"There is no payment link {key}.")
    return found
