"""One order: lines, money, parcels, returns, what happened; and its way through the warehouse."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.customers.queries.merges import everybody_in
from careline.domain.desk.queries.orders import order_for
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.orders import happenings_of, lines_of, methods_of, payments_of, shipments_of
from careline.domain.orders.queries.returns import returns_of
from careline.domain.orders.queries.shops import shop_of_order
from careline.domain.staff.rules import may
from careline.entrypoints.web.orders.listing import order_row
from careline.entrypoints.web.orders.words import (
    MONEY_CHIPS,
    MONEY_STATES,
    RETURN_KINDS,
    RETURN_STATES,
    happening_shown,
    method_words,
    money_words,
    options_words,
)
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows import move_order
from careline.flows.change_order import ADDRESS

_ACTS = {
    "pending": ("cancellation", "items", "payment", "address"),
    "processed": (),
    "shipped": ("replacement",),
    "delivered": ("return", "exchange", "repair", "replacement"),
    "cancelled": (),
}


def order(visit: Visit, order: str, *, error: str = "", status: int = 200) -> HttpResponse:
    """`case`: the one they come from; acts are done on it."""
    row = order_for(visit.person, order)
    lines, payments, kept_in = lines_of([row.id]), payments_of([row.id]), shop_of_order(row.id)
    case = whole_number(visit.asked.get("case") or visit.form.get("case"))
    paid = sum(p.signed for p in payments)
    return page(
        visit, "orders/order", "orders", _("Order %(number)s") % {"number": row.number}, status=status, error=error, case=case,
        order=order_row(row, visit), address=[row.address[name] for name in ADDRESS if row.address.get(name)], mail=row.mail, phone=row.phone,
        placed=moment_words(row.placed_at, at=visit.at, zone=visit.zone), paid=money_words(paid, row.currency, visit),
        lines=[line_shown(line, row.currency, visit) for line in lines], payments=[_payment(one, case, visit) for one in payments],
        parcels=[_parcel(one, visit) for one in shipments_of([row.id])], returns=[_return(one, visit) for one in returns_of([row.id])],
        methods=[method_words(one, visit) for one in methods_of(everybody_in(row.owner_id))],
        happened=[happening_shown(one, visit) for one in happenings_of(row.id)], kept_in=kept_in,
        acts=[act for act in acts_of(row, visit) if not kept_in or act["code"] in _DONE_FROM_HERE],
        steps=_NO_STEPS if kept_in else _steps(row, lines, visit),
    )  # fmt: skip


_DONE_FROM_HERE, _NO_STEPS = ("refund", "credit"), dict.fromkeys(("process", "ship", "deliver"), False)
"""About an order that a shop elsewhere keeps."""


def moved_on(visit: Visit, order: str) -> HttpResponse:
    """The warehouse's steps: taken up, shipped, delivered."""
    step = visit.form.get("step")
    by: dict[str, Any] = {"by": visit.by, "at": visit.at}
    try:
        if step == "process":
            move_order.take_up_order(visit.person, order, **by)
        elif step == "ship":
            form = visit.form
            move_order.ship_order(
                visit.person, order, {}, carrier=form.get("carrier", ""), tracking=form.get("tracking", ""), **by
            )
        else:
            move_order.note_delivered(visit.person, order, whole_number(visit.form.get("parcel")) or 0, **by)
    except OrderRefused as refusal:
        return _again(visit, order, error=said(refusal))
    return HttpResponseRedirect(f"/orders/{order}")


def _again(visit: Visit, number: str, *, error: str) -> HttpResponse:
    return order(visit, number, error=error, status=422)


def acts_of(row: Any, visit: Visit) -> list[dict[str, str]]:
    """What may be done with an order in this state by this person."""
    names = {
        "refund": _("Refund"), "cancellation": _("Cancel"), "items": _("Change items"), "payment": _("Change payment"),
        "address": _("Change address"), "return": _("Take back"), "exchange": _("Exchange"), "replacement": _("Send again"), "repair": _("Repair"),
        "reorder": _("Order again"), "credit": _("Give credit"),
    }  # fmt: skip
    codes = []
    if may(visit.person, "order:refund"):
        codes += ["refund", "credit"] if row.state != "cancelled" else ["credit"]
    if may(visit.person, "order:write"):
        codes = [*_ACTS[row.state], *codes, "reorder"]
    return [{"code": code, "name": names[code], "symbol": _SYMBOLS[code]} for code in codes]


_SYMBOLS = {
    "refund": "money", "cancellation": "block", "items": "edit", "payment": "money", "address": "edit", "return": "reopen", "exchange": "merge",
    "repair": "settings", "replacement": "box", "reorder": "plus", "credit": "star",
}  # fmt: skip


def line_shown(line: Any, currency: str, visit: Visit) -> dict[str, Any]:
    marks = [
        words % {"n": units}
        for units, words in (
            (line.cancelled, _("%(n)s cancelled")), (line.coming_back, _("%(n)s coming back")), (line.returned, _("%(n)s returned")),
            (line.replaced, _("%(n)s sent again")),
        ) if units
    ]  # fmt: skip
    if line.credited:
        marks.append(_("%(amount)s given back") % {"amount": money_words(line.credited, currency, visit)})
    return {
        "id": line.id, "kind": line.kind, "name": line.name, "options": options_words(line.options), "sku": line.sku or "", "marks": marks,
        "quantity": line.quantity, "unit": money_words(line.unit_price, currency, visit), "amount": money_words(line.amount, currency, visit),
        "left": line.quantity - line.cancelled, "product_id": line.product_id, "variant_id": line.variant_id,
        "product_url": f"/products/{line.product_id}" if line.product_id else "", "due": line.due, "row": line,
    }  # fmt: skip


def _payment(row: Any, case: int | None, visit: Visit) -> dict[str, Any]:
    sign = 1 if row.kind == "payment" else -1
    may_settle = row.state == "pending" and may(visit.person, "payment:settle")
    may_repeat = row.kind == "refund" and row.state == "failed" and bool(case) and may(visit.person, "order:refund")
    return {
        "method": method_words(row, visit, with_balance=False), "amount": money_words(sign * row.amount, row.currency, visit),
        "is_back": row.kind == "refund", "chip": MONEY_CHIPS[row.state], "state": _(MONEY_STATES[row.state]), "reference": row.reference,
        "may_settle": may_settle, "may_repeat": may_repeat and not row.again,
        "url": f"/orders/{row.number}/payments/{row.id}" if may_settle or (may_repeat and not row.again) else "",
        "when": moment_words(row.at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def _parcel(row: Any, visit: Visit) -> dict[str, Any]:
    kinds = {"order": "", "exchange": _("Exchange"), "replacement": _("Sent again"), "repair": _("From repair")}
    return {
        "id": row.id, "kind": kinds[row.kind], "carrier": row.carrier or _("Parcel"), "tracking": row.tracking,
        "is_delivered": row.state == "delivered", "lines": [f"{one['quantity']} × {one['name']}" for one in row.lines],
        "when": moment_words(row.delivered_at or row.shipped_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def _return(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "url": f"/returns/{row.id}", "kind": _(RETURN_KINDS[row.kind]), "state": _(RETURN_STATES[row.state]),
        "is_open": row.closed_at is None, "lines": [f"{one['quantity']} × {one['name']}" for one in row.lines],
        "when": moment_words(row.requested_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def _steps(row: Any, lines: list[Any], visit: Visit) -> dict[str, bool]:
    is_held = may(visit.person, "order:write")
    return {
        "process": is_held and row.state == "pending", "ship": is_held and row.state in ("pending", "processed"),
        "deliver": is_held,
    }  # fmt: skip
