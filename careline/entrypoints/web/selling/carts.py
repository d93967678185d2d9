"""The cart of a case: found, put in, changed, ordered or offered; and what stands of it beside the case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import everybody_in, root_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.desk.queries.selling import awaited
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.orders import methods_of
from careline.domain.orders.queries.selling import Cart, cart_of_case, last_address_of, offered, terms
from careline.domain.orders.queries.selling_finding import found_variants
from careline.domain.orders.queries.selling_pay import active_gateway
from careline.domain.orders.rules.selling_prices import changed_prices
from careline.entrypoints.web.orders.acting import ADDRESS
from careline.entrypoints.web.orders.words import method_words, money_words, options_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.selling.percents import rate_of
from careline.entrypoints.web.selling.words import line_titled
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows.fill_cart import NO_SHIPPING, VERB, CartChange, change_cart, drop_cart
from careline.flows.place_cart import METHOD, Paying, place_cart
from careline.flows.quote import Quoting, send_quote
from careline.kit.money import BadMoney, decimal_of, money_of

FOUND = 12


@dataclass(frozen=True, slots=True)
class Told:
    error: str = ""
    code: str = ""
    status: int = 200


def cart(visit: Visit, number: int, *, told: Told | None = None) -> HttpResponse:
    """`q`: what is looked for."""
    case = conversation_for(visit.person, number)
    owner = root_of(case.customer_id) if case.customer_id else None
    if owner is None:
        raise OrderRefused("no_customer", "The case has no customer yet.")
    customer_for(visit.person, owner, verb=VERB)
    found, told = cart_of_case(case.id), told or Told()
    words = visit.asked.get("q", "").strip()[:200]
    return page(
        visit, "selling/cart", "inbox", _("Sell"), status=told.status, error=told.error, needs_identity=told.code == "not_identified",
        case={"number": number, "url": f"/conversations/{number}", "subject": case.subject}, words=words, url=f"/conversations/{number}/cart",
        found=[_found(row, visit) for row in found_variants(words, limit=FOUND)] if words else [],
        cart=_cart(found, visit) if found and (found.lines or found.state == "waiting") else None,
        address=_address(found.address if found else last_address_of(everybody_in(owner))), methods=_methods(owner, visit),
        shipping=_shipping(found, visit), has_gateway=bool(active_gateway()), days=terms().quote_days,
    )  # fmt: skip


def changed(visit: Visit, number: int) -> HttpResponse:
    """`do`: put (a variant), change (quantities, discount, shipping, address), take (today's prices), empty."""
    form = visit.form
    url = f"/conversations/{number}/cart"

    def act() -> str:
        if form.get("do") == "empty":
            drop_cart(visit.person, number, by=visit.by, at=visit.at)
        else:
            change_cart(visit.person, number, _change(visit, form), by=visit.by, at=visit.at)
        return url

    return _done(visit, number, act)


def ordered(visit: Visit, number: int) -> HttpResponse:
    way, _dash, key = visit.form.get("way", "").partition("-")
    paying = Paying(way, whole_number(key) if way == METHOD else None)
    seen = whole_number(visit.form.get("version"))

    def act() -> str:
        sold = place_cart(visit.person, number, paying, seen=seen, by=visit.by, at=visit.at)
        return f"/orders/{sold.order}?case={number}" if sold.order else f"/conversations/{number}"

    return _done(visit, number, act)


def quoted(visit: Visit, number: int) -> HttpResponse:
    form = visit.form
    asked = Quoting(form.get("words", ""), whole_number(form.get("days")), whole_number(form.get("version")))

    def act() -> str:
        done = send_quote(visit.person, number, asked, by=visit.by, at=visit.at)
        return f"/sales/quotes/{done.id}" if done.id else f"/conversations/{number}"

    return _done(visit, number, act)


def _done(visit: Visit, number: int, act: Callable[[], str]) -> HttpResponse:
    try:
        return HttpResponseRedirect(act())
    except NotFound:
        raise
    except Refused as refusal:
        return cart(visit, number, told=Told(said(refusal), getattr(refusal, "code", ""), 422))


def _change(visit: Visit, form: Any) -> CartChange:
    seen, do = whole_number(form.get("version")), form.get("do")
    if do == "put":
        key = whole_number(form.get("variant"))
        return CartChange({key: whole_number(form.get("quantity")) or 1} if key else {})
    if do == "take":
        return CartChange(takes_today=True, seen=seen)
    units = {
        key: whole_number(form.get(name)) or 0
        for name in form
        if name.startswith("units-") and (key := whole_number(name.removeprefix("units-"))) is not None
    }
    shipping = whole_number(form.get("shipping"))
    return CartChange(
        units, _discount(form.get("discount", ""), form.get("currency", "")), NO_SHIPPING if shipping is None else shipping,
        {name: form.get(name, "") for name in ADDRESS}, seen=seen,
    )  # fmt: skip


def _discount(words: str, currency: str) -> tuple[str, int]:
    """10 % or an amount. Raises OrderRefused."""
    plain = words.strip().replace(",", ".")
    if not plain:
        return ("amount", 0)
    try:
        if plain.endswith("%"):
            return ("percent", rate_of(plain.removesuffix("%").strip()))
        return ("amount", money_of(plain, currency).minor)
    except (ArithmeticError, BadMoney, ValueError):
        raise OrderRefused("bad_amount", "Write a discount as 10 % or as an amount, as in 12.50.") from None


def _cart(cart: Cart, visit: Visit) -> dict[str, Any]:
    sums, currency = cart.sums, cart.currency
    known = offered(line.variant for line in cart.lines if line.variant)
    changes = {one.variant: one for one in changed_prices(cart.lines, known)}
    return {
        "version": cart.version, "currency": currency, "is_waiting": cart.state == "waiting" and awaited(cart.id) is not None,
        "lines": [_line(line, currency, changes, visit) for line in cart.lines if line.kind == "item"],
        "others": [{"name": line_titled(line), "amount": money_words(line.amount, currency, visit)} for line in cart.lines if line.kind != "item"],
        "discount": _discount_said(cart), "total": money_words(sums.total, currency, visit), "has_changes": bool(changes),
        "until": moment_words(cart.due_at, at=visit.at, zone=visit.zone) if cart.due_at else "", "is_free": sums.total == 0,
        "ship": next((line.name for line in cart.lines if line.kind == "shipping"), ""),
    }  # fmt: skip


def _line(line: Any, currency: str, changes: dict[int, Any], visit: Visit) -> dict[str, Any]:
    change = changes.get(line.variant)
    now = None if change is None or change.now is None else money_words(change.now, currency, visit)
    return {
        "variant": line.variant, "name": line.name, "options": options_words(dict(line.options)), "quantity": line.quantity,
        "unit": money_words(line.unit_price, currency, visit), "amount": money_words(line.amount, currency, visit),
        "now": now, "is_gone": change is not None and change.now is None,
    }  # fmt: skip


def _discount_said(cart: Cart) -> str:
    one = next((line for line in cart.lines if line.kind == "discount"), None)
    if one is None:
        return ""
    if one.rate is not None:
        return f"{(Decimal(one.rate) / 10_000).normalize():f} %"
    return decimal_of(-one.amount, cart.currency)


def _found(row: Any, visit: Visit) -> dict[str, Any]:
    is_there = row.is_available and (row.stock is None or row.stock > 0)
    return {
        "id": row.id, "name": row.name, "sku": row.sku, "options": options_words(row.options), "url": f"/products/{row.product_id}",
        "price": money_words(row.price, row.currency, visit), "stock": row.stock, "is_there": is_there,
    }  # fmt: skip


def _methods(owner: int, visit: Visit) -> list[tuple[str, str]]:
    return [
        (f"method-{row.id}", method_words(row, visit))
        for row in methods_of(everybody_in(owner))
        if row.kind != "invoice"
    ]


def _shipping(cart: Cart | None, visit: Visit) -> list[dict[str, Any]]:
    chosen = next((line.name for line in cart.lines if line.kind == "shipping"), "") if cart else ""
    return [
        {
            "key": n,
            "words": f"{one['name']} · {money_words(one['amount'], one['currency'], visit)}",
            "is_chosen": one["name"] == chosen,
        }
        for n, one in enumerate(terms().shipping)
        if cart is None or not cart.currency or one["currency"] == cart.currency
    ]


def _address(kept: dict[str, str]) -> list[tuple[str, str, str]]:
    names = {
        "name": _("Name"), "street": _("Street"), "street2": _("More of the street"), "postcode": _("Postcode"), "city": _("City"),
        "region": _("Region"), "country": _("Country"),
    }  # fmt: skip
    return [(name, names[name], kept.get(name, "")) for name in ADDRESS]
