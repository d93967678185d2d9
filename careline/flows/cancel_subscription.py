"""A customer wants to leave: what the company offers instead is shown first; they take it, or it ends, with its period or at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from careline.domain.history.actor import Actor
from careline.domain.orders.commands import carrying_out, retention, subscriptions
from careline.domain.orders.commands.charges import charge
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.subscriptions import charge_for, had_offer_lately, plans_among, retention_offers
from careline.domain.orders.rules.subscriptions import (
    DISCOUNT,
    PAUSE,
    PAUSED,
    REASONS,
    TRIAL,
    Plan,
    fits,
    period_after,
    price_of,
    require_may,
    require_plan,
    rest_of,
    switch,
    worth_of,
)
from careline.domain.staff.rules import Person
from careline.flows.hold_subscription import HeldSubscription, authorise_on_subscription, hold_subscription
from careline.kit.money import portion

STAY, GIVE_BACK = "retention_offer", "refund"
"""Actions that authority is asked for."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """`at_once`: not with the period that was paid for; `gives_back`: its rest becomes store credit. `declined`: the offers were shown."""

    case: int
    reason: str
    at_once: bool = False
    gives_back: bool = False
    declined: bool = False
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be offered: `key` of the company's offer, `worth` in minor units, `price` of a period with it."""

    key: int
    kind: str
    percent: int
    periods: int
    variant: int | None
    plan: str
    worth: int
    price: int
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """What leaving comes to. `rest`: what of the period is unused, in minor units; `back` what of it is given back."""

    ends_at: datetime
    rest: int
    back: int
    currency: str
    offers: tuple[Offered, ...] = ()
    request: int | None = None


@dataclass(frozen=True, slots=True)
class Stayed:
    """`id` of the offer that was taken; `request`: what waits for approval first."""

    id: int
    request: int | None = None


def would_cancel(agent: Person, number: str, asked: Leaving, *, by: Actor, at: datetime) -> End:
    """What it would come to, and what may be offered instead; nothing is changed. Raises as it does."""
    with transaction.atomic():
        held = hold_subscription(agent, number, case=asked.case, seen=asked.seen, by=by, at=at)
        end = _end(held, asked, at=at)
        transaction.set_rollback(True)
    return end


def cancel_subscription(agent: Person, number: str, asked: Leaving, *, by: Actor, at: datetime) -> End:
    """Money that goes back is within their authority, or it waits (`request`); then nothing ends yet.

    Raises NotFound, Forbidden, Denied, AlreadyAsked, OrderRefused: offer_first where the company has something to offer.
    """
    with transaction.atomic():
        held = hold_subscription(agent, number, case=asked.case, seen=asked.seen, by=by, at=at)
        end = _end(held, asked, at=at)
        if end.offers and not asked.declined:
            raise OrderRefused(
                "offer_first", "The company has an offer for this: make it first, then say that it was declined."
            )
        refusal, request = None, None
        if end.back:
            answer = authorise_on_subscription(
                agent, held, GIVE_BACK, amount=end.back, total=_price(held.row), reason=asked.reason,
                params={"end": asked.reason}, by=by, at=at,
            )  # fmt: skip
            refusal, request = answer.refusal, answer.request
        if refusal is None:
            _note_declined(held, end, asked, by=by, at=at)
        if refusal is None and request is None:
            _ended(held, asked.reason, at_once=asked.at_once, back=end.back, by=by, at=at)
    if refusal is not None:
        raise refusal
    return End(end.ends_at, end.rest, end.back, end.currency, end.offers, request)


