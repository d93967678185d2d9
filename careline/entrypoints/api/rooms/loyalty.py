"""The programme of tiers, referrals and offers, and where one customer stands in it."""

from __future__ import annotations

from typing import Any, Literal

from careline.domain.desk.queries.hints import hints_for
from careline.domain.desk.queries.offers import Offered, wants_none
from careline.domain.desk.queries.referrals import referrals_seen
from careline.domain.desk.queries.standing import moment_of, standing_for
from careline.domain.loyalty.queries.referrals import code_of
from careline.domain.loyalty.queries.scheme import Scheme, scheme
from careline.domain.loyalty.queries.tiers import standings_of, tiers
from careline.domain.loyalty.rules.tiers import Tier
from careline.domain.orders.rules.hints import Hint
from careline.domain.staff.rules import Person, require
from careline.entrypoints.api.customer_words import seen
from careline.entrypoints.api.naming import key_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.rooms.customers import of_a_customer
from careline.entrypoints.api.routes import Call, Created, route
from careline.entrypoints.api.shapes import loyalty as shapes
from careline.entrypoints.api.shapes.money import Money, money_said, money_shown
from careline.entrypoints.api.shapes.parts import Named
from careline.flows import keep_loyalty
from careline.flows.change_standing import StandingChange, change_standing
from careline.flows.offer_products import Answer, answer_offer, offers_to
from careline.kit import money

_OF = "/customers/{id}"


@route("GET", "/loyalty", answer=shapes.Programme)
def programme(call: Call) -> Any:
    """The tiers, what a referral brings, and how sure an offer must be."""
    require(call.person, "customer:read")
    return _programme()


@route("PUT", "/loyalty", body=shapes.Programme, answer=shapes.Programme)
def new_programme(call: Call) -> Any:
    """Sets all of it; tiers that are left out end, and everybody is counted anew."""
    given = call.body
    rewards = [
        money_said(one, name) if one else None
        for one, name in ((given.referrer_gets, "referrer_gets"), (given.referred_gets, "referred_gets"))
    ]
    currencies = {one.currency for one in rewards if one} | ({given.currency} if given.currency else set())
    if len(currencies) > 1:
        raise Wrong(("currency", "Both rewards are in one currency."))
    gets = [one.minor if one else 0 for one in rewards]
    wanted = Scheme(
        given.refers, next(iter(currencies), ""), gets[0], gets[1], given.most_referrals, given.offers, given.least_count, given.least_percent
    )  # fmt: skip
    keep_loyalty.keep_programme(
        call.person, wanted, [_tier(n, one) for n, one in enumerate(given.tiers)], by=call.by, at=call.at
    )
    return _programme()


@route("GET", _OF + "/loyalty", answer=shapes.Loyalty)
@of_a_customer
def loyalty(call: Call) -> Any:
    """Their tier and those before, their referral code and whom they brought, and whether they want offers."""
    seen(call, call.id)
    return _loyalty(call.person, call.id)


@route("PATCH", _OF + "/loyalty", body=shapes.LoyaltyChange, answer=shapes.Loyalty)
@of_a_customer
def changed_loyalty(call: Call) -> Any:
    """Gives a tier by hand, makes a referral code, notes by whose code they came, and whether they want offers."""
    seen(call, call.id)
    given = call.body
    wanted = StandingChange(given.tier, given.referral_code is True, given.came_by, given.wants_offers)
    change_standing(call.person, call.id, wanted, by=call.by, at=call.at)
    return _loyalty(call.person, call.id)


@route("GET", _OF + "/standing", answer=shapes.CustomerStanding)
@of_a_customer
def standing(call: Call) -> Any:
    """What they are worth, what is open, what was promised, and how satisfied they were last."""
    seen(call, call.id)
    found = standing_for(call.person, call.id)
    said = found.satisfaction
    return shapes.CustomerStanding(
        Named(found.tier.code, found.tier.name) if found.tier else None,
        [shapes.Worth(_money(row.worth, row.currency), row.orders, row.refunds, row.returns) for row in found.worth], found.cases,
        found.open_cases, [shapes.Promise(one["kind"], one["key"], one["number"], moment_of(one)) for one in found.promises],
        shapes.Satisfaction(said.score, said.at, said.via) if said else None,
    )  # fmt: skip


