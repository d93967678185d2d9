"""What was put together on a case is ordered: paid by what the customer has stored, by invoice, or by a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.conversations.queries.identified import has_verified_mail, identification_of
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import selling_carts
from careline.domain.orders.commands.bringing_in import invoice_of
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.held import method_by_id
from careline.domain.orders.queries.selling import Cart, cart_by_id
from careline.domain.orders.queries.selling_pay import order_number
from careline.domain.orders.rules.facts import CHARGED_LATER
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person
from careline.flows.authorise import Authorised, Wish, authorise
from careline.flows.cart_order import order_from
from careline.flows.fill_cart import HeldCart, hold_cart, require_open, require_prices_of_today
from careline.flows.identify import require_identified
from careline.flows.order_authority import facts_of_buyer
from careline.flows.payment_link import link_for
from careline.flows.selling_letters import confirmation, language_of, tell
from careline.kit.money import Money
from careline.kit.spoken import spoken

DISCOUNT = "discount"
METHOD, INVOICE, LINK = "method", "invoice", "link"
WAYS = (METHOD, INVOICE, LINK)


@dataclass(frozen=True, slots=True)
class Paying:
    """`way`: one of WAYS; with METHOD the key of what they have stored."""

    way: str
    method: int | None = None


@dataclass(frozen=True, slots=True)
class Sold:
    """`order` is its number, `link` the key of a payment link; or `request`: who has to agree was asked, and it is ordered
    then. `untold`: why the customer was not written to, if they were not."""

    order: str = ""
    link: int | None = None
    request: int | None = None
    untold: str = ""


def place_cart(agent: Person, number: int, paying: Paying, *, seen: int | None = None, by: Actor, at: datetime) -> Sold:
    """Raises NotFound, Forbidden, MergedAway, OrderRefused, Denied, AlreadyAsked; then nothing was ordered."""
    if paying.way not in WAYS:
        raise OrderRefused("method_missing", "Say how it is paid.")
    with transaction.atomic():
        held = hold_cart(agent, number, by=by, at=at)
        require_open(held.cart, seen=seen)
        require_prices_of_today(held.cart)
        payments = _payments(held, paying, by=by, at=at)
        answer = authorise_discount(
            agent, held, {"act": "order", "way": paying.way, "method": paying.method}, by=by, at=at
        )
        if answer is not None and answer.refusal is None and not answer.is_allowed:
            selling_carts.set_cart_state(held.cart, "waiting", by=by, at=at)
        sold = Sold(request=answer.request if answer else None)
        if answer is None or (answer.is_allowed and answer.refusal is None):
            sold = _sold(agent, held, paying, payments, by=by, at=at)
    if answer is not None and answer.refusal is not None:
        raise answer.refusal
    return sold


def authorise_discount(
    person: Person, held: HeldCart, params: Mapping[str, Any], *, words: str = "", by: Actor, at: datetime
) -> Authorised | None:
    """None where there is none in the cart. Raise its `refusal` after the transaction."""
    cart, sums = held.cart, held.cart.sums
    if not sums.discount:
        return None
    facts = facts_of_buyer(
        held.case, held.owner, amount=Money(sums.discount, cart.currency), total=Money(sums.goods, cart.currency),
        variants=[line.variant for line in cart.lines if line.variant], is_identified=_is_identified(held), at=at,
    )  # fmt: skip
    kept = {"cart": cart.id, "version": cart.version, **params}
    return authorise(person, held.case, Wish(DISCOUNT, ("cart", cart.id), facts, kept, words), by=by, at=at)


def cart_placed_as_approved(one: Any, cart: Cart, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved, whose cart is held. Raises OrderRefused."""
    agent = person(cart.agent) if cart.agent else None
    if agent is None:
        raise OrderRefused("nobody_left", "Whoever put it together has left.")
    held = HeldCart(one.case, cart.customer, cart)
    paying = Paying(one.params["way"], one.params["method"])
    payments = _payments(held, paying, by=by, at=at)
    sold = _sold(agent, held, paying, payments, by=by, at=at)
    return {"order": cart_by_id(cart.id).order, "link": sold.link}


def _is_identified(held: HeldCart) -> bool:
    people = everybody_in(held.owner)
    return identification_of(held.case.id, people) is not None or has_verified_mail(held.case.id, people)


def _payments(held: HeldCart, paying: Paying, *, by: Actor, at: datetime) -> dict[int, int]:
    """Raises OrderRefused."""
    cart, total = held.cart, held.cart.sums.total
    if not any(line.kind == "item" for line in cart.lines):
        raise OrderRefused("nothing_named", "An order has at least one item.")
    if paying.way == LINK or total == 0:
        return {}
    key = invoice_of(held.owner, at=at) if paying.way == INVOICE else paying.method
    method = method_by_id(key) if key is not None else None
    if method is None or method.customer not in everybody_in(held.owner) or not method.is_active:
        raise OrderRefused("no_such_method", "The customer has no such way to pay.")
    if method.kind not in CHARGED_LATER:
        require_identified(held.case, held.owner, by=by, at=at)
    if method.balance is not None and (method.currency != cart.currency or method.balance < total):
        raise OrderRefused("balance_too_low", "There is not enough on this gift card or store credit.")
    return {method.id: total}


def _sold(
    agent: Person, held: HeldCart, paying: Paying, payments: Mapping[int, int], *, by: Actor, at: datetime
) -> Sold:
    cart, sums = held.cart, held.cart.sums
    key = order_from(cart, held.owner, payments=payments, source=by.via, by=by, at=at)
    language = language_of(held.case, held.owner)
    link = None
    if paying.way == LINK and sums.total:
        link = link_for(key, case=held.case, language=language, agent=agent.id, by=by, at=at)
    words = confirmation(
        order_number(key), cart.lines, Money(sums.total, cart.currency), way=_way_words(paying, language), address=cart.address,
        url=link.url if link else "", language=language,
    )  # fmt: skip
    untold = tell(agent, held.case.number, words, by=by, at=at)
    return Sold(order_number(key), link.id if link else None, untold=untold)


def _way_words(paying: Paying, language: str) -> str:
    with translation.override(spoken(language) or "en"):
        return _("You will get an invoice.") if paying.way == INVOICE else _("It is paid.")