def keep_subscription(
    agent: Person, number: str, *, case: int, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """The customer stays after all, before its end came. Raises NotFound, Forbidden, OrderRefused."""
    with transaction.atomic():
        held = hold_subscription(agent, number, case=case, seen=seen, by=by, at=at)
        if held.row.ends_at is None:
            raise OrderRefused("not_ending", "No end was planned.")
        subscriptions.keep(held.row, conversation=held.case.id, by=by, at=at)


def accept_offer(agent: Person, number: str, offer: int, asked: Leaving, *, by: Actor, at: datetime) -> Stayed:
    """They stay for it: at once within the agent's authority, else it waits. Raises NotFound, Forbidden, Denied, AlreadyAsked, OrderRefused."""
    with transaction.atomic():
        held = hold_subscription(agent, number, case=asked.case, seen=asked.seen, by=by, at=at)
        chosen = next((one for one in _offers(held, asked.reason, at=at) if one.key == offer), None)
        if chosen is None:
            raise OrderRefused("no_such_offer", "This can't be offered here, or not any more.")
        row = next(one for one in retention_offers(asked.reason) if one.id == offer)
        params = {
            "offer": {"kind": row.kind, "percent": row.percent, "periods": row.periods, "variant": row.variant_id}
        }
        answer = authorise_on_subscription(
            agent, held, STAY, amount=chosen.worth, total=_price(held.row) * max(1, chosen.periods), reason=asked.reason, params=params,
            by=by, at=at,
        )  # fmt: skip
        done = None
        if answer.refusal is None:
            state = "accepted" if answer.is_allowed else "open"
            key = retention.note_offer(
                held.row,
                row,
                reason=asked.reason,
                worth=chosen.worth,
                state=state,
                conversation=held.case.id,
                by=by,
                at=at,
            )
            done = Stayed(key, answer.request)
            if answer.request is not None:
                retention.wait_for(key, answer.request)
            else:
                _stays(held.row, row, conversation=held.case.id, by=by, at=at)
    if answer.refusal is not None or done is None:
        raise answer.refusal or OrderRefused("no_such_offer", "This can't be offered here.")
    return done


def subscription_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved about a subscription. Raises OrderRefused where it can't be done any more."""
    return offer_approved(one, by, at) if one.action == STAY else end_approved(one, by, at)


def offer_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved. The offer that waited is carried out, once. Raises OrderRefused where it can't be any more."""
    row = _held_again(one)
    offer = retention.offer_waiting(row.id, one.request)
    if offer is None or not retention.take_offer(row, offer, conversation=one.case.id, by=by, at=at):
        raise OrderRefused("no_such_offer", "This offer is not open any more.")
    if one.money is not None and offer.kind == DISCOUNT and one.money.minor != offer.worth:
        raise OrderRefused("other_amount", "An offer is approved as it is, or not at all.")
    _stays(row, offer, conversation=one.case.id, by=by, at=at)
    return {"subscription": row.id, "offer": offer.id}


def end_approved(one: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved refund of a subscription's rest; it ends at once. Raises OrderRefused."""
    row = _held_again(one)
    require_may("cancel", row.state)
    back = min(one.money.minor, _rest(row, at=at))
    subscriptions.end_now(row, reason=one.params["end"], conversation=one.case.id, gives_back=back, by=by, at=at)
    return {"subscription": row.id, "back": back, "given": back}


def _held_again(one: Any) -> Any:
    """The case is held by whoever decided, the customer was identified when it was asked for."""
    carrying_out.hold_customer(subscriptions.owner_of(one.params["subscription"]))
    return subscriptions.held(one.params["subscription"])


def _end(held: HeldSubscription, asked: Leaving, *, at: datetime) -> End:
    row = held.row
    require_may("cancel", row.state)
    if asked.reason not in REASONS:
        raise OrderRefused("no_such_reason", f"Say why they leave: {', '.join(REASONS)}.")
    if asked.gives_back and not asked.at_once:
        raise OrderRefused("nothing_to_give_back", "What was paid for is used until its end: nothing of it goes back.")
    rest = _rest(row, at=at)
    is_now = asked.at_once or row.state not in (TRIAL, "active")
    return End(
        at if is_now else row.period_end,
        rest,
        rest if asked.gives_back else 0,
        row.currency,
        _offers(held, asked.reason, at=at),
    )


def _offers(held: HeldSubscription, reason: str, *, at: datetime) -> tuple[Offered, ...]:
    row, price = held.row, _price(held.row)
    found = retention_offers(reason)
    plans = plans_among(one.variant_id for one in found if one.variant_id)
    had_lately = had_offer_lately(row.id, at=at)
    offered = []
    for one in found:
        plan = plans.get(one.variant_id) if one.variant_id else None
        new_price = plan.price(row.quantity) if plan and plan.currency == row.currency and plan.is_available else None
        if fits(one, row, price=price, new_price=new_price, had_lately=had_lately):
            then = (
                price - portion(price, one.percent, 100)
                if one.kind == DISCOUNT
                else new_price
                if new_price is not None
                else price
            )
            worth = worth_of(one.kind, percent=one.percent, periods=one.periods, price=price)
            name = plan.name if plan else ""
            offered.append(
                Offered(one.id, one.kind, one.percent, one.periods, one.variant_id, name, worth, then, one.words)
            )
    return tuple(offered)


def _ended(held: HeldSubscription, reason: str, *, at_once: bool, back: int, by: Actor, at: datetime) -> None:
    if at_once:
        subscriptions.end_now(held.row, reason=reason, conversation=held.case.id, gives_back=back, by=by, at=at)
    else:
        subscriptions.end_with_period(held.row, reason=reason, conversation=held.case.id, by=by, at=at)


def _note_declined(held: HeldSubscription, end: End, asked: Leaving, *, by: Actor, at: datetime) -> None:
    kept = {one.id: one for one in retention_offers(asked.reason)}
    for one in end.offers:
        retention.note_offer(
            held.row, kept[one.key], reason=asked.reason, worth=one.worth, state="declined", conversation=held.case.id, by=by, at=at
        )  # fmt: skip


def _stays(row: Any, offer: Any, *, conversation: int | None, by: Actor, at: datetime) -> None:
    """What was offered is done; an end that was planned is taken back."""
    if row.ends_at is not None:
        subscriptions.keep(row, conversation=conversation, by=by, at=at)
        row = subscriptions.held(row.id)
    if offer.kind == DISCOUNT:
        subscriptions.give_discount(
            row, percent=offer.percent, periods=offer.periods, conversation=conversation, by=by, at=at
        )
    elif offer.kind == PAUSE:
        until = period_after(at, anchor=at.day, period=row.period, every=row.every * max(1, offer.periods))
        subscriptions.pause(row, until=until, conversation=conversation, by=by, at=at)
    else:
        _downgrade(row, require_plan(plans_among([offer.variant_id]).get(offer.variant_id), currency=row.currency),
                   conversation=conversation, by=by, at=at)  # fmt: skip


def _downgrade(row: Any, plan: Plan, *, conversation: int | None, by: Actor, at: datetime) -> None:
    require_may("change", row.state)
    change = switch(row, plan, row.quantity, last=charge_for(row.id, at=at), at=at)
    subscriptions.switch_now(row, change, conversation=conversation, by=by, at=at)
    if row.state != TRIAL:
        kind = "period" if change.is_new_period else "change"
        changed = subscriptions.held(row.id)
        charge(changed, change.due, kind=kind, of=at, until=change.period_end, conversation=conversation, by=by, at=at)


def _price(row: Any) -> int:
    return price_of(row.unit_price, row.quantity, row.percent_off)


def _rest(row: Any, *, at: datetime) -> int:
    """What of the paid period is unused; of one that is paused, what waits."""
    seen_at = row.paused_at if row.state == PAUSED else at
    last = charge_for(row.id, at=seen_at)
    return rest_of(last.full - last.discount, last.of, last.until, at=seen_at) if last is not None else 0
