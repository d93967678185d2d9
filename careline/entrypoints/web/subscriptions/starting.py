"""A subscription is begun from a case."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import Refused
from careline.domain.conversations.queries.cases import conversation_for
from careline.domain.customers.queries.merges import everybody_in
from careline.domain.orders.errors import OrderRefused
from careline.domain.orders.queries.orders import methods_of
from careline.domain.orders.queries.subscriptions import plans_on_sale
from careline.domain.staff.rules import require
from careline.entrypoints.web.orders.words import method_words
from careline.entrypoints.web.pages import page
from careline.entrypoints.web.subscriptions.words import price_words
from careline.entrypoints.web.visit import Visit, whole_number
from careline.entrypoints.web.words import said
from careline.flows.hold_subscription import VERB
from careline.flows.start_subscription import Starting, start_subscription


def form(visit: Visit, number: int, *, error: str = "", code: str = "", status: int = 200) -> HttpResponse:
    require(visit.person, VERB)
    case, given = conversation_for(visit.person, number), visit.form if visit.request.method == "POST" else visit.asked
    people = everybody_in(case.customer_id) if case.customer_id else []
    return page(
        visit, "subscriptions/starting", "requests", _("New subscription"), status=status, number=number, error=error,
        needs_identity=code == "not_identified", plans=[(str(one.variant), _plan_words(one, visit)) for one in plans_on_sale()],
        methods=[(str(one.id), method_words(one, visit)) for one in methods_of(people)], variant=given.get("variant", ""),
        method=given.get("method", ""), quantity=given.get("quantity", "1"),
    )  # fmt: skip


def started(visit: Visit, number: int) -> HttpResponse:
    given = visit.form
    try:
        variant, quantity = whole_number(given.get("variant")), whole_number(given.get("quantity"))
        if variant is None or quantity is None:
            raise OrderRefused("plan_missing", _("Choose a plan, and say how many."))
        asked = Starting(number, variant, quantity, given.get("method") or None)
        made = start_subscription(visit.person, asked, by=visit.by, at=visit.at)
    except Refused as refusal:
        return form(visit, number, error=said(refusal), code=getattr(refusal, "code", ""), status=422)
    return HttpResponseRedirect(f"/subscriptions/{made}?case={number}")


def _plan_words(one: Any, visit: Visit) -> str:
    price = price_words(one.unit_price, one.currency, one.terms.period, one.terms.every, visit)
    if one.terms.trial_days:
        return _("%(name)s · %(price)s, the first %(days)s days free") % {
            "name": one.name,
            "price": price,
            "days": one.terms.trial_days,
        }
    return f"{one.name} · {price}"