@route("GET", _OF + "/offers", answer=shapes.Offers)
@of_a_customer
def offers(call: Call) -> Any:
    """What they may want, by what others bought; empty for whoever wants none or has an open complaint."""
    seen(call, call.id)
    return shapes.Offers([_offer(one) for one in offers_to(call.person, call.id, at=call.at)])


@route("POST", _OF + "/offers", body=shapes.OfferAnswer, answer=shapes.OfferAnswered, status=201)
@of_a_customer
def answered_offer(call: Call) -> Any:
    """They take it (it goes into the cart of the case), or don't want it."""
    seen(call, call.id)
    given = call.body
    variant = key_of(given.variant) if given.variant is not None else None
    answer = Answer(key_of(given.product) or 0, given.conversation, variant)
    key = answer_offer(call.person, call.id, answer, by=call.by, at=call.at)
    state: Literal["accepted", "dismissed"] = "dismissed" if variant is None else "accepted"
    return Created(f"/customers/{call.id}/loyalty", shapes.OfferAnswered(str(key), state))


@route("GET", _OF + "/hints", answer=shapes.Hints)
@of_a_customer
def hints(call: Call) -> Any:
    """Facts about what came back, each with the orders behind it; they decide nothing."""
    seen(call, call.id)
    found = hints_for(call.person, call.id, at=call.at)
    return shapes.Hints([_hint(one) for one in found])


def _programme() -> shapes.Programme:
    rules = scheme()
    known = [
        shapes.Tier(one.code, one.name, one.months, money_shown(one.least), one.least_orders)
        for one in tiers()
    ]  # fmt: skip
    referrer, referred = (
        _money(minor, rules.currency) if rules.currency else None
        for minor in (rules.referrer_gets, rules.referred_gets)
    )
    return shapes.Programme(
        known, rules.refers, rules.currency or None, referrer, referred, rules.most_referrals, rules.offers, rules.least_count,
        rules.least_percent,
    )  # fmt: skip


def _tier(place: int, given: shapes.Tier) -> Tier:
    least = money_said(given.least_value, f"tiers[{place}].least_value") if given.least_value else None
    return Tier(0, given.code, given.name, place, given.months, least, given.least_orders)


def _loyalty(person: Person, customer: int) -> shapes.Loyalty:
    rows = standings_of(customer)
    now = rows[0] if rows and rows[0].until is None and rows[0].code else None
    return shapes.Loyalty(
        Named(now.code, now.name) if now else None,
        [
            shapes.Standing(
                Named(row.code, row.name) if row.code else None, row.since, row.until,
                _money(row.value, row.currency) if row.currency else None, row.orders, row.is_given, row.agent_name or "",
            )
            for row in rows
        ],
        code_of(customer) or None,
        [
            _referral(row)
            for row in referrals_seen(person, customer)
        ],
        not wants_none(customer),
    )  # fmt: skip


def _referral(row: Any) -> shapes.Referral:
    return shapes.Referral(
        str(row.id), Named(str(row.referred_id), row.referred_name) if row.referred_id else None, row.state, row.refusal, row.created_at,
        row.order_number, _money(row.amount, row.currency) if row.currency else None,
    )  # fmt: skip


def _offer(one: Offered) -> shapes.Offer:
    pair, row = one.pair, one.row
    variants = [
        shapes.OfferedVariant(str(v["id"]), v["sku"], {name: str(value) for name, value in v["options"].items()}, _money(v["price"], v["currency"]))
        for v in row.variants
    ]  # fmt: skip
    return shapes.Offer(
        Named(str(row.id), row.name), Named(str(row.because_id), row.because_name), pair.kind, pair.both, pair.buyers, round(pair.lift, 2),  # type: ignore[arg-type]
        variants,
    )  # fmt: skip


def _hint(one: Hint) -> shapes.Hint:
    rows = [shapes.HintRow(row["number"], row["at"], _money(row["amount"], row["currency"])) for row in one.rows]
    return shapes.Hint(one.code, one.figures, rows)  # type: ignore[arg-type]


def _money(minor: int, currency: str) -> Money:
    held = money.Money(minor, currency)
    return Money(held.amount, held.currency)
