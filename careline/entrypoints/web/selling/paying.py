"""Payment links of an order, and what its gateway is still doing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.desk.queries.orders import order_for
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.selling_pay import active_gateway, acts_of, links_of, owed_of
from careline.domain.staff.rules import may
from careline.entrypoints.web.orders.words import money_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.selling.words import LINK_STATES, chip_of
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_words, said
from careline.flows.payment_link import VERB, send_payment_link, withdraw_payment_link


def links(visit: Visit, order: str, *, error: str = "", status: int = 200) -> HttpResponse:
    row = order_for(visit.person, order)
    found, owed = links_of([row.id]), owed_of(row.id)
    return page(
        visit, "selling/links", "orders", _("Payment of order %(number)s") % {"number": row.number}, status=status, error=error,
        order={"number": row.number, "url": f"/orders/{row.number}"}, case=visit.asked.get("case") or visit.form.get("case", ""),
        owed=money_words(owed, row.currency, visit) if owed > 0 else "", has_gateway=bool(active_gateway()),
        links=[_link(one, visit) for one in found], is_open=any(one.state == "open" for one in found),
        acts=[
            {"amount": money_words(one.amount, one.currency, visit), "is_failed": one.state == "failed", "why": one.sentence}
            for one in acts_of([row.id])
        ],
        may_send=may(visit.person, VERB),
    )  # fmt: skip


def acted(visit: Visit, order: str) -> HttpResponse:
    """`do`: send, withdraw."""
    try:
        if visit.form.get("do") == "withdraw":
            withdraw_payment_link(visit.person, order, by=visit.by, at=visit.at)
        else:
            case = whole_number(visit.form.get("case"))
            if case is None:
                raise OrderRefused("case_missing", "Say on which case it is agreed: its number.")
            send_payment_link(visit.person, order, case=case, by=visit.by, at=visit.at)
    except OrderRefused as refusal:
        return links(visit, order, error=said(refusal), status=422)
    return HttpResponseRedirect(f"/orders/{order}/payment-links")


def _link(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "amount": money_words(row.amount, row.currency, visit), "state": chip_of(row.state, LINK_STATES), "is_open": row.state == "open",
        "when": moment_words(row.created_at, at=visit.at, zone=visit.zone), "until": moment_words(row.due_at, at=visit.at, zone=visit.zone),
        "url": f"/pay/{row.token}",
    }  # fmt: skip
