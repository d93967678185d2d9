"""Orders: found, placed, moved on, changed while pending; and whether their customer is identified on a case."""

from __future__ import annotations

from functools import partial
from typing import Any

from msgspec import structs

from careline.domain.channels.email.mime.addresses import normalised
from careline.domain.customers.queries.people import customer_id_of
from careline.domain.desk.queries.orders import order_for, orders_page
from careline.domain.orders.queries.identity import checks
from careline.domain.staff.rules import require
from careline.entrypoints.api.naming import key_of
from careline.entrypoints.api.order_words import done_of, minor_of, money, order_of, outcome_of, row_of, seen_before
from careline.entrypoints.api.paging import key_alone, page_of
from careline.entrypoints.api.problems import Wrong
from careline.entrypoints.api.routes import Call, Created, Waits, route
from careline.entrypoints.api.shapes import orders as shapes
from careline.entrypoints.api.shapes.parts import Page
from careline.flows import cancel_order, change_order, identify, move_order, place_order, reorder, replace_goods

_ONE = "/orders/{order}"
_IDENTITY = "/conversations/{number}/identification"


@route("GET", "/orders", query=shapes.OrderQuery, answer=Page[shapes.OrderRow])
def orders(call: Call) -> Any:
    """Orders of customers that you see, the newest first."""
    asked = call.query
    rows = orders_page(
        call.person, words=asked.q, customer=int(asked.customer) if asked.customer else None, state=asked.state or "",
        before=key_alone(asked.cursor), limit=asked.limit + 1,
    )  # fmt: skip
    return page_of(rows, limit=asked.limit, key=lambda row: (row.id,), item=row_of)


@route("POST", "/orders", body=shapes.NewOrder, answer=shapes.Order, status=201, waits=True)
def new_order(call: Call) -> Any:
    """Places an order at the prices of its variants, and takes what it needs out of stock.

    A stored way to pay is charged, and a discount given, only on a `conversation` whose customer is identified. Where the
    discount is more than you may give, nothing is placed yet: 202 with the request that waits.
    """
    given = call.body
    lines = [_wanted(n, line, given.currency) for n, line in enumerate(given.lines)]
    payments = {
        int(one.method): minor_of(one.amount, given.currency, f"payments[{n}].amount")
        for n, one in enumerate(given.payments)
    }
    asked = place_order.Placing(
        _customer(given.customer), given.currency, lines, payments, given.number, given.mail, given.phone,
        {name: value for name, value in structs.asdict(given.address).items() if value}, case=given.conversation,
    )  # fmt: skip
    done = place_order.place_order(call.person, asked, by=call.by, at=call.at)
    if done.id is None:
        return Waits(done.request)
    number = next(row.number for row in orders_page(call.person, before=done.id + 1, limit=1))
    return Created(f"/orders/{number}", order_of(call.person, number))


@route("GET", _ONE, answer=shapes.Order)
def order(call: Call) -> Any:
    """One order by its number as people say it."""
    return order_of(call.person, call.path["order"])


@route("PUT", _ONE + "/processing", answer=shapes.Order)
def taken_up(call: Call) -> Any:
    """The warehouse has it: from now on it is not changed any more."""
    move_order.take_up_order(call.person, call.path["order"], by=call.by, at=call.at)
    return order_of(call.person, call.path["order"])


@route("POST", _ONE + "/shipments", body=shapes.NewShipment, answer=shapes.Order, status=201)
def new_shipment(call: Call) -> Any:
    """A parcel leaves."""
    given, number = call.body, call.path["order"]
    units = {int(one.line): one.quantity for one in given.lines}
    move_order.ship_order(
        call.person, number, units, carrier=given.carrier, tracking=given.tracking, by=call.by, at=call.at
    )
    return Created(f"/orders/{number}", order_of(call.person, number))


@route("PUT", _ONE + "/shipments/{id}/delivery", answer=shapes.Order)
def delivered(call: Call) -> Any:
    """A parcel is there."""
    move_order.note_delivered(call.person, call.path["order"], call.id, by=call.by, at=call.at)
    return order_of(call.person, call.path["order"])


@route("POST", _ONE + "/cancellation", body=shapes.OrderCancellation, answer=shapes.Outcome, waits=True)
def cancelled(call: Call) -> Any:
    """Cancels a pending order, or some units of it; the money goes back."""
    given = call.body
    lines = None if given.lines is None else {int(one.line): one.quantity for one in given.lines}
    asked = cancel_order.Cancelling(given.conversation, given.reason, lines, given.method, given.version)
    act = partial(cancel_order.cancel_order, call.person, call.path["order"], asked, by=call.by, at=call.at)
    if given.preview:
        plan = cancel_order.would_cancel(call.person, call.path["order"], asked, by=call.by, at=call.at)
        return seen_before(plan, act)
    return done_of(act())


@route("PUT", _ONE + "/address", body=shapes.AddressChange, answer=shapes.Order)
def address_changed(call: Call) -> Any:
    """Where a pending order goes."""
    given, number = call.body, call.path["order"]
    change_order.change_address(
        call.person,
        number,
        structs.asdict(given.address),
        case=given.conversation,
        seen=given.version,
        by=call.by,
        at=call.at,
    )
    return order_of(call.person, number)


