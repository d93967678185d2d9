"""A customer accepts a quote, and it is an order; or declines it, and says why. Whoever has its link may, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from careline.domain.company.queries import languages
from careline.domain.conversations.commands import cases, messages
from careline.domain.conversations.commands.messages import NewMessage
from careline.domain.customers.queries.merges import root_of
from careline.domain.history.actor import Actor, customer
from careline.domain.orders.commands import carrying_out, selling_carts, selling_quotes
from careline.domain.orders.commands.bringing_in import invoice_of
from careline.domain.orders.errors import NotFound, OrderRefused
from careline.domain.orders.queries.selling import offered, quote_by_token
from careline.domain.orders.queries.selling_pay import active_gateway, link_by_id, open_link_of, order_number
from careline.domain.orders.rules.selling import needed
from careline.domain.sla.commands.promises import keep_promises
from careline.flows.cart_order import order_from
from careline.flows.payment_link import link_for
from careline.flows.selling_letters import name_of


@dataclass(frozen=True, slots=True)
class Accepted:
    """`order` is its number; `pay`: the token of the link by which it is paid, empty where there comes an invoice."""

    order: str
    pay: str = ""


def accept_quote(token: str, *, at: datetime) -> Accepted:
    """At the prices that were offered; a second time it is what the first one made. Raises NotFound, OrderRefused; then nothing
    has changed."""
    with transaction.atomic():
        quote, case, owner, by = _held(token)
        if quote.state == "accepted":
            return Accepted(order_number(quote.order_id), open_link_of(quote.order_id))
        _require_open(quote, at=at)
        cart = selling_carts.locked_cart(quote.cart_id)
        selling_carts.drop_changes_of(quote.id, by=by, at=at)
        _require_there(cart)
        has_gateway = bool(active_gateway()) and quote.total > 0
        payments = {} if has_gateway or quote.total == 0 else {invoice_of(owner, at=at): quote.total}
        key = order_from(cart, owner, payments=payments, source="quote", by=by, at=at)
        selling_quotes.note_accepted(quote, order=key, by=by, at=at)
        _put_before_us(case, _accepted(quote, order_number(key)), by=by, at=at)
        token = ""
        if has_gateway:
            made = link_for(key, case=case, language=quote.language, agent=quote.agent_id, by=by, at=at)
            token = link_by_id(made.id).token  # type: ignore[union-attr]
    return Accepted(order_number(key), token)


def decline_quote(token: str, *, reason: str, at: datetime) -> None:
    """A second time nothing happens. Raises NotFound, OrderRefused."""
    with transaction.atomic():
        quote, case, _owner, by = _held(token)
        if quote.state == "declined":
            return
        _require_open(quote, at=at)
        why = reason.replace("\0", "").strip()[:2000]
        selling_quotes.note_declined(quote, reason=why, by=by, at=at)
        _put_before_us(case, _declined(quote, why), by=by, at=at)


def _held(token: str) -> tuple[Any, Any, int, Actor]:
    """The quote, its case, the customer who answers for it: held in the order customer → case → quote."""
    found = quote_by_token(token)
    if found is None:
        raise NotFound("There is no such quote.")
    owner = root_of(found.customer_id) or found.customer_id
    carrying_out.hold_customer(owner)
    case = cases.locked_where_it_stands(found.conversation_id) if found.conversation_id else None
    return selling_quotes.locked_quote(found.id), case, owner, customer(owner, via="portal")


def _put_before_us(case: Any, words: str, *, by: Actor, at: datetime) -> None:
    """A note says so on the case, and the case waits for us again."""
    if case is None:
        return
    note = NewMessage(
        kind="note", conversation=case.id, author_kind=by.kind.value, author_id=by.id, form="note", visibility="staff", text=words,
        visible_text=words, language=languages()[0],
    )  # fmt: skip
    key = messages.add(note, number=case.number, customer=case.customer_id, happening="note.added", by=by, at=at)
    cases.note_internal(case, message=key, has_attachment=False, at=at)
    if case.category != "open":
        cases.reopen(case, by=by, at=at)
        keep_promises([case.id], by=by, at=at)


def _accepted(quote: Any, order: str) -> str:
    with translation.override(languages()[0]):
        return _("The customer accepted quote %(quote)s: order #%(order)s.") % {"quote": name_of(quote), "order": order}


def _declined(quote: Any, why: str) -> str:
    with translation.override(languages()[0]):
        said = _("The customer declined quote %(quote)s.") % {"quote": name_of(quote)}
        return f"{said}\n\n{why}" if why else said


def _require_open(quote: Any, *, at: datetime) -> None:
    if quote.state == "replaced":
        raise OrderRefused("quote_replaced", "There is a newer version of this quote: it is in our last mail to you.")
    if quote.state != "sent" or quote.valid_until <= at:
        raise OrderRefused("quote_over", "This quote is not open any more: write to us, and we make you another one.")


def _require_there(cart: Any) -> None:
    """What was reserved for it may have gone back to stock meanwhile, and to somebody else. Raises OrderRefused."""
    known = offered(needed(cart.lines))
    for variant, units in needed(cart.lines).items():
        row = known.get(variant)
        left = None if row is None or row.stock is None else row.stock + cart.reserved.get(variant, 0)
        if row is None or not row.is_available or (left is not None and left < units):
            raise OrderRefused(
                "out_of_stock", "Something of this quote is not in stock just now: write to us, and we find a way."
            )
