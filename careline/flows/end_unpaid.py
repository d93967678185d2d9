"""A payment link's time is over and nobody paid: the customer is asked once more, or the order ends and its goods are sold to others."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.conversations.commands import cases
from careline.domain.history.actor import SYSTEM
from careline.domain.orders.commands import carrying_out, selling_pay
from careline.domain.orders.commands.carrying_out import Occasion, carry_out
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.gateways import GatewayDown
from careline.domain.orders.queries.held import facts_of
from careline.domain.orders.queries.selling import ASK, KEEP, terms
from careline.domain.orders.queries.selling_pay import awaits_its_link_alone, due_links, ended_links_of
from careline.domain.orders.queries.subscriptions import subscription_of_order
from careline.domain.orders.rules.cancelling import cancellation
from careline.domain.staff.queries import person
from careline.flows.cancel_order import CANCELLATION
from careline.flows.collect_payment import LOOK_EVERY, look_at_link
from careline.flows.payment_link import link_for, link_row
from careline.flows.selling_letters import ended_letter, pay_letter, tell
from careline.kit import db
from careline.kit.money import Money

NOT_PAID = "not_paid"


def end_unpaid(*, at: datetime) -> int:
    """Links whose time is over by now, each in a transaction of its own; how many ended.

    While the gateway's page for one stands open, or a bank works on it, nothing ends: somebody may be paying just now.
    """
    done = 0
    for link in due_links(at=at):
        if _is_being_paid(link, at=at):
            selling_pay.wait_for(link.id, until=at + LOOK_EVERY)
        elif _end(link, at=at):
            done += 1
    return done


def _is_being_paid(link: Any, *, at: datetime) -> bool:
    if not link.session or link.look_at is None:
        return False
    try:
        look_at_link(link.id, at=at)
    except GatewayDown:
        return True
    now = link_row(link.id)
    return now.state == "open" and now.look_at is not None


def _end(link: Any, *, at: datetime) -> bool:
    with transaction.atomic():
        carrying_out.hold_customer(link.customer_id)
        case = cases.locked_where_it_stands(link.conversation_id) if link.conversation_id else None
        order = carrying_out.held(link.order_id)
        held = selling_pay.locked_link(link.id)
        if held is None or held.state != "open" or held.due_at > at:
            return False
        selling_pay.end_link(held, "expired", customer=order.customer_id, by=SYSTEM, at=held.due_at)
        choice = terms().unpaid
        # A period that waits is asked for again by its subscription's clock, and given up by it.
        if choice == KEEP or subscription_of_order(order.id) is not None or not awaits_its_link_alone(order.id):
            return True
        if choice == ASK and ended_links_of(order.id) == 1 and _is_asked_again(held, order, case, at=at):
            return True
        _cancel(held, order, case, at=at)
    return True


def _is_asked_again(link: Any, order: Any, case: Any, *, at: datetime) -> bool:
    """Once: by whoever sent the first link, where they are still here and the customer can be written to."""
    agent = person(link.agent_id) if link.agent_id else None
    if agent is None or case is None:
        return False
    try:
        with db.savepoint():
            made = link_for(order.id, case=case, language=link.language, agent=agent.id, by=SYSTEM, at=at)
            words = pay_letter(order.number, made.amount, until=made.until, url=made.url, language=link.language)
            untold = tell(agent, case.number, words, by=SYSTEM, at=at)
            if untold:
                raise OrderRefused("untold", untold)
    except OrderRefused:
        return False
    return True


def _cancel(link: Any, order: Any, case: Any, *, at: datetime) -> None:
    try:
        plan = cancellation(facts_of(order), None)
    except OrderRefused:  # its items were changed, or it is on its way: people decide
        return
    occasion = Occasion(case.id if case is not None else None, CANCELLATION, NOT_PAID, data={"link": link.id})
    carry_out(facts_of(order), plan, occasion, by=SYSTEM, at=at)
    agent = person(link.agent_id) if link.agent_id else None
    if agent is not None and case is not None:
        amount = Money(link.amount, link.currency)
        tell(agent, case.number, ended_letter(order.number, amount, language=link.language), by=SYSTEM, at=at)
