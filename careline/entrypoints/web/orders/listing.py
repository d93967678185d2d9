"""All orders, and the search for one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.desk.queries.orders import orders_page
from careline.entrypoints.web.orders.words import STATES, money_words, state_chip
from careline.entrypoints.web.pages import next_page, page
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import moment_text

SHOWN = 50


def orders(visit: Visit) -> HttpResponse:
    """A search that finds one order goes there."""
    words, state = visit.asked.get("q", "").strip()[:200], visit.asked.get("state", "")
    state = state if state in STATES else ""
    found = orders_page(
        visit.person, words=words, state=state, before=whole_number(visit.asked.get("after")), limit=SHOWN + 1
    )
    if words and len(found) == 1 and not state:
        return HttpResponseRedirect(f"/orders/{found[0].number}")
    return page(
        visit, "orders/orders", "orders", _("Orders"), orders=[order_row(row, visit) for row in found[:SHOWN]], words=words, state=state,
        states=[(code, _(name)) for code, name in STATES.items()], next_url=next_page("/orders", found, SHOWN, q=words, state=state),
    )  # fmt: skip


def order_row(row: Any, visit: Visit) -> dict[str, Any]:
    return {
        "number": row.number, "url": f"/orders/{row.number}", "customer": row.customer_name or _("Nobody"),
        "customer_url": f"/customers/{row.owner_id}", "state": state_chip(row), "total": money_words(row.total, row.currency, visit),
        "when": moment_text(row.placed_at, at=visit.at, zone=visit.zone), "is_changed": row.has_changed_items,
    }  # fmt: skip
