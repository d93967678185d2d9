"""What a customer gets for staying and for bringing others, and whether they want offers: a part of their account."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.customers.queries.portal import SignedIn
from careline.domain.desk.queries.offers import wants_none
from careline.domain.history.actor import Actor, ActorKind
from careline.domain.loyalty.errors import LoyaltyRefused
from careline.domain.loyalty.queries.referrals import code_of
from careline.domain.loyalty.queries.scheme import scheme
from careline.domain.loyalty.queries.tiers import standing_of
from careline.entrypoints.portal.guest import Guest
from careline.entrypoints.portal.pace import Pace
from careline.flows.offer_products import set_own_offers
from careline.flows.refer import come_by, own_code
from careline.kit.money import Money

HERE = "/my/account"
_PACE = Pace(burst=10, a_minute=5)


def benefits_of(guest: Guest, who: SignedIn) -> dict[str, Any]:
    """tier, refers, code, gives (what each side gets), wants_none."""
    rules, customer = scheme(), who.viewer.customer
    tier = standing_of(customer)
    gives = [
        Money(minor, rules.currency).words(guest.language) if minor else ""
        for minor in (rules.referrer_gets, rules.referred_gets)
    ]
    return {
        "tier": tier.name if tier else "", "refers": rules.refers, "code": code_of(customer), "you_get": gives[0], "they_get": gives[1],
        "wants_none": wants_none(customer),
    }  # fmt: skip


def code_made(guest: Guest, who: SignedIn) -> HttpResponse:
    try:
        own_code(who.viewer.customer, by=_actor(who), at=guest.at)
    except LoyaltyRefused:
        return HttpResponseRedirect(HERE)
    return HttpResponseRedirect(f"{HERE}?told=code")


def came_by(guest: Guest, who: SignedIn) -> HttpResponse:
    """Why a code does not count is not told in detail: that would say who lives with whom."""
    if not _PACE.allows(guest.request):
        return HttpResponseRedirect(f"{HERE}?told=slowly")
    try:
        come_by(
            who.viewer.customer, guest.request.POST.get("code", "")[:40].replace("\0", ""), by=_actor(who), at=guest.at
        )
    except LoyaltyRefused:
        return HttpResponseRedirect(f"{HERE}?told=no-code")
    return HttpResponseRedirect(f"{HERE}?told=came")


def offers_chosen(guest: Guest, who: SignedIn) -> HttpResponse:
    set_own_offers(who.viewer.customer, guest.request.POST.get("offers") == "yes", by=_actor(who), at=guest.at)
    return HttpResponseRedirect(f"{HERE}?told=offers")


def told_words() -> dict[str, str]:
    return {
        "code": _("This is your code. Pass it on."), "came": _("Thank you. It counts with your first order."),
        "no-code": _("This code can't be taken for you."), "offers": _("We have noted it."),
        "slowly": _("That was a lot at once. Wait a minute, then send it again."),
    }  # fmt: skip


def _actor(who: SignedIn) -> Actor:
    return Actor(ActorKind.CUSTOMER, who.viewer.customer, via="portal")
