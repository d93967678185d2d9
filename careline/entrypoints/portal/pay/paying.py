"""What is to be paid, and the way to the gateway's page; afterwards whether it has arrived."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from careline.domain.conversations.errors import NotFound, Refused
from careline.domain.orders.gateways import GatewayDown
from careline.domain.orders.queries.orders import lines_of
from careline.domain.orders.queries.selling_pay import link_by_token
from careline.domain.orders.rules.selling import CartLine
from careline.entrypoints.portal.guest import Guest, absent, shown
from careline.entrypoints.portal.pace import Pace
from careline.entrypoints.portal.pay.words import day_words, lines_shown, private, said
from careline.flows.collect_payment import begin_payment, look_at_link
from careline.flows.payment_link import link_row
from careline.kit.money import Money

_PACE = Pace(burst=20, a_minute=10)
# browsers hold a form to its policy also where the answer leads on, here to the gateway
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' https:; base-uri 'none'; frame-ancestors 'none'"


def link(guest: Guest, token: str, *, error: str = "", status: int = 200) -> HttpResponse:
    found = link_by_token(token)
    if found is None:
        return absent(guest)
    is_back = bool(guest.request.GET.get("done"))
    if is_back and found.state != "paid" and _PACE.allows(guest.request):
        with suppress(GatewayDown):  # then the worker asks again
            look_at_link(found.id, at=guest.at)
        found = link_row(found.id)
    state = "expired" if found.state == "open" and found.due_at <= guest.at else found.state
    lines = [
        CartLine(row.kind, row.name, row.amount, row.variant_id, row.quantity, row.unit_price, row.rate, row.options)
        for row in lines_of([found.order_id])
    ]
    response = shown(
        guest, "pay/link", _("Pay order %(number)s") % {"number": f"#{found.number}"}, status=status, is_indexed=False, error=error, state=state,
        waits=is_back and state == "open", lines=lines_shown(lines, found.currency, guest.language), number=found.number,
        amount=Money(found.amount, found.currency).words(guest.language), total=Money(found.total, found.currency).words(guest.language),
        until=day_words(found.due_at, guest.language), address=f"/pay/{token}",
    )  # fmt: skip
    response.headers["Content-Security-Policy"] = _POLICY
    return private(response)


def paid(guest: Guest, token: str) -> HttpResponse:
    if not _PACE.allows(guest.request):
        return link(guest, token, error=_("That was a lot at once. Wait a minute, then send it again."), status=429)
    try:
        taken = begin_payment(token, at=guest.at)
    except NotFound:
        return absent(guest)
    except GatewayDown:
        return link(
            guest,
            token,
            error=_("The gateway does not answer just now: try again in a minute. Nothing was paid."),
            status=503,
        )
    except Refused as refusal:
        return link(guest, token, error=said(refusal), status=422)
    return HttpResponseRedirect(taken.url or f"/pay/{token}")
