"""A subscription is taken in hand from a case: seen, its customer the case's and identified, all of it held in one order of locks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from careline.domain.approvals.rules.facts import Facts
from careline.domain.channels.queries import channel_by_id
from careline.domain.conversations.commands import cases
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.people import customer_by_id
from careline.domain.desk.queries.subscriptions import subscription_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, subscriptions
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import method_by_id, store_credit_of
from careline.domain.staff.rules import Person
from careline.flows.authorise import Authorised, Wish, authorise
from careline.flows.identify import require_identified
from careline.kit.money import Money

VERB = "subscription:write"


@dataclass(frozen=True, slots=True)
class HeldSubscription:
    """`row` is its own row, held; `found` what people see of it; `owner` answers for it now, where the buyer was merged."""

    row: Any
    case: Any
    owner: int
    found: Any


def hold_subscription(
    person: Person, number: str, *, case: int, seen: int | None = None, by: Actor, at: datetime
) -> HeldSubscription:
    """Inside a transaction. Locks go customer → case → subscription. `seen`: the version that they looked at.

    Raises NotFound, Forbidden, MergedAway, OrderRefused.
    """
    found = subscription_for(person, number, verb=VERB)
    stands = conversation_for(person, case)
    carrying_out.hold_customer(found.owner_id)
    held_case = cases.locked(stands.id)
    row = subscriptions.held(found.id)
    require_identified(held_case, found.owner_id, by=by, at=at)
    if seen is not None and seen != row.version:
        raise OrderRefused(
            "subscription_changed", "The subscription has changed since you looked at it: look again, then decide."
        )
    return HeldSubscription(row, held_case, found.owner_id, found)


def authorise_on_subscription(
    person: Person, held: HeldSubscription, action: str, *, amount: int, total: int, reason: str, params: dict[str, Any], words: str = "",
    by: Actor, at: datetime,
) -> Authorised:  # fmt: skip
    """Joins the caller's transaction. `amount` 0: no money goes, only the policy is asked. Raise its `refusal` afterwards."""
    row = held.row
    customer = customer_by_id(held.owner)
    channel = channel_by_id(held.case.channel_id) if held.case.channel_id else None
    facts = Facts(
        amount=Money(amount, row.currency) if amount else None, total=Money(total, row.currency) if total else None, reason=reason,
        products=(held.found.product_code,), tier=str((customer.fields if customer else {}).get("tier", "")),
        channel=channel.kind if channel else "", days_since_order=(at - row.started_at).days, is_identified=True,
    )  # fmt: skip
    wish = Wish(action, ("subscription", row.id), facts, {"subscription": row.id, **params}, words)
    return authorise(person, held.case, wish, by=by, at=at)


def way_to_pay(customer: int, currency: str, words: str | None) -> int | None:
    """The key of one of the customer's ways to pay: by its id, or `store_credit`; None for nothing. Raises OrderRefused."""
    if not words:
        return None
    found = (
        store_credit_of(customer, currency)
        if words == "store_credit"
        else method_by_id(int(words))
        if words.isascii() and words.isdecimal() and len(words) < 19
        else None
    )
    if found is None or found.customer != customer or not found.is_active:
        raise OrderRefused("no_such_method", "The customer has no such way to pay.")
    if found.currency and found.currency != currency:
        raise OrderRefused("other_currency", f"The plan is paid in {currency}, this way to pay is in {found.currency}.")
    return found.id
