"""The customer's orders beside a case and on their own page."""

from __future__ import annotations

from django.http import HttpResponse

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import everybody_in, root_of
from careline.domain.desk.queries.api_customers import customer_for
from careline.domain.desk.queries.orders import READ, orders_page
from careline.domain.orders.queries.orders import figures_of
from careline.domain.staff.rules import may
from careline.entrypoints.web.orders.identity import identity_shown
from careline.entrypoints.web.orders.listing import order_row
from careline.entrypoints.web.orders.words import money_words
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.visit import Visit

SHOWN, SHOWN_ON_PAGE = 5, 20


def of_case(visit: Visit, number: int) -> HttpResponse:
    """Nothing for whoever sees no orders, and where there is no customer."""
    case = conversation_for(visit.person, number)
    if case.customer_id is None or not may(visit.person, READ):
        return HttpResponse()
    owner = root_of(case.customer_id) or case.customer_id
    found = orders_page(visit.person, customer=owner, limit=SHOWN + 1)
    return part(
        visit, "orders/_beside", number=number, orders=[order_row(row, visit) for row in found[:SHOWN]], identity=identity_shown(visit, number),
        more_url=f"/customers/{owner}" if len(found) > SHOWN else "", case_url=f"/conversations/{number}",
    )  # fmt: skip


def of_customer(visit: Visit, customer: int) -> HttpResponse:
    customer_for(visit.person, customer)
    if not may(visit.person, READ):
        return HttpResponse()
    found = orders_page(visit.person, customer=customer, limit=SHOWN_ON_PAGE)
    figures = [
        {"orders": row.orders, "worth": money_words(row.worth, row.currency, visit), "refunds": row.refunds, "returns": row.returns}
        for row in figures_of(everybody_in(customer))
    ]  # fmt: skip
    return part(visit, "orders/_of_customer", orders=[order_row(row, visit) for row in found], figures=figures)