@route("POST", _ONE + "/items", body=shapes.ItemsChange, answer=shapes.Outcome, waits=True)
def items_changed(call: Call) -> Any:
    """Lines of a pending order become other variants of their products at today's prices; once for each order."""
    given = call.body
    if missing := [n for n, one in enumerate(given.lines) if one.variant is None]:
        raise Wrong(*((f"lines[{n}].variant", "Say what is to come for it.") for n in missing))
    variants = {int(one.line): int(one.variant) for one in given.lines}
    return _changed(call, change_order.Changing(given.conversation, variants, given.method, given.version))


@route("POST", _ONE + "/payment", body=shapes.PaymentChange, answer=shapes.Outcome, waits=True)
def payment_changed(call: Call) -> Any:
    """A pending order is paid another way; what was paid goes back."""
    given = call.body
    return _changed(call, change_order.Changing(given.conversation, None, given.method, given.version))


@route("POST", _ONE + "/replacements", body=shapes.Replacement, answer=shapes.Outcome, waits=True)
def replaced(call: Call) -> Any:
    """The same goods go out once more, free of charge."""
    given, number = call.body, call.path["order"]
    units = {int(one.line): one.quantity for one in given.lines}
    asked = replace_goods.Replacing(given.conversation, units, given.reason, given.version)
    plan = replace_goods.would_replace(call.person, number, asked, by=call.by, at=call.at)
    act = partial(replace_goods.replace_goods, call.person, number, asked, by=call.by, at=call.at)
    if given.preview:
        return seen_before(plan, act)
    done = act()
    return Waits(done.request) if done.id is None else outcome_of(plan, preview=False, shipment=done.id)


@route("POST", _ONE + "/reorders", body=shapes.Reorder, answer=shapes.Reordered)
def reordered(call: Call) -> Any:
    """The same once more at today's prices."""
    given, number = call.body, call.path["order"]
    again = reorder.would_reorder(call.person, number, case=given.conversation, by=call.by, at=call.at)
    currency = order_for(call.person, number).currency
    made = None
    if not given.preview:
        total = None if given.total is None else minor_of(given.total, currency, "total")
        key = reorder.reorder(
            call.person, number, case=given.conversation, pays=given.method, total=total, by=call.by, at=call.at
        )
        made = next(row.number for row in orders_page(call.person, before=key + 1, limit=1))
    return shapes.Reordered(money(again.total, currency), money(again.dearer, currency), list(again.gone), made)


@route("GET", _IDENTITY, answer=shapes.Identity)
def identity(call: Call) -> Any:
    """Whether the case's customer is identified, and what they may be asked."""
    return _identity(identify.identified_on(call.person, call.number, at=call.at))


@route("POST", _IDENTITY, body=shapes.IdentityAnswers, answer=shapes.Identity)
def identified(call: Call) -> Any:
    """The customer answered check questions."""
    answers = {name: words for name, words in structs.asdict(call.body).items() if words}
    return _identity(identify.identify(call.person, call.number, answers, by=call.by, at=call.at))


@route("GET", "/identity-checks", answer=shapes.IdentityChecks)
def identity_checks(call: Call) -> Any:
    """Which questions identify a customer: any one row of them."""
    require(call.person, "order:read")
    return shapes.IdentityChecks(checks())  # type: ignore[arg-type]


@route("PUT", "/identity-checks", body=shapes.IdentityChecks, answer=shapes.IdentityChecks)
def identity_checks_set(call: Call) -> Any:
    """Sets them all; none: the usual ones."""
    identify.set_checks(call.person, [list(row) for row in call.body.checks], by=call.by, at=call.at)
    return shapes.IdentityChecks(checks())  # type: ignore[arg-type]


def _customer(words: str) -> int:
    """By id or mail address; 0 for nobody, who is not there for anybody."""
    return (customer_id_of("email", normalised(words)) if "@" in words else key_of(words)) or 0


def _changed(call: Call, asked: change_order.Changing) -> shapes.Outcome | Waits:
    order = call.path["order"]
    act = partial(change_order.change_order, call.person, order, asked, by=call.by, at=call.at)
    if call.body.preview:
        return seen_before(change_order.would_change(call.person, order, asked, by=call.by, at=call.at), act)
    return done_of(act())


def _wanted(n: int, line: shapes.NewOrderLine, currency: str) -> place_order.Wanted:
    if (line.kind == "item") != (line.variant is not None) or (line.kind == "item") == (line.amount is not None):
        raise Wrong((f"lines[{n}]", "An item names a variant; shipping, a discount and a tax name an amount."))
    amount = 0 if line.amount is None else minor_of(line.amount, currency, f"lines[{n}].amount")
    rate = None if line.rate is None else round(line.rate * 10_000)
    return place_order.Wanted(
        int(line.variant) if line.variant else None, line.quantity, line.kind, line.name, amount, rate, line.of
    )


def _identity(found: identify.Identified) -> shapes.Identity:
    return shapes.Identity(
        found.is_identified, found.how, found.by, found.at, [list(row) for row in found.checks], found.tries_left
    )
