"""From a case to an act on an order: straight there where there is one that it can be about, else the orders to choose from."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries.orders import orders_page
from careline.entrypoints.web.orders.doing import ACTS
from careline.entrypoints.web.orders.listing import order_row
from careline.entrypoints.web.orders.shown import acts_of
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.visit import Visit

SHOWN = 20


def chosen(visit: Visit, number: int, act: str) -> HttpResponse:
    case = conversation_for(visit.person, number)
    if act not in ACTS:
        raise NotFound(f"There is no act {act[:40]}.")
    owner = root_of(case.customer_id) or case.customer_id if case.customer_id is not None else None
    found = orders_page(visit.person, customer=owner, limit=SHOWN) if owner is not None else []
    fit = [row for row in found if any(one["code"] == act for one in acts_of(row, visit))]
    if len(fit) == 1:
        return HttpResponseRedirect(f"/orders/{fit[0].number}/acts/{act}?case={number}")
    shown = [
        order_row(row, visit) | {"url": f"/orders/{row.number}/acts/{act}?case={number}"} for row in fit
    ]  # fmt: skip
    return page(visit, "orders/choose", "orders", _("Which order?"), orders=shown, number=number)
