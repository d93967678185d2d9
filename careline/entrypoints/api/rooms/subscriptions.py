"""Subscriptions: begun, changed, paused, left; and what the company offers to whoever wants to leave."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from careline.domain.desk.queries.subscriptions import subscription_for, subscriptions_page
from careline.domain.orders.commands.retention import NewRetention
from careline.domain.orders.queries.subscriptions import awaited_of, charges_of, plans_among, retention_offers
from careline.domain.orders.rules.subscriptions import PAUSED, price_of
from careline.domain.staff.rules import require
from careline.entrypoints.api.order_words import minor_of, money
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.routes import Call, Created, Waits, route
from careline.entrypoints.api.shapes import subscriptions as shapes
from careline.entrypoints.api.shapes.parts import Named, Page
from careline.flows import cancel_subscription, change_subscription, keep_retention, start_subscription

_ONE = "/subscriptions/{subscription}"


@route("GET", "/subscriptions", query=shapes.SubscriptionQuery, answer=Page[shapes.CustomerSubscription])
def customer_subscriptions(call: Call) -> Any:
    """Subscriptions of customers that you see, the newest first; without their charges."""
    asked = call.query
    rows = subscriptions_page(
        call.person, customer=int(asked.customer) if asked.customer else None, state=asked.state or "", before=key_alone(asked.cursor),
        limit=asked.limit + 1,
    )  # fmt: skip
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=lambda row: _shown(row, []))


@route("POST", "/subscriptions", body=shapes.NewSubscription, answer=shapes.CustomerSubscription, status=201)
def new_customer_subscription(call: Call) -> Any:
    """Begins one for the customer of a case; without a trial its first period is paid at once."""
    given, price = call.body, None
    plan = plans_among([int(given.variant)]).get(int(given.variant))
    if given.price is not None and plan is not None:
        price = minor_of(given.price, plan.currency, "price")
    asked = start_subscription.Starting(given.conversation, int(given.variant), given.quantity, given.method, price)
    number = start_subscription.start_subscription(call.person, asked, by=call.by, at=call.at)
    return Created(f"/subscriptions/{number}", _one(call, number))


@route("GET", _ONE, answer=shapes.CustomerSubscription)
def customer_subscription(call: Call) -> Any:
    """One subscription with its latest charges."""
    return _one(call)


@route("POST", _ONE + "/plan", body=shapes.SubscriptionPlanChange, answer=shapes.SubscriptionPlanChanged)
def plan_changed(call: Call) -> Any:
    """Another plan or quantity, to the cent from today on; or with the next period."""
    given, number = call.body, call.path["subscription"]
    currency = subscription_for(call.person, number).currency
    due = None if given.due is None else minor_of(given.due, currency, "due")
    asked = change_subscription.PlanChange(
        given.conversation, int(given.variant), given.quantity, given.at_period_end, due, given.version
    )
    act = change_subscription.would_change_plan if given.preview else change_subscription.change_plan
    done = act(call.person, number, asked, by=call.by, at=call.at)
    return shapes.SubscriptionPlanChanged(
        given.preview, money(done.unused, currency), money(done.full, currency), money(done.due.amount, currency),
        money(done.credit, currency), done.days, done.period_end,
    )  # fmt: skip


@route("POST", _ONE + "/pause", body=shapes.SubscriptionPause, answer=shapes.CustomerSubscription)
def subscription_paused(call: Call) -> Any:
    """For so many periods, or until it is resumed; the days that were paid for wait."""
    given = call.body
    change_subscription.pause_subscription(
        call.person, call.path["subscription"], case=given.conversation, periods=given.periods, seen=given.version, by=call.by, at=call.at
    )  # fmt: skip
    return _one(call)


@route("POST", _ONE + "/continuation", body=shapes.SubscriptionOnCase, answer=shapes.CustomerSubscription)
def subscription_continued(call: Call) -> Any:
    """One that is paused is resumed; one whose end is planned goes on after all."""
    number, given = call.path["subscription"], call.body
    is_paused = subscription_for(call.person, number).state == PAUSED
    act = change_subscription.resume_subscription if is_paused else cancel_subscription.keep_subscription
    act(call.person, number, case=given.conversation, seen=given.version, by=call.by, at=call.at)
    return _one(call)


@route("PUT", _ONE + "/payment", body=shapes.SubscriptionPayment, answer=shapes.CustomerSubscription)
def subscription_paid_by(call: Call) -> Any:
    """Another way to pay; what is past due is charged at once."""
    given = call.body
    change_subscription.pay_subscription_by(
        call.person, call.path["subscription"], given.method, case=given.conversation, seen=given.version, by=call.by, at=call.at
    )  # fmt: skip
    return _one(call)


@route("POST", _ONE + "/cancellation", body=shapes.SubscriptionCancellation, answer=shapes.SubscriptionEnd, waits=True)
def subscription_cancelled(call: Call) -> Any:
    """Ends it. A preview says when, what is unused, and what may be offered first; 409 `offer_first` where that was not done."""
    given, number = call.body, call.path["subscription"]
    asked = cancel_subscription.Leaving(
        given.conversation, given.reason, given.at_once, given.give_back, given.declined, given.version
    )
    act = cancel_subscription.would_cancel if given.preview else cancel_subscription.cancel_subscription
    end = act(call.person, number, asked, by=call.by, at=call.at)
    if end.request is not None:
        return Waits(end.request)
    offers = [_offer(one, end.currency) for one in end.offers]
    return shapes.SubscriptionEnd(
        given.preview, end.ends_at, money(end.rest, end.currency), money(end.back, end.currency), offers
    )


@route("POST", _ONE + "/retention", body=shapes.SubscriptionStaying, answer=shapes.CustomerSubscription, waits=True)
def subscription_kept(call: Call) -> Any:
    """The customer takes an offer and stays."""
    given = call.body
    asked = cancel_subscription.Leaving(given.conversation, given.reason, seen=given.version)
    done = cancel_subscription.accept_offer(
        call.person, call.path["subscription"], int(given.offer), asked, by=call.by, at=call.at
    )
    return _one(call) if done.request is None else Waits(done.request)


@route("GET", "/retention-offers", answer=shapes.RetentionOffers)
def retention_policy(call: Call) -> Any:
    """What the company offers to whoever wants to leave, in its order."""
    require(call.person, "subscription:read")
    return _policy()


@route("PUT", "/retention-offers", body=shapes.RetentionOffers, answer=shapes.RetentionOffers)
def retention_policy_set(call: Call) -> Any:
    """Sets them all."""
    offers = [
        NewRetention(one.kind, tuple(one.reasons), one.percent, one.periods, int(one.variant) if one.variant else None, one.words, one.is_active)
        for one in call.body.offers
    ]  # fmt: skip
    keep_retention.keep_retention(call.person, offers, by=call.by, at=call.at)
    return _policy()


def _policy() -> shapes.RetentionOffers:
    return shapes.RetentionOffers(
        [
            shapes.RetentionOffer(
                row.kind, list(row.reasons), row.percent, row.periods, str(row.variant_id) if row.variant_id else None, row.words, row.is_active
            ) for row in retention_offers(is_active=None)
        ]
    )  # fmt: skip


def _one(call: Call, number: str = "") -> shapes.CustomerSubscription:
    row = subscription_for(call.person, number or call.path["subscription"])
    awaited = awaited_of(row.id)
    return replace(_shown(row, charges_of(row.id)), awaited_order=awaited.number if awaited else None)


def _shown(row: Any, charges: list[Any]) -> shapes.CustomerSubscription:
    price = money(price_of(row.unit_price, row.quantity, row.percent_off), row.currency)
    return shapes.CustomerSubscription(
        row.number, row.state, Named(str(row.owner_id), row.customer_name), str(row.variant_id), row.product_name, row.quantity, price,
        row.period, row.every, row.period_start, row.period_end, None if row.ends_at or row.state == PAUSED else row.due_at,
        str(row.next_variant_id) if row.next_variant_id else None, row.offer_percent, row.offer_left, money(row.credit, row.currency),
        row.ends_at, row.paused_at, row.resumes_at, row.cancelled_at, row.cancel_reason, row.version, [_charge(one) for one in charges],
    )  # fmt: skip


def _charge(row: Any) -> shapes.SubscriptionCharge:
    full, discount, credit, amount = (
        money(minor, row.currency) for minor in (row.full, row.discount, row.from_credit, row.amount)
    )
    return shapes.SubscriptionCharge(
        row.kind, row.of, row.until, full, discount, credit, amount, row.order_number, row.at
    )


def _offer(one: Any, currency: str) -> shapes.OfferToStay:
    variant = str(one.variant) if one.variant else None
    worth, price = money(one.worth, currency), money(one.price, currency)
    return shapes.OfferToStay(
        str(one.key), one.kind, one.percent, one.periods, variant, one.plan, worth, price, dict(one.words)
    )
