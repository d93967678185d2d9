"""Quotes: all of them, one with its versions, changed and taken back; and what is sold beside a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.selling import READ, items_page, quote_for, quotes_page
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.selling import cart_by_id, cart_of_case, happened_to_quote, quotes_of_case
from careline.domain.staff.rules import may
from careline.entrypoints.web.orders.words import money_words, options_words
from careline.entrypoints.web.pages import next_page, page, part
from careline.entrypoints.web.selling.items import item_shown
from careline.entrypoints.web.selling.words import QUOTE_STATES, chip_of, line_titled
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text, moment_words, said
from careline.flows.fill_cart import VERB
from careline.flows.quote import change_quote, withdraw_quote
from careline.flows.quote_paper import file_name, paper_for_staff
from careline.flows.selling_letters import name_of, page_of
from careline.kit.typeset import CannotTypeset

SHOWN, BESIDE = 50, 3


def quotes(visit: Visit) -> HttpResponse:
    state = visit.asked.get("state", "")
    state = state if state in QUOTE_STATES else ""
    found = quotes_page(visit.person, state=state, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    return page(
        visit, "selling/quotes", "orders", _("Quotes"), quotes=[_row(row, visit) for row in found[:SHOWN]], state=state,
        states=[(code, _(name)) for code, name in QUOTE_STATES.items()], next_url=next_page("/sales/quotes", found, SHOWN, state=state),
    )  # fmt: skip


def quote(visit: Visit, key: int, *, error: str = "", status: int = 200) -> HttpResponse:
    row = quote_for(visit.person, key)
    cart = cart_by_id(row.cart_id)
    may_change = may(visit.person, VERB) and row.version == row.newest and row.case_number is not None
    return page(
        visit, "selling/quote", "orders", _("Quote %(number)s") % {"number": name_of(row)}, status=status, error=error,
        quote=_row(row, visit) | {
            "reason": row.reason, "until": moment_words(row.valid_until, at=visit.at, zone=visit.zone), "case": row.case_number,
            "order": row.order_number, "link": page_of(_case(visit, row), f"/quotes/{row.token}") if row.token and row.state == "sent" else "",
        },
        lines=[
            {
                "name": line_titled(line), "options": options_words(dict(line.options)), "quantity": line.quantity if line.kind == "item" else "",
                "unit": money_words(line.unit_price, row.currency, visit) if line.kind == "item" else "",
                "amount": money_words(line.amount, row.currency, visit),
            } for line in cart.lines
        ],
        versions=[
            {
                "url": f"/sales/quotes/{one.id}", "version": one.version, "state": chip_of(one.state, QUOTE_STATES), "is_this": one.id == row.id,
                "total": money_words(one.total, one.currency, visit), "when": moment_words(one.sent_at, at=visit.at, zone=visit.zone),
            } for one in happened_to_quote(row.number)
        ],
        acts={"change": may_change and row.state in ("sent", "expired", "declined"), "withdraw": may_change and row.state == "sent"},
    )  # fmt: skip


def acted(visit: Visit, key: int) -> HttpResponse:
    """`do`: change, withdraw."""
    try:
        if visit.form.get("do") == "change":
            number = change_quote(visit.person, key, by=visit.by, at=visit.at)
            return HttpResponseRedirect(f"/conversations/{number}/cart")
        withdraw_quote(visit.person, key, by=visit.by, at=visit.at)
    except OrderRefused as refusal:
        return quote(visit, key, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/sales/quotes/{key}")


def paper(visit: Visit, key: int) -> HttpResponse:
    """The file that the customer got with the letter."""
    row = quote_for(visit.person, key)
    try:
        pdf = paper_for_staff(row)
    except CannotTypeset:
        return quote(visit, key, error=_("The document could not be made just now: try again in a while."), status=503)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(row)}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def beside(visit: Visit, number: int) -> HttpResponse:
    """What is being sold on a case: the cart, quotes, what the customer has. Nothing for whoever sees no orders."""
    case = conversation_for(visit.person, number)
    owner = root_of(case.customer_id) if case.customer_id else None
    if owner is None or not may(visit.person, READ):
        return HttpResponse()
    found = cart_of_case(case.id)
    in_cart = ""
    if found is not None and found.lines:
        in_cart = money_words(found.sums.total, found.currency, visit)
    items = items_page(visit.person, customer=owner, limit=BESIDE)
    rows = [_row(row, visit) for row in quotes_of_case(case.id, limit=BESIDE)]
    if not (in_cart or items or rows or may(visit.person, VERB)):
        return HttpResponse()
    return part(
        visit, "selling/_beside", number=number, cart_url=f"/conversations/{number}/cart", in_cart=in_cart, quotes=rows,
        items=[item_shown(row, visit) for row in items], may_sell=may(visit.person, VERB),
    )  # fmt: skip


def _case(visit: Visit, row: Any) -> Any:
    try:
        return conversation_for(visit.person, row.case_number) if row.case_number else None
    except NotFound:
        return None


def _row(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "url": f"/sales/quotes/{row.id}", "name": name_of(row), "customer": row.customer_name or _("Nobody"),
        "customer_url": f"/customers/{row.customer_id}", "state": chip_of(row.state, QUOTE_STATES), "order": row.order_number or "",
        "total": money_words(row.total, row.currency, visit), "when": moment_text(row.sent_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip
