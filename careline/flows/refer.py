"""A customer brings another: a code, who came by it, and once their first order is there store credit for both."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from careline.domain.customers.queries.merges import everybody_in, root_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.history.actor import SYSTEM, Actor
from careline.domain.history.commands import Happening, record
from careline.domain.loyalty.commands import referrals
from careline.domain.loyalty.errors import LoyaltyRefused, ReferralRefused
from careline.domain.loyalty.queries.referrals import claim_of, first_delivered, owner_of, waiting_for
from careline.domain.loyalty.queries.scheme import scheme
from careline.domain.loyalty.rules.referrals import SENTENCES, code_from, refusal_of
from careline.domain.orders.commands import carrying_out, credits
from careline.domain.staff.rules import Person
from careline.kit.money import Money

VERB = "customer:write"


def give_code(agent: Person, customer: int, *, by: Actor, at: datetime) -> str:
    """The customer's code, made where they had none. Raises NotFound, Forbidden, LoyaltyRefused."""
    customer_for(agent, customer, verb=VERB)
    return own_code(customer, by=by, at=at)


def own_code(customer: int, *, by: Actor, at: datetime) -> str:
    """The same for the customer themselves, who is signed in on their pages. Raises LoyaltyRefused."""
    if not scheme().refers:
        raise LoyaltyRefused("no_programme", SENTENCES["no_programme"])
    with transaction.atomic():
        carrying_out.hold_customer(customer)
        return referrals.give_code(customer, by=by, at=at)


def refer(agent: Person, customer: int, code: str, *, by: Actor, at: datetime) -> int:
    """The customer came by this code. Raises NotFound, Forbidden, LoyaltyRefused; a refusal stands in the history."""
    customer_for(agent, customer, verb=VERB)
    return come_by(customer, code, by=by, at=at)


def come_by(customer: int, code: str, *, by: Actor, at: datetime) -> int:
    """The same by the customer themselves. Raises LoyaltyRefused."""
    owner = owner_of(code_from(code))
    with transaction.atomic():
        for key in sorted({customer, owner or customer}):
            carrying_out.hold_customer(key)
        refusal = (
            "unknown_code"
            if owner is None
            else refusal_of(claim_of(owner, customer, until=at + timedelta(microseconds=1), at=at))
        )
        if not refusal and owner is not None:
            return referrals.put_down_referral(owner, customer, by=by, at=at)
        record(
            Happening("referral.refused", "customer", customer, customer=customer, data={"code": refusal}), by=by, at=at
        )
    raise ReferralRefused(refusal, SENTENCES[refusal])


def reward_referral(customer: int, *, at: datetime) -> str:
    """An order of theirs was delivered: where they came by a code, both get their credit, once; what became of it.

    The two are looked at again: where one lives is known only now.
    """
    root = root_of(customer) or customer
    people = everybody_in(root)
    found = waiting_for(people)
    order = first_delivered(people) if found is not None else None
    if found is None or order is None:
        return ""
    referrer = root_of(found.referrer_id) or found.referrer_id
    with transaction.atomic():
        for key in sorted({root, referrer}):
            carrying_out.hold_customer(key)
        held = waiting_for(people, locked=True)
        if held is None:
            return ""
        claim = claim_of(referrer, root, until=held.created_at, but=held.id, at=at)
        refusal = refusal_of(replace(claim, is_on=True))  # it was promised while it was on
        if refusal:
            referrals.note_refusal(held, refusal, order=order, by=SYSTEM, at=at)
            return refusal
        rules = scheme()
        gifts = [
            credits.give_credit(
                who, Money(gets, rules.currency), order=None, conversation=None, reason="referral", by=SYSTEM, at=at
            )
            if gets
            else None
            for who, gets in ((referrer, rules.referrer_gets), (root, rules.referred_gets))
        ]
        referrals.note_reward(held, (gifts[0], gifts[1]), order=order, by=SYSTEM, at=at)
    return "rewarded"
