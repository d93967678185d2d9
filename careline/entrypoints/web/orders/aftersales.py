"""Lists of returns and of refunds: what is on its way, and what became of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from careline.domain.conversations.errors import Refused
from careline.domain.desk.queries.aftersales import refunds_page, returns_page
from careline.entrypoints.web.orders import shown
from careline.entrypoints.web.orders.words import (
    MONEY_CHIPS,
    MONEY_STATES,
    RETURN_KINDS,
    RETURN_STATES,
    method_words,
    money_words,
)
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text, said
from careline.flows.settle_payment import Result, refund_again, settle_payment

SHOWN = 50
RETURNS_SHOWN = {"open": gettext_noop("All that are open"), **RETURN_STATES}
REFUND_KINDS = {
    "refund": gettext_noop("Refund"), "cancellation": gettext_noop("Cancellation"), "return": gettext_noop("Return"),
    "exchange": gettext_noop("Exchange"), "change": gettext_noop("Change of an order"),
}  # fmt: skip


def returns(visit: Visit) -> HttpResponse:
    state = _chosen(visit, RETURNS_SHOWN)
    found = returns_page(visit.person, state=state, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    return page(
        visit, "orders/returns", "orders", _("Returns"), rows=[_return(row, visit) for row in found[:SHOWN]], state=state,
        states=[(code, _(name)) for code, name in RETURNS_SHOWN.items()], next_url=next_page("/returns", found, SHOWN, state=state),
    )  # fmt: skip


def refunds(visit: Visit) -> HttpResponse:
    state = _chosen(visit, {code: MONEY_STATES[code] for code in ("pending", "settled", "failed")})
    found = refunds_page(visit.person, state=state, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1)
    return page(
        visit, "orders/refunds", "orders", _("Refunds"), rows=[_refund(row, visit) for row in found[:SHOWN]], state=state,
        states=[(code, _(MONEY_STATES[code])) for code in ("pending", "settled", "failed")],
        next_url=next_page("/refunds", found, SHOWN, state=state),
    )  # fmt: skip


def settled(visit: Visit, order: str, key: int) -> HttpResponse:
    """Money has come or gone, or a refund that failed goes another way."""
    form, by = visit.form, {"by": visit.by, "at": visit.at}
    case = whole_number(form.get("case"))
    try:
        if form.get("outcome") == "again":
            refund_again(visit.person, order, key, form.get("method", "store_credit"), case=case or 0, **by)  # type: ignore[arg-type]
        else:
            settle_payment(visit.person, order, key, Result(form.get("outcome", ""), form.get("reference", "")), **by)  # type: ignore[arg-type]
    except Refused as refusal:
        return shown.order(visit, order, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/orders/{order}" + (f"?case={case}" if case else ""))


def _chosen(visit: Visit, states: dict[str, str]) -> str:
    state: str = visit.asked.get("state", "")
    return state if state in states else ""


def _return(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "url": f"/returns/{row.id}", "number": row.id, "kind": _(RETURN_KINDS[row.kind]), "state": _(RETURN_STATES[row.state]),
        "chip": "resolved" if row.closed_at else "open", "order": row.number, "order_url": f"/orders/{row.number}",
        "customer": row.customer_name or _("Nobody"), "customer_url": f"/customers/{row.owner_id}",
        "lines": ", ".join(f"{one['quantity']} × {one['name']}" for one in row.lines or ()),
        "when": moment_text(row.requested_at, at=visit.at, zone=visit.zone),
    }  # fmt: skip


def _refund(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "kind": _(REFUND_KINDS.get(row.kind, REFUND_KINDS["refund"])), "state": _(MONEY_STATES[row.state]),
        "chip": MONEY_CHIPS[row.state] or "resolved",
        "order": row.number, "order_url": f"/orders/{row.number}", "customer": row.customer_name or _("Nobody"),
        "customer_url": f"/customers/{row.owner_id}", "amount": money_words(row.amount, row.currency, visit), "reason": row.reason,
        "method": method_words(row, visit, with_balance=False), "agent": row.agent_name or "",
        "when": moment_text(row.at, at=visit.at, zone=visit.zone),
    }  # fmt: skip
