"""What stands beside a case: the customer's subscriptions and service requests, with what can be done about them."""

from __future__ import annotations

from django.http import HttpResponse

from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import root_of
from careline.domain.desk.queries import subscriptions as of_subscriptions
from careline.domain.desk.queries.service_requests import READ, Filter, requests_page
from careline.domain.staff.rules import may
from careline.entrypoints.web.pages import part
from careline.entrypoints.web.requests.listing import row_shown
from careline.entrypoints.web.subscriptions.words import subscription_shown
from careline.entrypoints.web.visit import Visit
from careline.flows.hold_service_request import WRITE
from careline.flows.hold_subscription import VERB

SHOWN = 5


def of_case(visit: Visit, number: int) -> HttpResponse:
    """Nothing for whoever sees neither, and where there is no customer."""
    case, who = conversation_for(visit.person, number), visit.person
    if case.customer_id is None:
        return HttpResponse()
    owner = root_of(case.customer_id) or case.customer_id
    subscriptions = (
        of_subscriptions.subscriptions_page(who, customer=owner, limit=SHOWN)
        if may(who, of_subscriptions.READ)
        else None
    )
    requests = requests_page(who, Filter(customer=owner), limit=SHOWN) if may(who, READ) else None
    if subscriptions is None and requests is None:
        return HttpResponse()
    return part(
        visit, "requests/_beside", number=number, subscriptions=[subscription_shown(one, visit) for one in subscriptions or ()],
        requests=[row_shown(one, visit) for one in requests or ()], sees_requests=requests is not None,
        sees_subscriptions=subscriptions is not None, may_open=may(who, WRITE), may_subscribe=may(who, VERB),
    )  # fmt: skip
