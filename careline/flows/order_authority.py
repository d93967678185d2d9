"""Whether somebody may give this on an order: what the policy and their limits are asked about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from careline.domain.approvals.rules.facts import Facts
from careline.domain.channels.queries import channel_by_id
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.history.actor import Actor
from careline.domain.orders.queries.standing import standing_of
from careline.domain.staff.rules import Person
from careline.flows.authorise import Authorised, Wish, authorise
from careline.flows.hold_order import Held
from careline.kit.money import Money


def authorise_on_order(
    person: Person, held: Held, action: str, *, amount: int, lines: Sequence[int] = (), reason: str, params: Mapping[str, Any], by: Actor,
    at: datetime,
) -> Authorised:  # fmt: skip
    """Joins the caller's transaction. `amount` 0: no money goes, only the policy is asked. Raise its `refusal` afterwards."""
    order = held.order
    now = standing_of(order.id, everybody_in(held.owner), lines=lines, at=at)
    customer = customer_by_id(held.owner)
    channel = channel_by_id(held.case.channel_id) if held.case.channel_id else None
    facts = Facts(
        amount=Money(amount, order.currency) if amount else None, total=Money(order.total, order.currency), reason=reason[:100],
        products=tuple(now.products), tier=str((customer.fields if customer else {}).get("tier", "")), order_state=order.state,
        channel=channel.kind if channel else "", days_since_order=(at - now.placed_at).days,
        days_since_delivery=(at - now.delivered_at).days if now.delivered_at else None, orders=now.orders, refunds=now.refunds,
        returns=now.returns, is_identified=True,
    )  # fmt: skip
    wish = Wish(action, ("order", order.id), facts, {"order": order.number, **params}, reason)
    return authorise(person, held.case, wish, by=by, at=at)
