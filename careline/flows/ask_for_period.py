"""A period can't be charged: its customer is asked to pay it by a link, each time it is tried.

The card that paid by a link is known to its gateway only, and nobody agreed that it may be charged again: so each period is paid
by whoever opens its link. Without a gateway, a case or somebody who may write, nobody is asked, and the record says why.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from careline.domain.conversations.commands import cases
from careline.domain.history.actor import SYSTEM
from careline.domain.orders.commands import subscriptions
from careline.domain.orders.commands.awaited_periods import await_period
from careline.domain.orders.commands.charges import coming_period
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.selling_pay import active_gateway
from careline.domain.orders.queries.subscriptions import asker_of, plans_among
from careline.domain.staff.queries import person
from careline.flows.payment_link import link_for
from careline.flows.selling_letters import language_of, period_letter, tell
from careline.kit import db


def ask_for_period(key: int, *, at: datetime) -> str:
    """Why nobody was asked; empty where they were. Joins the caller's transaction, which holds customer and subscription."""
    row = subscriptions.held(key)
    if not active_gateway():
        return ""
    try:
        with db.savepoint():
            _ask(row, at=at)
    except OrderRefused as refused:
        subscriptions.say("not_asked", row, {"code": refused.code}, by=SYSTEM, at=at)
        return str(refused)
    return ""


def _ask(row: Any, *, at: datetime) -> None:
    asker = asker_of(row.id)
    case = cases.locked_where_it_stands(asker.conversation) if asker.conversation else None
    if case is None:
        raise OrderRefused("no_case", "There is no case on which the customer could be asked.")
    agent = next(filter(None, (person(one) for one in (asker.agent, case.assignee_id) if one)), None)
    if agent is None:
        raise OrderRefused("nobody_left", "Whoever sold it has left, and nobody has its case.")
    order = await_period(row, conversation=case.id, by=SYSTEM, at=at)
    language, coming = language_of(case, row.customer_id), coming_period(row)
    link = link_for(order, case=case, language=language, agent=agent.id, by=SYSTEM, at=at)
    name = plans_among([coming.row.variant_id])[coming.row.variant_id].name
    words = period_letter(
        name, link.amount, since=coming.start, until=coming.end, pay_by=link.until, url=link.url, language=language
    )
    if untold := tell(agent, case.number, words, by=SYSTEM, at=at):
        raise OrderRefused("untold", untold)
