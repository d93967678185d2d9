"""What was put together on a case is offered: a quote with a number, good until a day, at an address of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from careline.domain.desk.queries.selling import quote_for
from careline.domain.history.actor import Actor
from careline.domain.orders.commands import selling_carts, selling_quotes
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.selling import cart_of_case, terms
from careline.domain.staff.queries import person
from careline.domain.staff.rules import Person
from careline.flows.fill_cart import HeldCart, hold_cart, require_open, require_prices_of_today
from careline.flows.place_cart import authorise_discount
from careline.flows.selling_letters import language_of, page_of, quote_letter, tell

VERB = "order:write"
MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Quoting:
    """`words` stand above the quote in the letter; empty: the usual ones. `days` it is good for; None: as the terms say."""

    words: str = ""
    days: int | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """`id` of the quote; or `request`: who has to agree was asked, and it goes out then. `untold`: why it was not sent."""

    id: int | None = None
    request: int | None = None
    untold: str = ""


def send_quote(agent: Person, number: int, asked: Quoting, *, by: Actor, at: datetime) -> Quoted:
    """Raises NotFound, Forbidden, MergedAway, OrderRefused, Denied, AlreadyAsked; then nothing was offered."""
    days = terms().quote_days if asked.days is None else asked.days
    if not 1 <= days <= MOST_DAYS:
        raise OrderRefused("bad_days", f"A quote is good for 1 to {MOST_DAYS} days.")
    with transaction.atomic():
        held = hold_cart(agent, number, by=by, at=at)
        require_open(held.cart, seen=asked.seen)
        require_prices_of_today(held.cart)
        if not any(line.kind == "item" for line in held.cart.lines):
            raise OrderRefused("nothing_named", "A quote has at least one item.")
        answer = authorise_discount(agent, held, {"act": "quote", "days": days}, words=asked.words, by=by, at=at)
        if answer is not None and answer.refusal is None and not answer.is_allowed:
            selling_carts.set_cart_state(held.cart, "waiting", by=by, at=at)
        quoted = Quoted(request=answer.request if answer else None)
        if answer is None or (answer.is_allowed and answer.refusal is None):
            quoted = _quoted(agent, held, asked.words, days, by=by, at=at)
    if answer is not None and answer.refusal is not None:
        raise answer.refusal
    return quoted


def quote_approved(one: Any, cart: Any, by: Actor, at: datetime) -> Mapping[str, Any]:
    """`one`: an Approved, whose cart is held. Raises OrderRefused."""
    agent = person(cart.agent) if cart.agent else None
    if agent is None:
        raise OrderRefused("nobody_left", "Whoever put it together has left.")
    return {
        "quote": _quoted(agent, HeldCart(one.case, cart.customer, cart), one.words, one.params["days"], by=by, at=at).id
    }


def change_quote(agent: Person, key: int, *, by: Actor, at: datetime) -> int:
    """What stands in it is put together again on its case, to be sent as its next version; the case's number. The quote stays
    good until then, its goods are reserved for the new one. Raises NotFound, Forbidden, OrderRefused."""
    found = quote_for(agent, key, verb=VERB)
    if found.case_number is None:
        raise OrderRefused("case_missing", "Its case is gone: put a new one together.")
    if found.state not in ("sent", "expired", "declined") or found.version != found.newest:
        raise OrderRefused("quote_over", "This quote was accepted, or there is a newer version of it.")
    with transaction.atomic():
        held = hold_cart(agent, found.case_number, begins=True, by=by, at=at)
        if held.cart.lines or held.cart.state != "open":
            raise OrderRefused("cart_there", "Something else is put together on this case: order it or empty it first.")
        selling_carts.give_back(held.cart)
        selling_carts.set_cart_state(held.cart, "dropped", by=by, at=at)
        before = selling_carts.locked_cart(found.cart_id)
        selling_carts.give_back(before)
        cart = selling_carts.open_cart(
            held.owner, held.case.id, currency=before.currency, address=before.address, revises=found.id, by=by, at=at
        )
        selling_carts.write_cart(
            cart, before.lines, currency=before.currency, address=before.address, until=at + timedelta(minutes=terms().hold_minutes),
            reserves=bool(before.reserved), by=by, at=at,
        )  # fmt: skip
        assert cart_of_case(held.case.id) is not None
    return int(found.case_number)


def withdraw_quote(agent: Person, key: int, *, reason: str = "", by: Actor, at: datetime) -> None:
    """Nobody can accept it any more. Raises NotFound, Forbidden, OrderRefused."""
    found = quote_for(agent, key, verb=VERB)
    with transaction.atomic():
        quote = selling_quotes.locked_quote(found.id)
        if quote is None or quote.state != "sent":
            raise OrderRefused("quote_over", "This quote is not open any more.")
        selling_quotes.note_declined(quote, reason=reason.strip()[:2000], state="withdrawn", by=by, at=at)


def _quoted(agent: Person, held: HeldCart, words: str, days: int, *, by: Actor, at: datetime) -> Quoted:
    language, now = language_of(held.case, held.owner), terms()
    until = at + timedelta(days=days)
    quote = selling_quotes.add_quote(held.cart, language=language, valid_until=until, by=by, at=at)
    selling_carts.keep_reserved(held.cart, until=min(until, at + timedelta(hours=now.quote_hold_hours)))
    url = page_of(held.case, f"/quotes/{quote.token}")
    letter = quote_letter(quote, held.cart.lines, words=words.strip()[:5000], url=url, language=language)
    return Quoted(quote.id, untold=tell(agent, held.case.number, letter, quote=quote, by=by, at=at))
