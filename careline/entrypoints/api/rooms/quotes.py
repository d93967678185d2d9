"""Selling from a case: its cart, quotes, payment links."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from msgspec import UNSET, structs

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.desk.queries.orders import order_for
from careline.domain.desk.queries.selling import READ, awaited, quote_for, quotes_page
from careline.domain.orders.errors import NotFound
from careline.domain.orders.queries.selling import Cart, cart_by_id, cart_of_case, offered
from careline.domain.orders.queries.selling_pay import links_of, owed_of
from careline.domain.orders.rules.selling_prices import changed_prices
from careline.domain.staff.rules import require
from careline.entrypoints.api.order_words import address_of, minor_of, money
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong, problem
from careline.entrypoints.api.routes import Call, Created, Waits, route
from careline.entrypoints.api.shapes import selling as shapes
from careline.entrypoints.api.shapes.parts import Named, Page
from careline.flows import fill_cart, payment_link, place_cart, quote
from careline.flows.quote_paper import file_name, paper_for_staff
from careline.flows.selling_letters import page_of as customers_page
from careline.kit.typeset import CannotTypeset

_CART = "/conversations/{number}/cart"
_QUOTE = "/quotes/{id}"
_LINKS = "/orders/{order}/payment-links"


@route("GET", _CART, answer=shapes.Cart)
def cart(call: Call) -> Any:
    """What is being put together on a case."""
    return _cart(call)


@route("PATCH", _CART, body=shapes.CartChange, answer=shapes.Cart)
def cart_changed(call: Call) -> Any:
    """Puts goods in at the price of the moment, and reserves them; begins the cart where there is none."""
    given = call.body
    if given.discount is not UNSET and given.discount_percent is not UNSET:
        raise Wrong(("discount", "Give an amount or a percentage, not both."))
    units = {int(one.variant): one.quantity for one in given.units}
    change = fill_cart.CartChange(
        units, _discount(call, given, list(units)), _shipping(given.shipping), None if given.address is UNSET else structs.asdict(given.address),
        given.take_prices_of_today, given.version,
    )  # fmt: skip
    fill_cart.change_cart(call.person, call.number, change, by=call.by, at=call.at)
    return _cart(call)


@route("DELETE", _CART, status=204)
def cart_dropped(call: Call) -> Any:
    """Empties it; what was reserved is in stock again."""
    fill_cart.drop_cart(call.person, call.number, by=call.by, at=call.at)


@route("POST", _CART + "/order", body=shapes.CartOrder, answer=shapes.Sold, status=201, waits=True)
def cart_ordered(call: Call) -> Any:
    """Orders it. A discount over your limit waits for approval (202), and is ordered then."""
    given = call.body
    paying = place_cart.Paying(given.way, int(given.method) if given.method else None)
    sold = place_cart.place_cart(call.person, call.number, paying, seen=given.version, by=call.by, at=call.at)
    if not sold.order:
        return Waits(sold.request)
    return Created(f"/orders/{sold.order}", shapes.Sold(sold.order, str(sold.link) if sold.link else None, sold.untold))


@route("POST", "/conversations/{number}/quotes", body=shapes.NewQuote, answer=shapes.Quote, status=201, waits=True)
def new_quote(call: Call) -> Any:
    """Offers what is in the cart by an answer on the case. A discount over your limit waits for approval (202)."""
    given = call.body
    asked = quote.Quoting(given.words, given.days, given.version)
    done = quote.send_quote(call.person, call.number, asked, by=call.by, at=call.at)
    return Waits(done.request) if done.id is None else Created(f"/quotes/{done.id}", _quote(call, done.id))


@route("GET", "/quotes", query=shapes.QuoteQuery, answer=Page[shapes.QuoteRow])
def quotes(call: Call) -> Any:
    """Quotes of customers that you see, every version, the newest first."""
    asked = call.query
    rows = quotes_page(
        call.person, customer=int(asked.customer) if asked.customer else None, state=asked.state or "", before=key_alone(asked.cursor),
        limit=asked.limit + 1,
    )  # fmt: skip
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=_row)


@route("GET", _QUOTE, answer=shapes.Quote)
def one_quote(call: Call) -> Any:
    """One version of a quote."""
    return _quote(call, call.id)


@route("GET", _QUOTE + "/paper")
def quote_on_paper(call: Call) -> Any:
    """As PDF, as the customer got it with the letter; in their language."""
    row = quote_for(call.person, call.id)
    try:
        pdf = paper_for_staff(row)
    except CannotTypeset:
        return problem(503, "The document could not be made just now: try again in a while.", code="not_typeset")
    headers = {"Content-Disposition": f'attachment; filename="{file_name(row)}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@route("DELETE", _QUOTE, answer=shapes.Quote)
def quote_withdrawn(call: Call) -> Any:
    """Takes it back: nobody can accept it any more."""
    quote.withdraw_quote(call.person, call.id, by=call.by, at=call.at)
    return _quote(call, call.id)


@route("POST", _QUOTE + "/changes", answer=shapes.Cart, status=201)
def quote_changed(call: Call) -> Any:
    """What stands in it is the case's cart again; sent, it is the quote's next version."""
    number = quote.change_quote(call.person, call.id, by=call.by, at=call.at)
    return Created(
        f"/conversations/{number}/cart", _shown(call, cart_of_case(conversation_for(call.person, number).id))
    )


@route("GET", _LINKS, answer=shapes.PaymentLinks)
def payment_links(call: Call) -> Any:
    """What is owed for an order, and the links by which it may be paid."""
    return _links(call)


@route("POST", _LINKS, body=shapes.NewPaymentLink, answer=shapes.PaymentLinks, status=201)
def new_payment_link(call: Call) -> Any:
    """Asks for what is owed by an answer on the case; an earlier link ends."""
    payment_link.send_payment_link(call.person, call.path["order"], case=call.body.conversation, by=call.by, at=call.at)
    return Created(f"/orders/{call.path['order']}/payment-links", _links(call))


@route("DELETE", _LINKS, answer=shapes.PaymentLinks)
def payment_link_withdrawn(call: Call) -> Any:
    """Ends the open one."""
    payment_link.withdraw_payment_link(call.person, call.path["order"], by=call.by, at=call.at)
    return _links(call)


def _cart(call: Call) -> shapes.Cart:
    require(call.person, READ)
    return _shown(call, cart_of_case(conversation_for(call.person, call.number).id))


def _shown(call: Call, found: Cart | None) -> shapes.Cart:
    if found is None:
        raise NotFound("There is no cart on this case.")
    waits = awaited(found.id) if found.state == "waiting" else None
    total = money(found.sums.total, found.currency) if found.currency else None
    return shapes.Cart(
        "waiting" if waits else "open", found.version, found.currency, _lines(found), total, address_of(found.address), found.due_at,
        str(waits) if waits else None,
    )  # fmt: skip


def _lines(found: Cart) -> list[shapes.CartLine]:
    changes = {
        one.variant: one
        for one in changed_prices(found.lines, offered(line.variant for line in found.lines if line.variant))
    }
    shown = []
    for line in found.lines:
        change = changes.get(line.variant or 0)
        now = money(change.now, found.currency) if change is not None and change.now is not None else None
        shown.append(
            shapes.CartLine(
                line.kind, line.name, str(line.variant) if line.variant else None, line.quantity, money(line.unit_price, found.currency),  # type: ignore[arg-type]
                money(line.amount, found.currency), now, change is None or change.now is not None,
            )
        )  # fmt: skip
    return shown


def _discount(call: Call, given: shapes.CartChange, variants: list[int]) -> tuple[str, int] | None:
    if given.discount_percent is not UNSET:
        return ("percent", round(given.discount_percent * 10_000))
    if given.discount is UNSET:
        return None
    found = cart_of_case(conversation_for(call.person, call.number).id)
    currency = found.currency if found is not None else ""
    if not currency:
        currency = next((row.currency for row in offered(variants).values()), "")
    if not currency:
        raise Wrong(("discount", "Put something in first: the discount is in its currency."))
    return ("amount", minor_of(given.discount, currency, "discount"))


def _shipping(given: Any) -> int | None:
    return None if given is UNSET else fill_cart.NO_SHIPPING if given is None else int(given)


def _quote(call: Call, key: int) -> shapes.Quote:
    row = quote_for(call.person, key)
    return shapes.Quote(**structs.asdict(_row(row)), lines=_lines(cart_by_id(row.cart_id)))


def _row(row: Any) -> shapes.QuoteRow:
    return shapes.QuoteRow(
        str(row.id), row.number, row.version, row.state, money(row.total, row.currency), Named(str(row.customer_id), row.customer_name),
        row.case_number, row.order_number, row.sent_at, row.valid_until, row.decided_at, row.reason,
    )  # fmt: skip


def _links(call: Call) -> shapes.PaymentLinks:
    row = order_for(call.person, call.path["order"])
    items = [
        shapes.PaymentLink(
            str(one.id), one.state, money(one.amount, one.currency), customers_page(None, f"/pay/{one.token}"), one.created_at, one.due_at,
            one.paid_at,
        ) for one in links_of([row.id])
    ]  # fmt: skip
    return shapes.PaymentLinks(money(max(0, owed_of(row.id)), row.currency), items)
