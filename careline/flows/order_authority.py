"""Whether somebody may give this on an order, or to its buyer: what the policy and their limits are asked about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from careline.domain.approvals.rules.facts import Facts
from careline.domain.channels.queries import channel_by_id
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.history.actor import Actor
from careline.domain.orders.queries.standing import standing_of, standing_of_buyer
from careline.domain.staff.rules import Person
from careline.flows.authorise import Authorised, Wish, authorise
from careline.flows.hold_order import Held
from careline.kit.money import Money


def authorise_on_order(
    person: Person, held: Held, action: str, *, amount: int, lines: Sequence[int] = (), reason: str, params: Mapping[str, Any], by: Actor,
    at: datetime, agreed_at: datetime | None = None, condition: str = "",
) -> Authorised:  # fmt: skip
    """Joins the caller's transaction. `amount` 0: no money goes, only the policy is asked. Raise its `refusal` afterwards."""
    facts = facts_of_order(
        held, amount=amount, lines=lines, reason=reason, at=at, agreed_at=agreed_at, condition=condition
    )
    wish = Wish(action, ("order", held.order.id), facts, {"order": held.order.number, **params}, reason)
    return authorise(person, held.case, wish, by=by, at=at)


def authorise_for_buyer(
    person: Person, case: Any, owner: int, action: str, *, amount: Money | None, total: Money | None = None, variants: Sequence[int] = (),
    reason: str = "", params: Mapping[str, Any], by: Actor, at: datetime,
) -> Authorised:  # fmt: skip
    """The same where there is no order yet, or it is for none. `owner`: the customer, who is identified on the held case."""
    facts = facts_of_buyer(case, owner, amount=amount, total=total, variants=variants, reason=reason, at=at)
    return authorise(person, case, Wish(action, ("customer", owner), facts, params, reason), by=by, at=at)


def facts_of_order(
    held: Held, *, amount: int, lines: Sequence[int] = (), reason: str = "", at: datetime, agreed_at: datetime | None = None, condition: str = ""
) -> Facts:  # fmt: skip
    """`agreed_at`: windows count until it was agreed, where that was before. `condition`: of what came back."""
    order, until = held.order, agreed_at or at
    now = standing_of(order.id, everybody_in(held.owner), lines=lines, at=until)
    return Facts(
        amount=Money(amount, order.currency) if amount else None, total=Money(order.total, order.currency), reason=reason[:100],
        products=tuple(now.products), tier=_tier(held.owner), order_state=order.state, channel=_channel(held.case),
        days_since_order=(until - now.placed_at).days, days_since_delivery=(until - now.delivered_at).days if now.delivered_at else None,
        orders=now.orders, refunds=now.refunds, returns=now.returns, is_identified=True, condition=condition,
        in_warranty=now.in_warranty if now.delivered_at else None,
    )  # fmt: skip


def facts_of_buyer(
    case: Any, owner: int | None, *, amount: Money | None = None, total: Money | None = None, variants: Sequence[int] = (), reason: str = "",
    is_identified: bool = True, at: datetime,
) -> Facts:  # fmt: skip
    """What is known of a customer (None: of nobody) without an order."""
    if owner is None:
        return Facts(amount=amount, total=total, reason=reason[:100], channel=_channel(case), is_identified=False)
    now = standing_of_buyer(everybody_in(owner), variants=variants, at=at)
    return Facts(
        amount=amount, total=total, reason=reason[:100], products=tuple(now.products), tier=_tier(owner), channel=_channel(case),
        orders=now.orders, refunds=now.refunds, returns=now.returns, is_identified=is_identified,
    )  # fmt: skip


def _tier(owner: int) -> str:
    customer = customer_by_id(owner)
    return str((customer.fields if customer else {}).get("tier", ""))


def _channel(case: Any) -> str:
    channel = channel_by_id(case.channel_id) if case.channel_id else None
    return channel.kind if channel else ""
